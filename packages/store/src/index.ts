export * from './collection.ts';
export type { DumpLine } from './dump.ts';
export * from './errors.ts';
export * from './log.ts';
export { mongoStore } from './mongo.ts';
export { mongoConnection, unlessDuplicate } from './mongo-connection.ts';
export { sqliteStore } from './sqlite.ts';
export * from './store.ts';
export { fitsSchema, tombstoneSweeper } from './upkeep.ts';
