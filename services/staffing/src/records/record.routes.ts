import { isDeepStrictEqual } from 'node:util';
import { type Identity, listOf, type RecordKind, type Records, RecordsQuery, type Role, Ulid } from '@sidekick/contracts';
import { type Answer, etag, ifMatch, noneMatch, type Route, type RouteRequest, route, Stale } from '@sidekick/service-kit';
import { z } from 'zod';
import { viewOf } from '../access/mask.ts';
import { readersOf } from '../access/rights.ts';
import { AcceptQuery, atRoot, writeOne } from '../changes/write.ts';
import { bodyOf, recordOf } from '../deciding/bodies.ts';
import { asStored } from '../deciding/following.ts';
import { listed } from '../following/listed.ts';
import type { AnyRecord } from '../kinds/change.ts';
import type { Body } from '../kinds/kind.ts';
import { findRecord, type StaffingContext } from '../routing/context.ts';
import type { VersionedRecord } from '../state/state.ts';
import { pageOf } from './list.ts';

/** How one kind of record is offered over HTTP. */
export interface RecordSpec<K extends RecordKind, F extends z.ZodRawShape> {
  kind: K;
  /** Root below `/api/v1`, e.g. `/people`. */
  root: `/${string}`;
  /** Names of one and of all, as they stand in operations: `Person`, `People`. */
  one: string;
  many: string;
  view: z.ZodType;
  body: z.ZodType<Body, unknown>;
  /** Who may write at all; the decision looks closer. */
  writers: readonly Role[];
  filters: F;
  keep: (record: Records[K], filters: z.infer<z.ZodObject<F>>) => boolean;
  /** Throws `InvalidInput` for filters that are right one by one and not together. */
  check?: (filters: z.infer<z.ZodObject<F>>) => void;
}

const Params = z.strictObject({ id: Ulid });
const Patch = z.record(z.string(), z.unknown());
type Params = z.infer<typeof Params>;
type Write<B> = RouteRequest<Params, AcceptQuery, B, readonly Role[]>;

/** List, read, create or replace, patch and delete; every write is a change set of one command. */
export function recordRoutes<K extends RecordKind, F extends z.ZodRawShape>(context: StaffingContext, spec: RecordSpec<K, F>): Route[] {
  return [listRoute(context, spec), ...singleRoutes(context, spec)];
}

/** The same without a list, for a kind that is listed with more than its records. */
export const singleRoutes = (context: StaffingContext, spec: AnySpec): Route[] => [
  readRoute(context, spec),
  putRoute(context, spec),
  patchRoute(context, spec),
  deleteRoute(context, spec),
];

function listRoute<K extends RecordKind, F extends z.ZodRawShape>(
  context: StaffingContext,
  { kind, root, many, view, filters, keep, check }: RecordSpec<K, F>,
): Route {
  const query = RecordsQuery.extend(filters);
  return route({
    method: 'get',
    path: root,
    operation: `list${many}`,
    summary: `${many}, in order of id`,
    access: readersOf(kind),
    query: query as unknown as z.ZodType<z.infer<typeof RecordsQuery>>,
    answers: { 200: listOf(view) },
    async handle({ query: asked, identity }) {
      const filled = asked as unknown as z.infer<z.ZodObject<F>>;
      check?.(filled);
      const { state } = context.replica.current();
      const records = state[kind] as ReadonlyMap<string, VersionedRecord<Records[K]>>;
      const { items, nextCursor } = pageOf(records, asked, (record) => keep(record, filled));
      const shown = items.map((kept) => listed(kind, kept, identity, state));
      return { status: 200, body: { items: shown, nextCursor } };
    },
  });
}

function readRoute(context: StaffingContext, { kind, root, one, view }: RecordSpec<RecordKind, never> | AnySpec): Route {
  return route({
    method: 'get',
    path: `${root}/{id}`,
    operation: `read${one}`,
    summary: `One ${one}; its ETag is the number of the change set that last changed it`,
    access: readersOf(kind),
    params: Params,
    answers: { 200: view, 304: null },
    problems: [404],
    async handle({ params, identity, req }) {
      const kept = await findRecord(context, kind, params.id);
      const headers = { etag: etag(kept.version), 'cache-control': 'private, no-cache', vary: 'Cookie' };
      if (noneMatch(req, headers.etag)) return { status: 304, headers };
      return { status: 200, headers, body: viewOf(kind, kept, identity) };
    },
  });
}

