import type { DumpLine } from '@sidekick/store';
import { backupOf, type Database } from '../archive.ts';
import type { Opened } from '../installation.ts';

export const [a, b] = ['01JZZZZZZZZZZZZZZZZZZZZZZA', '01JZZZZZZZZZZZZZZZZZZZZZZB'] as const;

/** A document of content whose key is claimed: two of them cannot be in one database. */
export const aSource = (id: string, over: object = {}): DumpLine => ({
  ...{ is: 'document', collection: 'sources', id, version: 1, schema: 1 },
  doc: { key: 'handbook', into: '', lastImportAt: '2026-11-25T00:00:00.000Z', baseurl: '', repository: null, title: null },
  ...over,
});
export const anEntry = (number: number): DumpLine => ({
  ...{ is: 'entry', log: 'changes', number, requestId: `request ${number}`, schema: 1 },
  entry: { by: 'somebody', changes: [{ id: a, 'a.$b': ['ä', null, 0.1] }] },
});

/** An installation one of whose databases says these lines after its own. */
export function withLines(opened: Opened, lines: readonly DumpLine[], database: Database = 'content'): Opened {
  const store = opened.stores[database];
  const dump = async function* () {
    yield* store.dump();
    yield* lines;
  };
  return { ...opened, stores: { ...opened.stores, [database]: { ...store, dump } } };
}

export const archived = (opened: Opened, release = '9.9.9'): AsyncIterable<Uint8Array> => backupOf({ ...opened, release, at: new Date() });

export async function* inTurn<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}
