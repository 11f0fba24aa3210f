import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { folderBlobs } from '@sidekick/blobs';
import { memoryCache } from '@sidekick/cache';
import { InvalidInput, systemClock } from '@sidekick/service-kit';
import { type Store, sqliteStore, TakenKey } from '@sidekick/store';
import { quietLog, until } from '@sidekick/testing';
import { zipSync } from 'fflate';
import { ulid } from 'ulid';
import { type Content, openContent } from '../content.ts';
import { emptyReport, type Import } from './imports.ts';
import { type ImportQueue, importQueue } from './queue.ts';

let folder: string;
let store: Store;
let content: Content;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-rolling-'));
  store = sqliteStore({ file: join(folder, 'a.db') });
  content = openContent({ store, blobs: folderBlobs({ folder }), cache: memoryCache(), clock: systemClock({ timeZone: 'UTC' }) });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const aRun = (source: string): Import => ({
  _id: ulid(),
  source,
  into: source,
  state: 'waiting',
  done: 0,
  total: 0,
  startedAt: '2026-11-25T00:00:00Z',
  runsSince: null,
  endedAt: null,
  by: 'Rita',
  error: null,
  report: emptyReport(source),
  rows: [],
  beatAt: Date.now(),
  options: { public: false, archive: false, sample: false, mayArchive: true, rooted: false, without: [] },
});
async function submit(queue: ImportQueue, source: string, bytes: Uint8Array): Promise<string> {
  const run = aRun(source);
  const file = join(folder, run._id);
  await writeFile(file, bytes);
  await queue.submit(run, { file, bytes: bytes.length, done: () => rm(file) });
  return run._id;
}
const noZip = Buffer.from('no zip at all');
/** A run of no zip has run when it says so. */
const hasRun = (queue: ImportQueue, id: string) =>
  until('the run to end', async () => (await queue.get(id))?.error?.startsWith('The upload is no zip file'));

/** What the release before did with a run of its own, which it knew by its memory alone. */
async function asBefore(id: string, change: Partial<Import>): Promise<void> {
  const stored = await content.imports.get(id);
  if (stored) await content.imports.replace(stored, { ...stored.doc, ...change, beatAt: Date.now() });
}

test('leaves runs of the release before to it: none is run here, and one that runs there keeps its source from this one', async () => {
  const queue = importQueue(content, quietLog);
  const [runs, waits] = [aRun('book'), aRun('other')];
  for (const run of [runs, waits]) await content.imports.insert(run);
  await asBefore(runs._id, { state: 'running', runsSince: '2026-11-25T00:00:01Z' });
  queue.start();
  const ours = await submit(queue, 'book', noZip);
  await hasRun(queue, await submit(queue, 'third', noZip));
  expect((await queue.get(ours))?.state).toBe('waiting');
  expect((await queue.get(runs._id))?.state).toBe('running');
  expect((await queue.get(waits._id))?.state).toBe('waiting');
  expect([await queue.running(), await queue.waiting()]).toEqual([1, 2]);
  await asBefore(runs._id, { state: 'done', endedAt: '2026-11-25T00:01:00Z' });
  await hasRun(queue, ours);
  await queue.stop();
});

/** Fields of a run in the release before: it refuses to write over a document that has others. */
const fieldsBefore = ['_id', 'beatAt', 'by', 'done', 'endedAt', 'error', 'into', 'options', 'report', 'rows', 'runsSince'];
const stateBefore = ['source', 'startedAt', 'state', 'total'];

test('a run of this release is to the one before what its own are: it holds its source, beats, and has no field that is new', async () => {
  let fail = (_: Error) => {};
  const held = new Promise<void>((_, reject) => {
    fail = reject;
  });
  const queue = importQueue({ ...content, replica: { ...content.replica, refresh: () => held } }, quietLog);
  const id = await submit(queue, 'book', zipSync({ 'a.md': Buffer.from('# A\n') }));
  queue.start();
  const stored = async () => content.imports.get(id);
  await until('it to run', async () => (await stored())?.doc.state === 'running');
  const began = await stored();
  expect(Object.keys(began?.doc ?? {}).toSorted()).toEqual([...fieldsBefore, ...stateBefore]);
  const theirs = aRun('book');
  await content.imports.insert(theirs);
  await expect(asBefore(theirs._id, { state: 'running' })).rejects.toThrow(TakenKey);
  const beaten = await until('a beat', async () => {
    const now = await stored();
    return now && began && now.version > began.version ? now.doc : null;
  });
  expect(beaten.beatAt).toBeGreaterThan(began?.doc.beatAt ?? 0);
  fail(new InvalidInput('no-room', 'No room'));
  await until('its end', async () => (await stored())?.doc.state === 'failed');
  expect(Object.keys((await stored())?.doc ?? {}).toSorted()).toEqual([...fieldsBefore, ...stateBefore]);
  await asBefore(theirs._id, { state: 'running' });
  await queue.stop();
});

test('a run that is under way when the process stops has failed in words, one that waits too, and neither zip is left', async () => {
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const queue = importQueue({ ...content, replica: { ...content.replica, refresh: () => held } }, quietLog);
  queue.start();
  const ids = [await submit(queue, 'book', zipSync({ 'a.md': Buffer.from('# A\n') })), await submit(queue, 'book', noZip)];
  await until('the first to run', async () => (await queue.running()) === 1);
  const stopping = queue.stop();
  goOn();
  await stopping;
  for (const id of ids) {
    expect(await queue.get(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('The portal was stopped while it ran') });
    await expect(rm(join(folder, id))).rejects.toThrow('ENOENT');
  }
  await expect(submit(queue, 'book', noZip)).rejects.toMatchObject({ code: 'stopping' });
});
