import { addresses, privateKey, processSettings, publicKeys } from '@sidekick/service-kit';
import { z } from 'zod';

/** The environment of a search service that runs apart. */
export const searchSettings = {
  ...processSettings,
  port: processSettings.port.default(8082),
  amqpUrl: z.string().min(1),
  amqpPrefix: z.string().default(''),
  identityPublicKeys: publicKeys,
  /** Signs what it asks of the owners of snapshots; its public half is limited to the role ops. */
  identityPrivateKey: privateKey,
  contentUrl: addresses,
  staffingUrl: addresses,
  /** Keeps the index file. */
  indexFolder: z.string().min(1).default('data/index'),
  /** Which replica this is; without it the number at the end of the host name, else 0. */
  replica: z.coerce.number().int().min(0).max(999).optional(),
};

/** The ordinal of a StatefulSet's pod is the number at the end of its host name. */
export const replicaOf = (given: number | undefined, hostName: string): number => given ?? Number(/-(\d{1,3})$/.exec(hostName)?.[1] ?? 0);
