import { parse } from 'yaml';
import { heapIn, memoryNeeded } from '../heaps.ts';

export interface Service {
  image?: string;
  build?: unknown;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  restart?: string;
  ports?: string[];
  mem_limit?: string;
  environment?: Record<string, string>;
  stop_grace_period?: string;
  healthcheck?: { test?: unknown; disable?: boolean };
  command?: unknown;
}
export interface Composition {
  text: string;
  services: Record<string, Service>;
  secrets?: Record<string, { file?: string }>;
}

/** The file as Compose reads it; the tags that reset or replace what an earlier file said mean nothing here. */
export function compositionOf(text: string): Composition {
  const asIs = (tag: string) => ({ tag, collection: 'map', resolve: (map: unknown) => map }) as const;
  const plain = text.replaceAll(/!(reset|override)\b/g, '');
  const read = parse(plain, { merge: true, customTags: (tags) => [...tags, asIs('!reset'), asIs('!override')] }) as Composition;
  return { ...read, text };
}

const seconds = (text = '10s'): number => Number(/^(\d+)s$/.exec(text)?.[1] ?? Number(/^(\d+)m$/.exec(text)?.[1] ?? 0) * 60);
const named = (services: Composition['services'], wrong: (service: Service, name: string) => boolean): string[] =>
  Object.entries(services)
    .filter(([name, service]) => wrong(service, name))
    .map(([name]) => name);
const ours = ({ image }: Service): boolean => /^\$\{SIDEKICK_IMAGE:-/.test(image ?? '');

const mebibytes = (text = ''): number => Number.parseFloat(text) * (text.endsWith('g') ? 1024 : 1);
/** The share of a container's memory that infra/Dockerfile gives to the heap. */
const heapOfImage = 0.6;

/** What a build mounts: settings of npm, and the certificates that it trusts. */
export const secretsOfImage = ['npmrc', 'ca'];

/** Drain of 5 s and 20 s for requests under way. */
const shutdownSeconds = 25;

/** Rules for a composition; each answers the services or words at fault. */
export const composeRules: Readonly<Record<string, (composition: Composition) => string[]>> = {
  'an image is a variable with a public default of a fixed tag': ({ services }) =>
    named(services, ({ image }) => !/^\$\{\w+_IMAGE:-[^}]+:(?!latest\})[\w.-]+\}$/.test(image ?? '')),
  'one service alone carries build': ({ services }) => named(services, ({ build }) => build !== undefined).slice(1),
  'a build is given every secret that the Dockerfile mounts': ({ services, secrets = {} }) =>
    named(services, ({ build }) => {
      const given = (build as { secrets?: string[] } | undefined)?.secrets ?? [];
      return build !== undefined && secretsOfImage.some((one) => !given.includes(one) || !secrets[one]?.file);
    }),
  'nobody is root': ({ services }) => named(services, ({ user }) => !/^[1-9]\d*(:[1-9]\d*)$/.test(user ?? '')),
  'root file systems are read-only': ({ services }) => named(services, ({ read_only }) => read_only !== true),
  'no capabilities and no new privileges': ({ services }) =>
    named(services, ({ cap_drop, security_opt }) => cap_drop?.[0] !== 'ALL' || !security_opt?.includes('no-new-privileges:true')),
  'gateway and Prometheus alone are published, on this machine': ({ services }) =>
    named(services, ({ ports = [] }, name) =>
      ports.some((port) => !['gateway', 'prometheus'].includes(name) || !port.startsWith('127.0.0.1:')),
    ),
  'every password and key has to be given': ({ text }) =>
    [...text.matchAll(/\$\{(\w*(?:PASSWORD|KEYS?)\w*)([^}]*)\}?/g)].filter(([, , rest]) => !rest?.startsWith(':?')).map(([whole]) => whole),
  'memory has a limit': ({ services }) => named(services, ({ mem_limit }) => mem_limit === undefined),
  'the heaps of a service and its workers fit into its memory': ({ services }) =>
    named(services, (service, name) => {
      const limit = mebibytes(service.mem_limit);
      const own = heapIn(service.environment?.['NODE_OPTIONS']);
      return ours(service) && memoryNeeded(name, Number.isNaN(own) ? limit * heapOfImage : own) > limit;
    }),
  'whoever stays is revived and has a health check': ({ services }) =>
    named(
      services,
      ({ restart, healthcheck }) =>
        !restart?.startsWith('on-failure') && (restart !== 'unless-stopped' || !healthcheck?.test || healthcheck.disable === true),
    ),
  'a service has longer to stop than it takes': ({ services }) =>
    named(services, (service) => ours(service) && seconds(service.stop_grace_period) <= shutdownSeconds),
};
