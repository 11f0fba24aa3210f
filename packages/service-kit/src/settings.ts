import { z } from 'zod';

const zones = new Set(Intl.supportedValuesOf('timeZone')).add('UTC');

export const collector = z.url({ protocol: /^https?$/ });

/** What every service that runs apart is told. Addresses of stores and of other parts stand with the service that needs them. */
export const processSettings = {
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  /** The one time zone that says which day "today" is. */
  timeZone: z
    .string()
    .default('UTC')
    .refine((zone) => zones.has(zone), 'not a time zone such as Europe/Lisbon'),
  /** Moves the clock by whole days so that it starts on this day; for demonstrations and tests. */
  today: z.iso.date().optional(),
  /** Seconds between SIGTERM and the end of listening, in which every answer ends its connection. */
  drainSeconds: z.coerce.number().min(0).max(300).default(5),
  /** Seconds that requests under way then have. */
  graceSeconds: z.coerce.number().min(0).max(300).default(20),
  /** Collector of traces that speaks OTLP over HTTP, e.g. `http://collector:4318`; none by default. */
  otelExporterOtlpEndpoint: collector.optional(),
};

/** A comma-separated list of addresses, each `http://host:port`. */
export const addresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim().replace(/\/$/, '')))
  .pipe(z.array(z.url({ protocol: /^https?$/ })).min(1));

/** Host names that pictures of pages may come from, with commas: `images.example.org`, or `*.example.org` for all below it. */
export const imageHosts = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((host) => host.trim().toLowerCase() || []))
  .pipe(
    z.array(z.string().regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/, 'not a host name such as images.example.org')).max(50),
  );

const Key = z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), kid: z.string().min(1), x: z.string().min(1) });

/** A text that holds JSON. */
const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});
/** JWK that signs, with its private part. */
export const privateKey = json.pipe(Key.extend({ d: z.string().min(1) }));
/** JWKs whose signatures are accepted. */
export const publicKeys = json.pipe(z.array(Key).min(1));

/** `mongoUrl` is read from MONGO_URL; an empty variable counts as none. Throws an Error of one line that names the variable. */
export function readEnvironment<S extends z.ZodRawShape>(
  shape: S,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<S>> {
  const given = Object.fromEntries(Object.keys(shape).map((key) => [key, env[variable(key)] || undefined]));
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = variable(String(issue?.path[0]));
  throw new Error(env[name] ? `Setting ${name}: ${issue?.message}` : `Setting ${name} is needed`);
}

const variable = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