type AnySpec = Pick<RecordSpec<RecordKind, never>, 'kind' | 'root' | 'one' | 'view' | 'body' | 'writers'>;

function putRoute(context: StaffingContext, spec: AnySpec): Route {
  return route({
    method: 'put',
    path: `${spec.root}/{id}`,
    operation: `put${spec.one}`,
    summary: `Creates (If-None-Match: *) or replaces (If-Match) a ${spec.one}`,
    access: spec.writers,
    params: Params,
    query: AcceptQuery,
    body: spec.body,
    answers: { 200: spec.view, 201: spec.view },
    problems: [404, 409, 412, 428],
    handle: (request) => (request.req.headers['if-none-match'] === '*' ? create(context, spec, request) : replace(context, spec, request)),
  });
}

/** A repeat with the same body answers what is stored; another body is stale. */
async function create(
  context: StaffingContext,
  { kind }: AnySpec,
  { params: { id }, query, body, identity: actor }: Write<Body>,
): Promise<Answer> {
  try {
    await writeOne(context, actor, query, { do: 'create', kind, id, record: body, at: atRoot });
    return await stored(context, kind, id, actor, 201);
  } catch (error) {
    if (!(error instanceof Stale) || error.code !== 'already-there') throw error;
    const { record } = await findRecord(context, kind, id);
    const wanted = recordOf(kind, id, body, record);
    if (Array.isArray(wanted)) throw error;
    const then = asStored(context.replica.current().state, kind, wanted);
    if (!isDeepStrictEqual(bodyOf(kind, then), bodyOf(kind, record))) throw error;
    return stored(context, kind, id, actor, 200);
  }
}

async function replace(
  context: StaffingContext,
  { kind }: AnySpec,
  { params: { id }, query, body, identity, req }: Write<Body>,
): Promise<Answer> {
  const version = ifMatch(req);
  await findRecord(context, kind, id);
  await writeOne(context, identity, query, { do: 'replace', kind, id, version, record: body, at: atRoot });
  return stored(context, kind, id, identity, 200);
}

function patchRoute(context: StaffingContext, { kind, root, one, view, writers }: AnySpec): Route {
  return route({
    method: 'patch',
    path: `${root}/{id}`,
    operation: `patch${one}`,
    summary: `JSON merge patch (RFC 7396) of a ${one}`,
    access: writers,
    params: Params,
    query: AcceptQuery,
    body: Patch,
    answers: { 200: view },
    problems: [404, 409, 412, 428],
    async handle({ params: { id }, query, body, identity, req }: Write<Body>) {
      const version = ifMatch(req);
      await findRecord(context, kind, id);
      await writeOne(context, identity, query, { do: 'change', kind, id, version, patch: body, at: atRoot });
      return stored(context, kind, id, identity, 200);
    },
  });
}

function deleteRoute(context: StaffingContext, { kind, root, one, writers }: AnySpec): Route {
  return route({
    method: 'delete',
    path: `${root}/{id}`,
    operation: `delete${one}`,
    summary: `Deletes a ${one} that nothing names`,
    access: writers,
    params: Params,
    query: AcceptQuery,
    answers: { 204: null },
    problems: [404, 409, 412, 428],
    async handle({ params: { id }, query, identity, req }) {
      const version = ifMatch(req);
      await findRecord(context, kind, id);
      await writeOne(context, identity, query, { do: 'delete', kind, id, version, at: atRoot });
      return { status: 204 };
    },
  });
}

async function stored(context: StaffingContext, kind: RecordKind, id: string, reader: Identity, status: number): Promise<Answer> {
  const kept: VersionedRecord<AnyRecord> = await findRecord(context, kind, id);
  return { status, headers: { etag: etag(kept.version) }, body: viewOf(kind, kept, reader) };
}
