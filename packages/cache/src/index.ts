export * from './cache.ts';
export { type MemoryCacheOptions, memoryCache, memoryLimiter } from './memory.ts';
export { type RedisOptions, redisCache, redisLimiter, type SharedLimiters } from './redis.ts';
