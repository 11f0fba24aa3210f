import { fileURLToPath } from 'node:url';
import { addresses, InvalidInput, imageHosts, privateKey, processSettings } from '@sidekick/service-kit';
import { z } from 'zod';
import { isLoopback } from './access/origin.ts';
import type { AnswerSeconds } from './forward/api.ts';

export interface GatewayConfig {
  /** Where browsers find the portal, e.g. `https://portal.example.org`; plain http on localhost and 127.0.0.1 alone. */
  publicUrl: string;
  /** Whether demo personas may be offered at all. */
  demo: boolean;
  /** The address the portal listens on. */
  bindHost: string;
  /** Folder of the built web UI. */
  webRoot: string;
  /** Hosts whose pictures pages may show; none by default. */
  imageHosts?: readonly string[];
  /** Hosts of a private network that webhooks may lead to; none by default. */
  webhookHosts?: readonly string[];
  /** Reverse proxies in front whose X-Forwarded-For may be believed; 0 by default. */
  proxyHops?: number;
  /** Where commands on this machine find it, e.g. `http://127.0.0.1:8080`. */
  ownAddress?: string;
  /** With it `/metrics` asks no store who asks. */
  metricsToken?: string | undefined;
  /** Seconds until a forwarded request is given up: 4.8 for one that reads, 30 for a change, ten times that for an upload. */
  answerSeconds?: Partial<AnswerSeconds>;
}

/** The origin of PUBLIC_URL. Throws InvalidInput when it is no URL, has a path, or is plain http on another host than this one. */
export function publicOrigin(publicUrl: string): URL {
  if (!URL.canParse(publicUrl)) throw new InvalidInput('invalid-public-url', `PUBLIC_URL is not an address: ${publicUrl}`);
  const url = new URL(publicUrl);
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new InvalidInput('invalid-public-url', 'PUBLIC_URL is a scheme and a host, without a path');
  }
  const local = url.protocol === 'http:' && isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !local) {
    throw new InvalidInput('insecure-public-url', 'PUBLIC_URL has to begin with https:// unless it is localhost or 127.0.0.1');
  }
  return url;
}

/** A token for Prometheus alone. */
export const metricsToken = z
  .string()
  .regex(/^[\x21-\x7e]{16,200}$/, '16 to 200 signs without blanks')
  .optional();

/** Hosts of this machine or a private network that webhooks may lead to, with commas: `chat.internal`, `127.0.0.1:8065`, `[fd00::5]`. */
export const webhookHosts = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((host) => host.trim().toLowerCase() || []))
  .pipe(
    z.array(z.string().regex(/^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/, 'not a host such as chat.internal')).max(50),
  );

/** The environment of a gateway that runs apart. */
export const gatewaySettings = {
  ...processSettings,
  port: processSettings.port.default(8080),
  mongoUrl: z.string().min(1),
  mongoDatabase: z.string().min(1).default('gateway'),
  amqpUrl: z.string().min(1),
  amqpPrefix: z.string().default(''),
  redisUrl: z.string().min(1),
  /** Signs identities; every gateway has the same. */
  identityPrivateKey: privateKey,
  contentUrl: addresses,
  searchUrl: addresses,
  staffingUrl: addresses,
  /** Where browsers find the portal. */
  publicUrl: z.url(),
  metricsToken,
  /** Whether demo personas may be offered; never where others can reach it. */
  demo: z.stringbool().default(false),
  /** Reverse proxies in front whose X-Forwarded-For may be believed. */
  proxyHops: z.coerce.number().int().min(0).max(10).default(0),
  imageHosts,
  webhookHosts,
  webRoot: z.string().default(fileURLToPath(new URL('../../web/dist', import.meta.url))),
};
