export * from './collection.ts';
export type { DumpLine, LoadOptions } from './dump.ts';
export * from './errors.ts';
export * from './log.ts';
export { mongoStore } from './mongo.ts';
export { mongoConnection, unlessDuplicate } from './mongo-connection.ts';
export type { Ready, SchemaVersion } from './schema.ts';
export { sqliteStore } from './sqlite.ts';
export * from './store.ts';
