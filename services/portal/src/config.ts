import { parseArgs } from 'node:util';
import { metricsToken } from '@sidekick/gateway';
import { collector, imageHosts } from '@sidekick/service-kit';
import { z } from 'zod';

const Day = z.iso.date();
const zones = new Set(Intl.supportedValuesOf('timeZone')).add('UTC');

/** Settings of the one-process portal. A flag wins over the environment. */
const Settings = z.object({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Everything the portal keeps. */
  dataFolder: z.string().min(1).default('data'),
  /** Where browsers find it; needed when it is not this machine alone. */
  publicUrl: z.url().optional(),
  /** The one time zone that says which day "today" is. */
  timeZone: z
    .string()
    .default(Intl.DateTimeFormat().resolvedOptions().timeZone)
    .refine((zone) => zones.has(zone), 'not a time zone such as Europe/Lisbon'),
  /** Moves the clock by whole days so that the portal starts on this day; for demonstrations and tests. */
  today: Day.optional(),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  /** Collector of traces that speaks OTLP over HTTP; none by default. */
  collector: collector.optional(),
  metricsToken,
  imageHosts,
  /** Starts without the sample. */
  empty: z.boolean().default(false),
  /** E-mail of an account that cannot get in: prints a one-time link for it. */
  recover: z.email('an e-mail address').optional(),
});
export type PortalSettings = z.infer<typeof Settings>;

const flags = {
  host: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  'public-url': { type: 'string' },
  'time-zone': { type: 'string' },
  today: { type: 'string' },
  'log-level': { type: 'string' },
  'image-hosts': { type: 'string' },
  empty: { type: 'boolean' },
  recover: { type: 'string' },
} as const;

/** Throws an Error of one line that names the setting and what is wrong with it. */
export function readSettings(args: string[], env: Readonly<Record<string, string | undefined>>): PortalSettings {
  const { values } = parseArgs({ args, options: flags });
  const given = {
    host: values.host ?? env['HOST'],
    port: values.port ?? env['PORT'],
    dataFolder: values.data ?? env['SIDEKICK_DATA_FOLDER'],
    publicUrl: values['public-url'] ?? env['PUBLIC_URL'],
    timeZone: values['time-zone'] ?? env['TIME_ZONE'],
    today: values.today ?? env['TODAY'],
    collector: env['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined,
    metricsToken: env['METRICS_TOKEN'] || undefined,
    imageHosts: values['image-hosts'] ?? env['IMAGE_HOSTS'],
    logLevel: values['log-level'] ?? env['LOG_LEVEL'],
    recover: values.recover,
    empty: values.empty ?? env['EMPTY'] === 'true',
  };
  const parsed = Settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`Setting ${issue?.path.join('.')}: ${issue?.message}`);
}
