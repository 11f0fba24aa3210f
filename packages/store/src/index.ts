export * from './collection.ts';
export * from './errors.ts';
export * from './log.ts';
export { type MongoStoreOptions, mongoStore } from './mongo.ts';
export { type SqliteStoreOptions, sqliteStore } from './sqlite.ts';
export * from './store.ts';
