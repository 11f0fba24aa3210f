import type { Cache } from '@sidekick/cache';
import type { RecordKind } from '@sidekick/contracts';
import { type Clock, InvalidInput, NotFound, type Route } from '@sidekick/service-kit';
import type { Log } from '@sidekick/store';
import type { AnyRecord } from '../kinds/change.ts';
import type { ChangeSet } from '../log/change-set.ts';
import type { Commit } from '../log/commit.ts';
import type { Replica } from '../log/replica.ts';
import { recordsOf, type VersionedRecord } from '../state/state.ts';

/** What the routes of this service work with. */
export interface StaffingContext {
  readonly log: Log<ChangeSet>;
  readonly replica: Replica;
  readonly commit: Commit;
  readonly cache: Cache;
  readonly clock: Clock;
  /** ULID of the database; part of every key of the cache, since a restored database counts its heads anew. */
  epoch(): string;
}

const headHeader = 'staffing-head';

/** How long a request that names a newer head waits for it, in milliseconds; one read of the log is enough unless the log was restored. */
const patience = 250;

/**
 * Every answer carries the head: what is read holds that one at the least, and after a write it is the newest. A request that names a
 * newer head waits for it, so that everyone reads their own write.
 */
export function withHead(context: StaffingContext, routes: readonly Route[]): Route[] {
  return routes.map((one) => ({
    ...one,
    async handle(request) {
      const { req, res } = request;
      const tellHead = () => res.headersSent || res.setHeader(headHeader, String(context.replica.current().state.head));
      const wanted = req.headers[headHeader];
      if (wanted !== undefined && !/^\d{1,15}$/.test(String(wanted))) throw new InvalidInput('invalid-head', 'Staffing-Head is a number');
      if (wanted !== undefined) await context.replica.reach(Number(wanted), patience);
      tellHead();
      try {
        return await one.handle(request);
      } finally {
        if (one.method !== 'get') tellHead();
      }
    },
  }));
}

/** A record as it stands, looked for in the log when this process does not know it yet. Throws NotFound. */
export async function findRecord(context: StaffingContext, kind: RecordKind, id: string): Promise<VersionedRecord<AnyRecord>> {
  const look = () => recordsOf(context.replica.current().state, kind).get(id);
  const found = look();
  if (found) return found;
  await context.replica.catchUp();
  const later = look();
  if (!later) throw new NotFound('no-record', 'There is no record of this id');
  return later;
}

/** A JSON answer under a key that names the head and the day: computed once, never stale. */
export const cachedJson = (context: StaffingContext, head: number, key: string, compute: () => unknown): Promise<string> =>
  context.cache.through(`staffing:${context.epoch()}:${head}:${context.clock.today()}:${key}`, 3600, async () => JSON.stringify(compute()));

export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };
