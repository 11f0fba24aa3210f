import { parseArgs } from 'node:util';
import { metricsToken, webhookHosts } from '@sidekick/gateway';
import { collector, imageHosts } from '@sidekick/service-kit';
import { z } from 'zod';

const Day = z.iso.date();
const zones = new Set(Intl.supportedValuesOf('timeZone')).add('UTC');

/** Ports that browsers, and fetch with them, refuse to speak to (WHATWG Fetch, bad port): nobody could open the portal there. */
const refusedPorts = new Set([
  ...[1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115],
  ...[117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587],
  ...[601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669],
  ...[6679, 6697, 10080],
]);

/** Settings of the one-process portal. A flag wins over the environment. */
const Settings = z.object({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .refine((port) => !refusedPorts.has(port), {
      error: ({ input }) => `browsers refuse to open port ${input}; choose another, such as 3000`,
    })
    .default(3000),
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
  webhookHosts,
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
  'webhook-hosts': { type: 'string' },
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
    webhookHosts: values['webhook-hosts'] ?? env['WEBHOOK_HOSTS'],
    logLevel: values['log-level'] ?? env['LOG_LEVEL'],
    recover: values.recover,
    empty: values.empty ?? env['EMPTY'] === 'true',
  };
  const parsed = Settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`Setting ${issue?.path.join('.')}: ${issue?.message}`);
}
