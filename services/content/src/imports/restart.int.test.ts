import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { folderBlobs } from '@sidekick/blobs';
import { memoryCache } from '@sidekick/cache';
import { systemClock } from '@sidekick/service-kit';
import { sqliteStore } from '@sidekick/store';
import { quietLog, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { openContent } from '../content.ts';
import { anImportedPage } from '../testing/imported-page.test.helper.ts';
import { emptyReport, type Import } from './imports.ts';
import { importQueue } from './queue.ts';

const aRun = (beatAt: number): Import => ({
  _id: ulid(),
  source: 'book',
  into: 'book',
  state: 'running',
  done: 3,
  total: 9,
  startedAt: '2026-11-25T00:00:00Z',
  endedAt: null,
  by: 'Rita',
  error: null,
  report: emptyReport('book'),
  rows: [],
  beatAt,
  options: { public: false, archive: false, sample: false, mayArchive: true, rooted: false, without: [] },
  runsSince: '2026-11-25T00:00:00Z',
});

test('a run whose process died ends as failed, with what it had made; one that another process still runs goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'content-restart-'));
  const store = sqliteStore({ file: join(folder, 'a.db') });
  const content = openContent({ store, blobs: folderBlobs({ folder }), cache: memoryCache(), clock: systemClock({ timeZone: 'UTC' }) });
  const dead = aRun(Date.now() - 60_000);
  const alive = { ...aRun(Date.now() + 60_000), source: 'other' };
  await content.imports.insert(dead);
  const pageOf = (source: string, n: number, createdAt = '2026-11-25T00:00:01Z') =>
    content.pages.insert(anImportedPage({ source, path: `${source}/${n}`, createdAt }));
  for (const n of [1, 2]) await pageOf(dead.source, n);
  await pageOf('other', 3);
  // Made by an earlier run of the source, after this one was asked for.
  await pageOf(dead.source, 4, '2026-11-24T23:59:59Z');
  await content.imports.insert(alive);
  const queue = importQueue(content, quietLog);
  queue.start();
  const ended = await until('the dead run to end', async () => {
    const run = await queue.get(dead._id);
    return run?.state === 'failed' ? run : null;
  });
  expect(ended.error).toContain('stopped while it ran');
  expect([ended.done, ended.report.created]).toEqual([3, 2]);
  expect((await queue.get(alive._id))?.state).toBe('running');
  await queue.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});
