export type { Engine } from './engine/engine.ts';
export { ftsEngine } from './engine/fts.ts';
export type { Snapshot } from './index/rebuild.ts';
export { createSearch, type Search, type SearchDependencies } from './service.ts';
