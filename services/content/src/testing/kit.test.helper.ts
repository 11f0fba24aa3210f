import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { type Blobs, folderBlobs } from '@sidekick/blobs';
import { sqliteBus } from '@sidekick/bus';
import { memoryCache } from '@sidekick/cache';
import type { ImportView } from '@sidekick/contracts';
import { systemClock } from '@sidekick/service-kit';
import { type Store, sqliteStore } from '@sidekick/store';
import { aManager, type Client, clientOf, quietLog, testKeys, until } from '@sidekick/testing';
import { zipSync } from 'fflate';
import { type ContentService, createContent } from '../index.ts';
import { createRendering } from '../rendering/rendering.ts';

export interface Kit {
  client: Client;
  service: ContentService;
  bus: ReturnType<typeof sqliteBus>;
  store: Store;
  folder: string;
  /** Imports files by path and waits for the end. */
  importFiles(files: Record<string, string | Uint8Array>, query?: string): Promise<ImportView>;
  close(): Promise<void>;
}

export interface KitOptions {
  /** Processor time that one text may take. */
  limitMs?: number;
  /** Writes what an earlier release left in the store. */
  seed?: (store: Store) => Promise<void>;
  /** Holds back whatever would keep a file, and with it the import that brings it. */
  beforeFile?: () => Promise<void>;
}

/** A content service of its own on the embedded stand-ins. */
export async function contentKit({ limitMs, seed, beforeFile }: KitOptions = {}): Promise<Kit> {
  const folder = mkdtempSync(join(tmpdir(), 'content-test-'));
  const { sign, verify } = await testKeys();
  const file = join(folder, 'content.db');
  if (seed) {
    const before = sqliteStore({ file });
    await seed(before);
    await before.close();
  }
  const store = sqliteStore({ file });
  const bus = sqliteBus({ file: join(folder, 'bus.db') });
  const cache = memoryCache();
  const clock = systemClock({ timeZone: 'UTC' });
  const kept = folderBlobs({ folder: join(folder, 'blobs') });
  const blobs: Blobs = {
    ...kept,
    async put(bytes) {
      await beforeFile?.();
      return kept.put(bytes);
    },
  };
  const rendering = createRendering(limitMs === undefined ? {} : { limitMs });
  const service = createContent({ store, bus, cache, blobs, clock, log: quietLog, verify, rendering });
  const client = await clientOf(service, sign);
  return {
    client,
    service,
    bus,
    store,
    folder,
    async importFiles(files, query = 'source=book') {
      const bytes = Object.entries(files).map(([path, body]) => [path, typeof body === 'string' ? Buffer.from(body) : body] as const);
      const raw = zipSync(Object.fromEntries(bytes), { level: 1 });
      return importZip(client, raw, query);
    },
    async close() {
      await client.close();
      await bus.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Sends a zip and waits until its run has ended. */
export async function importZip(client: Client, raw: Uint8Array, query: string, seconds = 240): Promise<ImportView> {
  const sent = await client.ask('post', `/imports?${query}`, { as: aManager, raw, headers: { 'content-type': 'application/zip' } });
  if (sent.status !== 202) throw new Error(`import answered ${sent.status}: ${JSON.stringify(sent.body)}`);
  return until(
    'the import to end',
    async () => {
      const { body } = await client.ask<ImportView>('get', `/imports/${sent.body.id}`, { as: aManager });
      return body.endedAt === null ? null : body;
    },
    seconds,
  );
}

export function filesIn(folder: string): Record<string, Uint8Array> {
  const files: [string, Uint8Array][] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    files.push([relative(folder, full).split(sep).join('/'), readFileSync(full)]);
  }
  return Object.fromEntries(files);
}
