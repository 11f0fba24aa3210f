export * from './collection.ts';
export type { DumpLine } from './dump.ts';
export * from './errors.ts';
export * from './log.ts';
export type { SchemaVersion } from './schema.ts';
export { sqliteStore } from './sqlite.ts';
export * from './store.ts';
export { fitsSchema, tombstoneSweeper } from './upkeep.ts';
export { within } from './within.ts';
