export * from './cache.ts';
export { memoryCache, memoryLimiter } from './memory.ts';
export { redisCache, redisLimiter } from './redis.ts';
