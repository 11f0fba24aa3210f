import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folderBlobs } from '@sidekick/blobs';
import { sqliteBus } from '@sidekick/bus';
import { memoryCache, memoryLimiter } from '@sidekick/cache';
import { createContent } from '@sidekick/content';
import { createGateway, inProcess, type Keys } from '@sidekick/gateway';
import { createLog, systemClock } from '@sidekick/service-kit';
import { createStaffing, staffingSchema } from '@sidekick/staffing';
import { type Store, sqliteStore } from '@sidekick/store';
import { type Database, databases, type Installation } from './archive.ts';

/** An installation whose services do not run, opened by a command. */
export interface Opened extends Installation {
  close(): Promise<void>;
}

/** Where the databases of services that run apart are. */
export interface MongoPlaces {
  urls: Readonly<Record<Database, string>>;
  names: Readonly<Record<Database, string>>;
  /** Without it attachments are in GridFS beside the pages. */
  attachmentsFolder: string | undefined;
}

/** What this release says of a database, where that is not what the first one said. */
const schemaOf = (database: Database) => (database === 'staffing' ? { schema: staffingSchema } : {});
const fileOf = (folder: string, database: Database): string => join(folder, `${database}.db`);
export const attachmentsOf = (folder: string): string => join(folder, 'attachments');
export const isDataFolder = (folder: string): boolean => existsSync(fileOf(folder, 'gateway'));

/** A data folder. Throws StoreInUse while a portal runs with it. */
export function openFolder(folder: string, attachments = attachmentsOf(folder)): Promise<Opened> {
  return opened((database) => sqliteStore({ file: fileOf(folder, database), ...schemaOf(database) }), {
    ...folderBlobs({ folder: attachments }),
    close: async () => {},
  });
}

/** What speaks to servers is loaded here alone: a portal on files starts without it. */
export async function openMongo({ urls, names, attachmentsFolder }: MongoPlaces): Promise<Opened> {
  const { mongoStore } = await import('@sidekick/store/mongo');
  const { gridfsBlobs } = await import('@sidekick/blobs/gridfs');
  const blobs = attachmentsFolder
    ? { ...folderBlobs({ folder: attachmentsFolder }), close: async () => {} }
    : gridfsBlobs({ url: urls.content, database: names.content });
  return opened((database) => mongoStore({ url: urls[database], database: names[database], ...schemaOf(database) }), blobs);
}

async function opened(open: (database: Database) => Store, blobs: Opened['blobs'] & { close(): Promise<void> }): Promise<Opened> {
  const made: Store[] = [];
  const close = async () => void (await Promise.all([...made, blobs].map((each) => each.close())));
  try {
    const entries = databases.map((database) => {
      const store = open(database);
      made.push(store);
      return [database, store] as const;
    });
    const stores = Object.fromEntries(entries) as Record<Database, Store>;
    await declare({ stores, blobs });
    return { stores, blobs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of services that are never asked. */
const keys: Keys = { sign: async () => '', verify: async () => null, publicKeys: [] };

/** Makes the services and starts none: each tells its store of everything that it keeps, so no list here can be behind theirs. */
async function declare({ stores, blobs }: Installation): Promise<void> {
  const [bus, cache] = [sqliteBus({ file: ':memory:' }), memoryCache()];
  const log = createLog({ level: 'silent' });
  const clock = systemClock({ timeZone: 'UTC' });
  const common = { bus, cache, clock, log, verify: keys.verify };
  const content = createContent({ ...common, store: stores.content, blobs });
  const staffing = createStaffing({ ...common, store: stores.staffing });
  createGateway({
    ...{ store: stores.gateway, bus, clock, log, keys, makeLimiter: memoryLimiter, version: '0' },
    parts: { content, staffing },
    forward: inProcess({ content, staffing }),
    config: { publicUrl: 'http://127.0.0.1', demo: false, bindHost: '127.0.0.1', webRoot: '' },
  });
  await bus.close();
  await cache.close();
}
