import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, sqliteBus } from '@sidekick/bus';
import { memoryCache } from '@sidekick/cache';
import type { ChangeRequest, Identity } from '@sidekick/contracts';
import { systemClock } from '@sidekick/service-kit';
import { type Store, sqliteStore } from '@sidekick/store';
import { aManager, type Client, clientOf, type Got, newRecord, quietLog, testKeys } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { ChangeSet } from '../log/change-set.ts';
import { staffingSchema } from '../schema.ts';
import { createStaffing, type Staffing, type StaffingDeps } from '../service.ts';

export interface Portal {
  client: Client;
  staffing: Staffing;
  store: Store;
  bus: Bus;
  sign(identity: Identity): Promise<string>;
  /** Another process's side of the same log. */
  another(): Promise<Client>;
  /** Stops everything and opens the same folder again. */
  restart(): Promise<Portal>;
  /** `POST /changes` as the manager unless said otherwise. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies are held against the OpenAPI document by the client
  change(commands: unknown[], more?: Partial<ChangeRequest> & { as?: Identity }): Promise<Got<any>>;
  close(): Promise<void>;
}

export interface PortalOptions {
  folder?: string;
  snapshotEvery?: number;
  /** Wraps the embedded bus. */
  bus?: (bus: Bus) => Bus;
  /** Opens the database of one process; each of `another()` opens it again. An embedded one that all share, by default. */
  openStore?: () => Store;
  /** How plans are made. */
  planning?: StaffingDeps['planning'];
}

/** The staffing service on embedded stores in a folder of its own; today is 2026-11-30. */
export async function aPortal(options: PortalOptions = {}): Promise<Portal> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sidekick-staffing-')));
  const { sign, verify } = await testKeys();
  const store = options.openStore?.() ?? sqliteStore({ file: join(folder, 'staffing.db'), schema: staffingSchema });
  const stores = [store];
  const own = sqliteBus({ file: join(folder, 'bus.db') });
  const bus = options.bus?.(own) ?? own;
  const clock = systemClock({ timeZone: 'Europe/Lisbon', today: '2026-11-30' });
  const { snapshotEvery, planning } = options;
  const part = (of: Store) =>
    createStaffing({
      store: of,
      bus,
      cache: memoryCache(),
      clock,
      log: quietLog,
      verify,
      pollMs: 50,
      ...(snapshotEvery ? { snapshotEvery } : {}),
      ...(planning ? { planning } : {}),
    });
  const staffing = part(store);
  await store.migrate();
  await bus.declare();
  const client = await clientOf(staffing, sign);
  const others: Client[] = [];
  const stop = async () => {
    await Promise.all([client, ...others].map((one) => one.close()));
    await bus.close();
    for (const one of stores) await one.close();
  };
  return {
    client,
    staffing,
    store,
    bus,
    sign,
    async another() {
      const again = options.openStore?.() ?? store;
      if (again !== store) stores.push(again);
      const other = await clientOf(part(again), sign);
      others.push(other);
      return other;
    },
    async restart() {
      await stop();
      return aPortal({ ...options, folder });
    },
    change: (commands, { as = aManager, ...more } = {}) => client.ask('post', '/changes', { as, body: { id: ulid(), commands, ...more } }),
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder whose staffing log a release before wrote: entries of the first schema, as they are given. */
export async function anOldFolder(entries: readonly ChangeSet[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-staffing-'));
  const store = sqliteStore({ file: join(folder, 'staffing.db') });
  const log = store.log<ChangeSet>('changes');
  await store.migrate();
  for (const [index, entry] of entries.entries()) await log.append({ number: index + 1, requestId: ulid(), entry });
  await store.close();
  return folder;
}

const workWeek = [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }];
/** Commands that create; ids are made here. */
export const newPerson = (name: string, over: object = {}) =>
  newRecord('person', { patterns: workWeek, private: { name, email: null, note: null }, ...over });
export const newProject = (name: string, over: object = {}) =>
  newRecord('project', { name, from: '2026-11-23', to: '2027-03-14', ...over });
