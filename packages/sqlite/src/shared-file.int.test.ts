import { copyFileSync, existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { FileClosed, filesOf, openOwnFile, openSharedFile } from './index.ts';
import { aFileOfEachTest } from './testing/folder.ts';

const fileOf = aFileOfEachTest();
const openWriter = (file: string, safety: 'durable' | 'until-closed' = 'durable') => {
  const db = openSharedFile(file, { as: 'writer', safety, patience: 0, cacheMiB: 4 });
  db.exec('CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)');
  return { ...db, insert: (id: number) => db.run('INSERT INTO t (id) VALUES (?)', [id]) };
};
const openReader = (file: string, patience = 0) => {
  const db = openSharedFile(file, { as: 'reader', patience, cacheMiB: 4 });
  return { ...db, ids: () => db.all('SELECT id FROM t').map(({ id }) => id) };
};

describe('a file that one writes and others read', () => {
  test('is read while it is written, by who cannot write', () => {
    const file = fileOf('a.db');
    const writer = openWriter(file);
    writer.insert(1);
    const reader = openReader(file);
    writer.transaction(() => {
      writer.insert(2);
      expect(reader.ids()).toEqual([1]);
    });
    expect(reader.ids()).toEqual([1, 2]);
    expect(() => reader.run('DELETE FROM t')).toThrow(/readonly/);
    // Neither is closed: libsql keeps what a connection holds until its statements are collected. Readers end with their process.
  });

  test('a transaction that fails leaves nothing', () => {
    const writer = openWriter(fileOf('a.db'));
    const work = () => {
      writer.insert(1);
      writer.insert(1);
    };
    expect(() => writer.transaction(work)).toThrow(/UNIQUE/);
    expect(writer.transaction(() => writer.insert(2))).toBe(1);
    expect(writer.all('SELECT id FROM t')).toEqual([{ id: 2 }]);
    writer.close();
  });

  test('who comes to a lock waits for it as long as was said', async () => {
    const file = fileOf('a.db');
    const holder = openOwnFile(file);
    const begun = performance.now();
    expect(() => openReader(file, 300)).toThrow(/locked/);
    expect(performance.now() - begun).toBeGreaterThan(200);
    await holder.close();
  });

  test.each(['durable', 'until-closed'] as const)('%s: once closed it is whole by itself', (safety) => {
    const file = fileOf('a.db');
    const writer = openWriter(file, safety);
    expect(Object.values(writer.get('PRAGMA synchronous') ?? {})).toEqual([safety === 'durable' ? 2 : 0]);
    writer.insert(1);
    expect(filesOf(file).filter((name) => existsSync(name))).toEqual([file, `${file}-wal`, `${file}-shm`]);
    writer.close();
    expect(filesOf(file).filter((name) => existsSync(name))).toEqual([file]);
    copyFileSync(file, fileOf('b.db'));
    const reader = openReader(fileOf('b.db'));
    expect(reader.ids()).toEqual([1]);
    reader.close();
    expect(() => writer.insert(2)).toThrow(FileClosed);
  });

  test('a writer that cannot put it in order, since it is read, stays open', () => {
    const file = fileOf('a.db');
    const writer = openWriter(file);
    const reader = openReader(file);
    reader.exec('BEGIN; SELECT count(*) FROM t;');
    expect(() => writer.close()).toThrow(/locked/);
    writer.insert(1);
    reader.exec('COMMIT');
    reader.close();
    writer.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
  });
});
