import { processSettings, publicKeys } from '@sidekick/service-kit';
import { z } from 'zod';

/** The environment of a staffing service that runs apart. */
export const staffingSettings = {
  ...processSettings,
  port: processSettings.port.default(8083),
  mongoUrl: z.string().min(1),
  mongoDatabase: z.string().min(1).default('staffing'),
  amqpUrl: z.string().min(1),
  amqpPrefix: z.string().default(''),
  redisUrl: z.string().min(1),
  identityPublicKeys: publicKeys,
};
