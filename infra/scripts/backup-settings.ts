import { readFileSync } from 'node:fs';
import type { MongoPlaces } from '@sidekick/portal/backup';
import { readEnvironment } from '@sidekick/service-kit';
import { z } from 'zod';

/** The release whose code this is. */
export const { version: release } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

type Environment = Readonly<Record<string, string | undefined>>;
const database = (name: string) => z.string().min(1).default(name);
const settings = {
  mongoUrl: z.string().min(1),
  /** Where one service has a server, or an account, of its own. */
  mongoUrlGateway: z.string().min(1).optional(),
  mongoUrlContent: z.string().min(1).optional(),
  mongoUrlStaffing: z.string().min(1).optional(),
  mongoDatabaseGateway: database('gateway'),
  mongoDatabaseContent: database('content'),
  mongoDatabaseStaffing: database('staffing'),
  attachmentsFolder: z.string().min(1).optional(),
};

/** Null unless MONGO_URL is set. */
export function places(env: Environment): MongoPlaces | null {
  if (!env['MONGO_URL']) return null;
  const given = readEnvironment(settings, env);
  return {
    urls: {
      gateway: given.mongoUrlGateway ?? given.mongoUrl,
      content: given.mongoUrlContent ?? given.mongoUrl,
      staffing: given.mongoUrlStaffing ?? given.mongoUrl,
    },
    names: { gateway: given.mongoDatabaseGateway, content: given.mongoDatabaseContent, staffing: given.mongoDatabaseStaffing },
    attachmentsFolder: given.attachmentsFolder,
  };
}

/** Addresses of services that the environment names, each possibly a list. */
export const addressesOfServices = (env: Environment): string[] =>
  ['GATEWAY_URL', 'CONTENT_URL', 'SEARCH_URL', 'STAFFING_URL'].flatMap((name) => (env[name] ?? '').split(',').filter(Boolean));

export const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** What goes wrong is one line on stderr and exit 1. */
export async function runAsCommand(work: () => Promise<void>): Promise<never> {
  try {
    await work();
    process.exit(0);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
