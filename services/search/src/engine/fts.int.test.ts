import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { documentsOf } from '../index/documents.ts';
import { ftsEngine } from '../index.ts';
import { epochs, event, ids, page } from '../testing/things.ts';
import type { Aggregate, Engine, Writable } from './engine.ts';

let folder: string;
let file: string;
let engine: Engine;
const open = () => {
  engine = ftsEngine({ file });
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-fts-'));
  file = join(folder, 'search.db');
  open();
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const aggregate = (id: string, sequence: number, epoch: string = epochs[1]): Aggregate => ({
  ...{ id, source: 'content', epoch, sequence },
  documents: documentsOf(event('content.page.changed.v1', id, sequence, page())),
});
const put = (index: Writable, ...parameters: Parameters<typeof aggregate>) => index.put(aggregate(...parameters));

/** Labels are a set. */
const withSortedLabels = (one: Aggregate) => ({
  ...one,
  documents: one.documents.map((document) => ({ ...document, labels: document.labels.map((label) => JSON.stringify(label)).sort() })),
});

describe('an index in SQLite', () => {
  test('takes what is newer: by sequence within an epoch, whatever is of a newer epoch, nothing of an older one', () => {
    expect(engine.epochOf('content')).toBeNull();
    expect(put(engine, ids.migrations, 5)).toBe(true);
    expect(put(engine, ids.migrations, 5)).toBe(false);
    expect(put(engine, ids.migrations, 4)).toBe(false);
    expect(put(engine, ids.migrations, 6)).toBe(true);
    expect(put(engine, ids.secret, 9, epochs[0])).toBe(false);
    expect(put(engine, ids.migrations, 1, epochs[2])).toBe(true);
    expect(put(engine, ids.secret, 9, epochs[1])).toBe(false);
    expect([engine.epochOf('content'), engine.epochOf('staffing'), engine.size()]).toEqual([epochs[2], null, 2]);
    engine.close();
    open();
    expect(engine.epochOf('content')).toBe(epochs[2]);
    expect(put(engine, ids.secret, 9, epochs[1])).toBe(false);
  });

  test('hands back what was put, of more aggregates than are read at once, while it is written to', () => {
    const id = (n: number) => `01JZZZZZZZZZZZZZZZZZPAG${String(n).padStart(3, '0')}`;
    const all = Array.from({ length: 120 }, (_, n) => aggregate(id(n), n + 1));
    for (const one of all) engine.put(one);
    engine.put({ ...aggregate(id(7), 200), documents: [] });
    const got: Aggregate[] = [];
    for (const one of engine.aggregates('content')) {
      got.push(one);
      if (got.length === 10) engine.put(aggregate(id(3), 300));
    }
    const expected = all.map((one) => (one.id === id(7) ? { ...one, sequence: 200, documents: [] } : one));
    expect(got.map(withSortedLabels)).toEqual(expected.map(withSortedLabels));
    expect([...engine.aggregates('staffing')]).toEqual([]);
  });

  test('is replaced by its shadow as a whole, with nothing stale and the newest event known', () => {
    engine.put(aggregate(ids.migrations, 1), '2026-11-25T10:00:00.000Z');
    engine.markStale(['content', 'staffing']);
    expect([engine.stale(), engine.builtAt()]).toEqual([['content', 'staffing'], null]);
    const shadow = engine.shadow();
    put(shadow, ids.secret, 1);
    expect([...engine.aggregates('content')].map(({ id }) => id)).toEqual([ids.migrations]);
    shadow.swap();
    const check = () => {
      expect([...engine.aggregates('content')].map(({ id }) => id)).toEqual([ids.secret]);
      expect([engine.stale(), engine.newestEventAt()]).toEqual([[], '2026-11-25T10:00:00.000Z']);
      expect(Date.now() - Date.parse(engine.builtAt() ?? '')).toBeLessThan(60_000);
    };
    check();
    expect(put(engine, ids.migrations, 1)).toBe(true);
    expect(engine.size()).toBe(4);
    engine.close();
    open();
    expect(engine.size()).toBe(4);
  });

  test('keeps nothing of a shadow that was given up, or that a crash left', () => {
    const shadow = engine.shadow();
    put(shadow, ids.migrations, 1);
    expect(existsSync(`${file}.next`)).toBe(true);
    shadow.discard();
    expect(existsSync(`${file}.next`)).toBe(false);
    engine.close();
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${file}.next${suffix}`, 'left');
    open();
    expect(existsSync(`${file}.next-wal`)).toBe(false);
    put(engine.shadow(), ids.migrations, 1);
    expect(engine.size()).toBe(0);
  });
});
