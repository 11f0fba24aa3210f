import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { hasWritten, withOrigin } from '@sidekick/tracing';
import { collectionContract } from './collection.contract.ts';
import type { AnyDef } from './definition.ts';
import { StoreInUse, StoreUnavailable, sqliteStore } from './index.ts';
import { logContract } from './log.contract.ts';
import { sqliteCollection } from './sqlite-collection.ts';
import { openDatabase } from './sqlite-database.ts';
import { createCollectionTable, createCommonTables } from './sqlite-schema.ts';
import { childOf } from './testing/child.ts';
import { randomContract } from './testing/random.contract.ts';
import { sideAt } from './testing/sides.ts';
import { aThing, things } from './testing/things.ts';

const newSide = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-store-'));
  return sideAt(['sqlite', join(folder, 'data', 'store.db')], () => rm(folder, { recursive: true }));
};

describe('documents in SQLite', () => {
  collectionContract(newSide);
  randomContract(newSide, 60);

  test('loses no acknowledged document to kill -9, and no event', async () => {
    const side = await newSide();
    for (let round = 0; round < 4; round += 1) {
      const child = childOf('document-writer.ts', [`r${round}`, ...side.address]);
      const target = 40 + round * 60;
      await until('acknowledged writes', () => child.lines().length > target, 20);
      await child.kill();
      const acknowledged = child.lines();
      const store = side.open();
      const collection = store.collection(things());
      const unsent = new Map((await store.outboxes()[0]?.unsent(10_000))?.map(({ id, version }) => [id, version]));
      for (const line of acknowledged) {
        const [id = '', version = ''] = line.split(' ');
        const stored = await collection.get(id);
        expect(stored?.version).toBeGreaterThanOrEqual(Number(version));
        expect(unsent.get(id)).toBe(stored?.version);
        expect(await collection.byKey(`claim:${id}`)).toEqual(stored);
      }
      await store.close();
    }
    await side.end();
  }, 60_000);

  test('refuses a file that another process holds, in one line, and takes it once it is free', async () => {
    const side = await newSide();
    const child = childOf('document-writer.ts', ['a', ...side.address]);
    await until('the other process', () => child.lines().length > 0, 20);
    expect(() => side.open()).toThrow(new StoreInUse(side.address[1] ?? ''));
    await child.kill();
    const store = side.open();
    expect(() => side.open()).toThrow(StoreInUse);
    await store.close();
    await side.open().ping();
    await side.end();
  });

  test('serves every query by its index', async () => {
    const side = await newSide();
    const store = side.open();
    await store.collection(things()).insert(aThing({ _id: 'a', group: 'g', rank: 1 }));
    await store.close();
    const db = openDatabase(side.address[1] ?? '');
    const where = `body IS NOT NULL AND "f:group" = ? AND ("f:rank", "f:name", id) > (?, ?, ?)`;
    const plan = db.all(
      `EXPLAIN QUERY PLAN SELECT id FROM "doc:things" WHERE ${where} ORDER BY "f:group", "f:rank", "f:name", id LIMIT 5`,
      ['g', Number.NEGATIVE_INFINITY, '', ''],
    );
    expect(plan.map((row) => row['detail']).join()).toMatch(
      /^SEARCH doc:things USING INDEX things by by-group [^,]*\(f:group=\? AND \(f:rank,f:name,id\)>/,
    );
    await db.close();
    await side.end();
  });

  test('says in words of a store that the disk is full, and that it is closed', async () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE t (text TEXT); PRAGMA max_page_count = 8;');
    const insert = (text: string) => db.write(() => db.run('INSERT INTO t (text) VALUES (?)', [text]));
    await expect(insert('x'.repeat(100_000))).rejects.toMatchObject({ name: 'StoreFull', cause: { code: 'SQLITE_FULL' } });
    expect(await insert('y')).toBe(1);
    await db.close();
    expect(() => db.get('SELECT text FROM t')).toThrow(StoreUnavailable);
    await expect(insert('z')).rejects.toThrow(new StoreUnavailable('the store is closed'));
  });

  test('notes of a batch that a full disk ends half way that a part of it is written', async () => {
    const db = openDatabase(':memory:');
    createCommonTables(db);
    const def = things();
    createCollectionTable(db, def as unknown as AnyDef);
    db.exec('PRAGMA max_page_count = 200');
    // Each in a transaction of its own, as writes are of which one takes long.
    let last: Promise<unknown> = Promise.resolve();
    const write: typeof db.write = (job) => {
      const mine = last.then(() => db.write(job));
      last = mine.catch(() => {});
      return mine;
    };
    const collection = sqliteCollection(def, { db: { ...db, write }, now: Date.now, wrote: () => {} });
    const docs = ['x', 'x'.repeat(2_000_000), 'y'].map((name, n) => aThing({ _id: `d${n}`, name }));
    const { ended, noted } = await withOrigin({ requestId: 'request' }, async () => {
      const batch = collection.writeMany(docs.map((doc) => ({ do: 'insert', doc })));
      return { ended: await batch.catch((error: unknown) => error), noted: hasWritten() };
    });
    expect([(ended as Error).name, noted]).toEqual(['StoreFull', true]);
    expect((await collection.getMany(['d0', 'd1', 'd2'])).map(({ doc }) => doc._id)).toEqual(['d0', 'd2']);
    await db.close();
  });

  test('finishes writes under way before it closes', async () => {
    const store = sqliteStore({ file: ':memory:' });
    const collection = store.collection(things());
    const writes = collection.writeMany(Array.from({ length: 500 }, (_, n) => ({ do: 'insert', doc: aThing({ _id: `d${n}` }) })));
    await store.close();
    expect((await writes).every((result) => result.ok)).toBe(true);
  });

  test('adds an index that a new release declares, and drops the one it does not', async () => {
    const side = await newSide();
    const first = side.open();
    await first.collection(things()).insert(aThing({ _id: 'a', name: 'Zed', rank: 1 }));
    await first.close();
    const second = side.open();
    const collection = second.collection({ ...things(), indexes: { 'by-name': ['name'], 'by-rank': ['rank', 'name'] } });
    const found = await collection.query({ index: 'by-name', range: { gte: 'Z' }, limit: 1 });
    expect(found.items).toHaveLength(1);
    expect((await collection.query({ index: 'by-rank', equals: { rank: 1, name: 'Zed' }, limit: 1 })).items).toHaveLength(1);
    await side.end();
  });
});

describe('a log in SQLite', () => {
  logContract(newSide);
});
