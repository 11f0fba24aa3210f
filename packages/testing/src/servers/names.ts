export type ServerName = 'mongo' | 'amqp' | 'redis' | 'chromium';

/** An address (for Chromium the path of its program), or why there is none. */
export type Found = { address: string } | { reason: string };

/** The environment's variable that gives an address and spares the search. */
export const variableOf: Record<ServerName, string> = { mongo: 'MONGO_URL', amqp: 'AMQP_URL', redis: 'REDIS_URL', chromium: 'CHROMIUM' };
