import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { bytesOf } from './upload.ts';

const upload = () => Object.assign(new PassThrough(), { headers: {} }) as unknown as PassThrough & IncomingMessage;

test('an upload that sends nothing any more is given up, one that is slow is not', async () => {
  const slow = upload();
  const bytes = bytesOf(slow, 200);
  for (const part of ['in ', 'parts']) {
    slow.write(part);
    await pause(50);
  }
  slow.end();
  expect(String(await bytes)).toBe('in parts');
  const stalled = upload();
  stalled.write('begun');
  await expect(bytesOf(stalled, 50)).rejects.toMatchObject({ code: 'upload-stalled' });
});

test('an upload that breaks off is told apart', async () => {
  const broken = upload();
  const bytes = bytesOf(broken, 10_000);
  broken.write('begun');
  broken.destroy(new Error('aborted'));
  await expect(bytes).rejects.toMatchObject({ code: 'upload-broken' });
});
