import { mongoStore } from '../mongo.ts';
import { sqliteStore } from '../sqlite.ts';
import type { Store } from '../store.ts';

/** `['sqlite', file]` or `['mongo', url, database]`. */
export function openAt([kind, where = '', database = '']: readonly string[], clock?: { now(): Date }): Store {
  const stamped = clock ? { clock } : {};
  return kind === 'sqlite' ? sqliteStore({ file: where, ...stamped }) : mongoStore({ url: where, database, ...stamped });
}
