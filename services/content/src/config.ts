import { imageHosts, processSettings, publicKeys } from '@sidekick/service-kit';
import { z } from 'zod';

/** The environment of a content service that runs apart. */
export const contentSettings = {
  ...processSettings,
  port: processSettings.port.default(8081),
  mongoUrl: z.string().min(1),
  mongoDatabase: z.string().min(1).default('content'),
  amqpUrl: z.string().min(1),
  amqpPrefix: z.string().default(''),
  redisUrl: z.string().min(1),
  identityPublicKeys: publicKeys,
  imageHosts,
  /** A folder on a volume that every replica shares; without it attachments are in GridFS. */
  attachmentsFolder: z.string().min(1).optional(),
};
