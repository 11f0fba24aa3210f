export * from './cache.ts';
export { type MemoryCacheOptions, memoryCache, memoryLimiter } from './memory.ts';
