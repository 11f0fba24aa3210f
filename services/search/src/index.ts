export type { Engine } from './engine/engine.ts';
export { ftsEngine } from './engine/fts.ts';
export { createSearch, type SearchDependencies } from './service.ts';
