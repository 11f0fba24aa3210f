import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { openSharedFile } from '@sidekick/sqlite';
import { TooBusy } from '@sidekick/workers';
import { documentsOf } from '../documents/documents.ts';
import { ftsEngine } from '../index.ts';
import { start } from '../query/cursor.ts';
import { parseQuery } from '../query/parse.ts';
import { epochs, event, ids, page } from '../testing/things.ts';
import type { Engine, Source } from './engine.ts';
import { openIndex } from './fts-file.ts';
import type { Aggregate } from './fts-write.ts';

jest.setTimeout(120_000);

let folder: string;
let file: string;
let engine: Engine;
let notices: { damaged: string; why: string }[];
const open = async () => {
  engine = await ftsEngine({ file, notify: (notice) => void notices.push(notice) });
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-fts-'));
  file = join(folder, 'search.db');
  notices = [];
  await open();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const pageChanged = (id: string, sequence: number, epoch: string = epochs[1]): Envelope =>
  event('content.page.changed.v1', id, sequence, page(), false, epoch);
const aggregate = (id: string, sequence: number): Aggregate => ({
  ...{ id, source: 'content', epoch: epochs[1], sequence },
  documents: documentsOf(pageChanged(id, sequence)),
});
const take = (...parameters: Parameters<typeof pageChanged>) => engine.take(pageChanged(...parameters));
const find = async (text: string, asker: string | null = null) => {
  const asked = { type: null, audience: 'internal', cursor: start, limit: 20, exact: true, typing: false, newestEvent: null } as const;
  return (await engine.search({ ...asked, query: parseQuery(text, false) }, asker)).items.map(({ id }) => id);
};

/** Labels are a set. */
const withSortedLabels = (one: Aggregate) => ({
  ...one,
  documents: one.documents.map((document) => ({ ...document, labels: document.labels.map((label) => JSON.stringify(label)).sort() })),
});

const written = { changed: true, restored: false };
const ignored = { changed: false, restored: false };

describe('an index in SQLite', () => {
  test('takes what is newer: by sequence within an epoch, whatever is of a newer epoch, nothing of an older one', async () => {
    expect(engine.epochOf('content')).toBeNull();
    expect(await take(ids.migrations, 5)).toEqual(written);
    expect(await take(ids.migrations, 5)).toEqual(ignored);
    expect(await take(ids.migrations, 4)).toEqual(ignored);
    expect(await take(ids.migrations, 6)).toEqual(written);
    expect(await take(ids.secret, 9, epochs[0])).toEqual(ignored);
    expect(await take(ids.migrations, 1, epochs[2])).toEqual({ changed: true, restored: true });
    expect(await take(ids.secret, 9, epochs[1])).toEqual(ignored);
    expect([engine.epochOf('content'), engine.epochOf('staffing'), engine.stale(), engine.size()]).toEqual([
      epochs[2],
      null,
      ['content'],
      2,
    ]);
    await engine.close();
    await open();
    expect([engine.epochOf('content'), engine.stale()]).toEqual([epochs[2], ['content']]);
    expect(await take(ids.secret, 9, epochs[1])).toEqual(ignored);
  });

  test('keeps no word of what is gone, nor one that a release before kept', () => {
    const other = join(folder, 'other.db');
    const words = (count: number) => {
      const db = openSharedFile(other, { as: 'writer', safety: 'durable', patience: 0, cacheMiB: 2 });
      db.run('update vocabulary set internal = ?, public = ?', [count, count]);
      const all = db.all('select word from vocabulary').length;
      db.close();
      return all;
    };
    const index = openIndex(other, 'durable');
    index.put(aggregate(ids.migrations, 1));
    index.put({ ...aggregate(ids.migrations, 2), documents: [] });
    index.close();
    expect(words(1)).toBe(0);
    const again = openIndex(other, 'durable');
    again.put(aggregate(ids.migrations, 3));
    again.close();
    expect(words(0)).toBeGreaterThan(0);
    openIndex(other, 'durable').close();
    expect(words(0)).toBe(0);
  });

  test('hands back what was put, of more aggregates than are read at once, while it is written to', () => {
    const index = openIndex(join(folder, 'other.db'), 'durable');
    const id = (n: number) => `01JZZZZZZZZZZZZZZZZZPAG${String(n).padStart(3, '0')}`;
    const all = Array.from({ length: 120 }, (_, n) => aggregate(id(n), n + 1));
    for (const one of all) index.put(one);
    index.put({ ...aggregate(id(7), 200), documents: [] });
    const got: Aggregate[] = [];
    const next = () => index.aggregates('content', got.at(-1)?.id ?? '');
    for (let some = next(); some.length > 0; some = next()) {
      got.push(...some);
      index.put(aggregate(id(3), 300));
    }
    const expected = all.map((one) => (one.id === id(7) ? { ...one, sequence: 200, documents: [] } : one));
    expect(got.map(withSortedLabels)).toEqual(expected.map(withSortedLabels));
    expect(index.aggregates('staffing', '')).toEqual([]);
    for (const n of [120, 121, 122]) {
      const [document] = aggregate(id(n), 1).documents;
      if (document) index.put({ ...aggregate(id(n), 1), documents: [{ ...document, body: '.'.repeat(2_500_000) }] });
    }
    const after = (n: number) => index.aggregates('content', id(n)).map((one) => one.id);
    expect([after(119), after(121)]).toEqual([[id(120), id(121)], [id(122)]]);
    index.close();
  });

  test('is replaced by its shadow as a whole, with nothing stale and the newest event known', async () => {
    await take(ids.migrations, 1);
    await engine.markStale(['content', 'staffing']);
    expect([engine.stale(), engine.builtAt()]).toEqual([['content', 'staffing'], null]);
    const shadow = await engine.shadow();
    await shadow.copy([pageChanged(ids.secret, 1)]);
    expect(await find('postgres')).toEqual([ids.migrations]);
    // Read while it takes over: each answer is of the old one or of the new one.
    const [during] = await Promise.all([Promise.all([1, 2, 3].map(() => find('postgres'))), shadow.swap()]);
    for (const hits of during) expect([ids.migrations, ids.secret]).toContain(hits[0]);
    const check = async () => {
      expect(await find('postgres')).toEqual([ids.secret]);
      expect([engine.stale(), engine.newestEventAt()]).toEqual([[], '2026-11-25T00:00:00.000Z']);
      expect(Date.now() - Date.parse(engine.builtAt() ?? '')).toBeLessThan(60_000);
    };
    await check();
    expect(await take(ids.migrations, 1)).toEqual(written);
    expect(engine.size()).toBe(4);
    await engine.close();
    await open();
    expect(engine.size()).toBe(4);
  });

  test('keeps nothing of a shadow that was given up, or that a crash left', async () => {
    const shadow = await engine.shadow();
    await shadow.copy([pageChanged(ids.migrations, 1)]);
    expect(existsSync(`${file}.next`)).toBe(true);
    await shadow.discard();
    expect(existsSync(`${file}.next`)).toBe(false);
    await engine.close();
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${file}.next${suffix}`, 'left');
    await open();
    expect(existsSync(`${file}.next-wal`)).toBe(false);
    await (await engine.shadow()).copy([pageChanged(ids.migrations, 1)]);
    expect(engine.size()).toBe(0);
  });

  test('a shadow takes what comes meanwhile, and does not take over when something was missed or its owner restored', async () => {
    const sources: readonly Source[] = ['content'];
    const after = async (meanwhile: () => Promise<unknown>) => {
      const shadow = await engine.shadow();
      await shadow.copy([pageChanged(ids.secret, 1)]);
      await meanwhile();
      return shadow.swap().then(
        () => 'took over',
        () => shadow.discard().then(() => 'given up'),
      );
    };
    expect(await after(() => take(ids.migrations, 1))).toBe('took over');
    expect(engine.size()).toBe(4);
    expect(await after(() => engine.markStale(sources))).toBe('given up');
    expect(await after(() => take(ids.migrations, 1, epochs[2]))).toBe('given up');
    expect(engine.stale()).toEqual(['content']);
  });

  test('copies what it has of a source into its shadow', async () => {
    for (const id of [ids.migrations, ids.secret]) await take(id, 3);
    const shadow = await engine.shadow();
    expect([await shadow.copyOld('content'), await shadow.copyOld('content')]).toEqual([2, 0]);
    await shadow.swap();
    expect(engine.size()).toBe(4);
    expect(await take(ids.secret, 3)).toEqual(ignored);
  });

  test('whoever asks very much is refused, and holds up nobody else', async () => {
    await take(ids.migrations, 1);
    const mine = Array.from({ length: 130 }, () => find('postgres', 'ben').catch((error: Error) => error));
    expect(await find('postgres', 'ida')).toEqual([ids.migrations]);
    expect(await find('postgres')).toEqual([ids.migrations]);
    const answers = await Promise.all(mine);
    expect([answers[0], answers.at(-1)]).toEqual([[ids.migrations], expect.any(TooBusy)]);
  });

  test('is readable by its owner alone, also where an older release left it otherwise', async () => {
    await engine.close();
    rmSync(file);
    writeFileSync(file, '', { mode: 0o644 });
    await open();
    await take(ids.migrations, 1);
    for (const suffix of ['', '-wal', '-shm']) expect([suffix, statSync(file + suffix).mode & 0o777]).toEqual([suffix, 0o600]);
    await engine.shadow();
    expect(statSync(`${file}.next`).mode & 0o777).toBe(0o600);
  });
});

describe('a damaged index', () => {
  const isEmpty = async () => {
    expect([engine.builtAt(), engine.size(), await take(ids.migrations, 1)]).toEqual([null, 0, written]);
    expect(notices).toEqual([{ damaged: file, why: expect.any(String) }]);
  };

  test('that is no database is begun anew, and the file is named', async () => {
    await engine.close();
    writeFileSync(file, 'x'.repeat(8_192));
    await open();
    await isEmpty();
  });

  test('that shows when it is read is begun anew, and whoever keeps it is told', async () => {
    for (let n = 0; n < 200; n += 1) await take(`01JZZZZZZZZZZZZZZZZZPAG${String(n).padStart(3, '0')}`, 1);
    await engine.close();
    const pages = readFileSync(file).length / 4096;
    const handle = openSync(file, 'r+');
    for (let at = Math.floor(pages / 4); at < pages; at += 1) writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, at * 4096);
    await open();
    expect(notices).toEqual([]);
    let told = 0;
    engine.onDamage(() => {
      told += 1;
    });
    await expect(find('postgres')).rejects.toThrow(/malformed|corrupt/i);
    expect(told).toBe(1);
    await isEmpty();
  });
});
