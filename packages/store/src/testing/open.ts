import { mongoStore } from '../mongo.ts';
import type { SchemaVersion } from '../schema.ts';
import { sqliteStore } from '../sqlite.ts';
import type { Store } from '../store.ts';

/** `['sqlite', file]` or `['mongo', url, database]`. */
export function openAt([kind, where = '', database = '']: readonly string[], clock?: { now(): Date }, schema?: SchemaVersion): Store {
  const more = { ...(clock && { clock }), ...(schema && { schema }) };
  return kind === 'sqlite' ? sqliteStore({ file: where, ...more }) : mongoStore({ url: where, database, ...more });
}
