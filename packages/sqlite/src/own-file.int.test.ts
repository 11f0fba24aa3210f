import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { FileClosed, FileInUse, isDamage, isFull, openOwnFile, openSharedFile } from './index.ts';
import { aFileOfEachTest } from './testing/folder.ts';

const fileOf = aFileOfEachTest();
const insert = 'INSERT INTO t (id) VALUES (?)';
const withTable = (file: string, isRefusal = (_error: unknown) => false) => {
  const db = openOwnFile(file, { isRefusal });
  db.exec('CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)');
  return { ...db, insert: (id: number) => db.write(() => db.run(insert, [id])), ids: () => db.all('SELECT id FROM t').map(({ id }) => id) };
};

describe('a file of its own', () => {
  test('is held from the start until it is closed, and nobody waits for it', async () => {
    const file = fileOf('a.db');
    const db = withTable(file);
    await db.insert(1);
    expect(db.get('SELECT id FROM t')).toEqual({ id: 1 });
    const begun = performance.now();
    expect(() => openOwnFile(file)).toThrow(new FileInUse(file));
    expect(() => openSharedFile(file, { as: 'writer', safety: 'durable', patience: 0, cacheMiB: 2 })).toThrow(/locked/);
    expect(performance.now() - begun).toBeLessThan(4_000);
    await Promise.all([db.close(), db.close()]);
    expect(existsSync(`${file}-wal`)).toBe(false);
    const again = withTable(file);
    expect(again.ids()).toEqual([1]);
    await again.close();
  });

  test('tells of a commit when it is on the disk', async () => {
    const db = openOwnFile(fileOf('a.db'));
    const pragma = (name: string) => Object.values(db.get(`PRAGMA ${name}`) ?? {})[0];
    const full = 2;
    expect([pragma('synchronous'), pragma('journal_mode'), pragma('locking_mode')]).toEqual([full, 'wal', 'exclusive']);
    await db.close();
  });

  test('refuses parameters that would end the process', async () => {
    const db = withTable(':memory:');
    for (const bad of [true, new Date(), {}, undefined, [1], 1n]) {
      for (const ask of [db.all, db.get, db.run]) expect(() => ask('SELECT ? AS it', [bad as never])).toThrow(TypeError);
    }
    for (const good of ['a', 1.5, null]) expect(db.get('SELECT ? AS it', [good])).toEqual({ it: good });
    expect(db.get('SELECT length(?) AS it', [Buffer.from('abc')])).toEqual({ it: 3 });
    await db.close();
  });

  test('rejects all writes of a transaction that fails, and goes on', async () => {
    const db = withTable(':memory:');
    const settled = await Promise.allSettled([db.insert(1), db.insert(1), db.insert(2)]);
    expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect([db.ids(), db.trouble()]).toEqual([[2], null]);
    await db.close();
  });

  test('refuses alone what its owner calls a refusal', async () => {
    const db = withTable(':memory:', (error) => error instanceof RangeError);
    const refused = db.write(() => {
      throw new RangeError();
    });
    const settled = await Promise.allSettled([db.insert(1), refused, db.insert(2)]);
    expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(db.ids()).toEqual([1, 2]);
    await db.close();
  });

  test('says what is wrong while a disk is full, and writes again when there is room', async () => {
    const db = withTable(':memory:');
    db.exec('CREATE TABLE texts (text TEXT); PRAGMA max_page_count = 8;');
    const write = () => db.write(() => db.run('INSERT INTO texts (text) VALUES (?)', ['x'.repeat(100_000)]));
    const error = await write().catch((error: unknown) => error);
    expect([isFull(error), db.trouble()]).toEqual([true, error]);
    db.exec('PRAGMA max_page_count = 1000');
    expect([await write(), db.trouble()]).toEqual([1, null]);
    await db.close();
  });

  test('finishes writes under way before it closes; then nothing is done any more', async () => {
    const db = withTable(':memory:');
    const writes = Array.from({ length: 100 }, (_, n) => db.insert(n));
    await db.close();
    expect(await Promise.all(writes)).toEqual(writes.map(() => 1));
    for (const ask of [db.all, db.get, db.run, db.exec]) expect(() => ask('SELECT 1')).toThrow(FileClosed);
    await expect(db.insert(1_000)).rejects.toThrow(FileClosed);
  });

  test('says of a file that is no database that it is damaged', () => {
    const file = fileOf('a.db');
    writeFileSync(file, 'x'.repeat(8_192));
    let error: unknown;
    try {
      openOwnFile(file);
    } catch (thrown) {
      error = thrown;
    }
    expect(isDamage(error)).toBe(true);
    // As a worker process passes it on.
    expect([{ code: 'SQLITE_CORRUPT_VTAB' }, { code: 'SQLITE_BUSY' }, null].map(isDamage)).toEqual([true, false, false]);
  });
});
