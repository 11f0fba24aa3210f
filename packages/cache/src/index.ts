export * from './cache.ts';
export { memoryCache, memoryLimiter } from './memory.ts';
