import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { describeIf } from '@sidekick/testing';
import { zipSync } from 'fflate';
import { type PortalHere, portalHere } from './testing/portal-here.ts';
import { aFolder } from './testing/portal-process.ts';

jest.setTimeout(60_000);

const disk = aFolder();
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

describeIf(mounted, 'a small disk to fill (root on Linux)', 'on a disk that is full', () => {
  let here: PortalHere;
  let page: { id: string };
  const filler = join(disk, 'filler');
  const write = (path: string, letters: number) =>
    here.command.api('post', '/pages', { body: { path, title: path, body: `${'word '.repeat(letters / 5)}` } });
  beforeAll(async () => {
    here = await portalHere([], join(disk, 'data'));
    page = (await write('before', 100)).body;
    // What the system gives is filled to its end: the last write of it fails.
    for (;;) {
      try {
        writeFileSync(filler, Buffer.alloc(262_144), { flag: 'a' });
      } catch {
        break;
      }
    }
  });
  afterAll(() => here.close());

  const refusal = {
    status: 503,
    headers: { 'retry-after': '30' },
    body: {
      type: 'urn:sidekick:problem:disk-full',
      disk: 'data folder',
      title: expect.stringMatching(/^The disk of the data folder is full: .* free some room/),
    },
  };

  test('nothing is saved, each refusal says why and what to do, and reading goes on', async () => {
    for (let n = 0; n < 40; n += 1) if ((await write(`more-${n}`, 400_000)).status === 503) break;
    expect(await write('large', 900_000)).toMatchObject(refusal);
    const zip = Buffer.from(zipSync({ 'a.md': Buffer.alloc(2_000_000, 'x') }, { level: 0 }));
    const upload = await here.command.api('post', '/imports?source=a', { raw: zip, headers: { 'content-type': 'application/zip' } });
    expect([202, 503]).toContain(upload.status);
    if (upload.status === 503) expect(upload).toMatchObject(refusal);
    expect((await here.command.api('get', `/pages/${page.id}`)).status).toBe(200);
    expect((await here.command.api('get', '/search?q=word')).status).toBe(200);
  });

  test('it is said by health, metrics and System, which also says how much room there is', async () => {
    await write('large', 900_000);
    expect((await here.command.open('/readyz')).body).toEqual({ status: 'degraded', missing: ['disk'] });
    expect((await here.command.open('/metrics')).body).toMatch(/^sidekick_disk_full\{disk="data folder",service="content"\} 1$/m);
    const { parts } = (await here.command.api('get', '/system')).body;
    for (const { name, state, missing, replicas } of parts) {
      expect({ name, state, missing }).toEqual({ name, state: 'degraded', missing: ['disk'] });
      expect(replicas[0].status.disks).toEqual([{ name: 'data folder', free: expect.any(Number), size: 16 * 1_048_576 }]);
    }
  });

  test('all is saved again once there is room', async () => {
    rmSync(filler);
    expect((await write('after', 400_000)).status).toBe(201);
  });
});
