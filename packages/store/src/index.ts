export * from './collection.ts';
export * from './log.ts';
export * from './store.ts';
