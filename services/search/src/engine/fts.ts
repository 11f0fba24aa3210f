import Database from 'libsql';
import type { Engine } from './engine.ts';
import { readerOf } from './fts-read.ts';
import { type Row, schema } from './fts-schema.ts';
import { writerOf } from './fts-write.ts';

/** The default engine, in one file that is only ever a projection: delete it and it is built again. */
export function ftsEngine(options: { file: string }): Engine {
  const db = new Database(options.file);
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma locking_mode = exclusive; pragma cache_size = -65536;');
  db.exec(schema);
  return {
    ...writerOf(db),
    ...readerOf(db),
    size: () => Number((db.prepare('select count(*) as n from document').get([]) as Row)['n']),
    built: () => db.prepare("select value from meta where name = 'built'").get([]) !== undefined,
    markBuilt: () => void db.prepare("insert or replace into meta (name, value) values ('built', ?)").run([new Date().toISOString()]),
    close() {
      // libsql keeps the lock of a closed connection until its statements are collected: give it up first.
      db.exec('pragma journal_mode = delete; pragma locking_mode = normal; select count(*) from sqlite_master;');
      db.close();
    },
  };
}
