import { z } from 'zod';
import type { CollectionDef, Query } from './collection.ts';
import { type IndexValue, valueAt } from './definition.ts';

/** A query checked against its index: `equals` are the values of the leading fields, `rest` are the fields it is sorted by. */
export interface Plan {
  equals: { field: string; value: IndexValue }[];
  rest: string[];
  range: { field: string; low?: Bound; high?: Bound } | null;
  order: 'asc' | 'desc';
  limit: number;
  /** Values of `rest`, then the id, of the last item of the page before. */
  after: IndexValue[] | null;
}
/** `strict` leaves the value itself out. */
export interface Bound {
  value: string | number;
  strict: boolean;
}

/** Throws on what the index does not serve (a bug of the caller), and a ZodError for a cursor that is not of this list. */
export function planOf<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, query: Query<T, I>): Plan {
  const refuse = (why: string): never => {
    throw new Error(`${def.name} by ${query.index}: ${why}`);
  };
  const fields: readonly string[] = Object.hasOwn(def.indexes, query.index) ? def.indexes[query.index] : refuse('no such index');
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > 10_000) refuse('limit is a whole number from 1 to 10,000');
  const given: Record<string, unknown> = query.equals ?? {};
  const leading = fields.slice(0, Object.keys(given).length);
  if (leading.some((field) => !Object.hasOwn(given, field)) || leading.length < Object.keys(given).length) {
    refuse(`equals names the leading fields of ${fields.join(', ')}`);
  }
  const rest = fields.slice(leading.length);
  const rangeField = rest[0];
  if (query.range && rangeField === undefined) refuse('no field is left for a range');
  const equals = leading.map((field) => ({ field, value: indexValue(given[field]) ?? refuse(`${field} is a string, a number or null`) }));
  return {
    equals: equals.map(({ field, value }) => ({ field, value: value.plain })),
    rest,
    range: query.range && rangeField !== undefined ? rangeOf(rangeField, query.range, refuse) : null,
    order: query.order ?? 'asc',
    limit: query.limit,
    after: query.cursor === undefined ? null : readCursor(query.cursor, rest.length + 1),
  };
}

function indexValue(value: unknown): { plain: IndexValue } | null {
  if (value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return { plain: value };
  return null;
}

type Range = NonNullable<Query<{ _id: string }, string>['range']>;
function rangeOf(field: string, range: Range, refuse: (why: string) => never): NonNullable<Plan['range']> {
  const bounds = Object.entries(range).filter(([, value]) => value !== undefined);
  const kinds = new Set(bounds.map(([, value]) => typeof value));
  const twice = (range.gt !== undefined && range.gte !== undefined) || (range.lt !== undefined && range.lte !== undefined);
  if (kinds.size !== 1 || twice || bounds.some(([, value]) => !indexValue(value))) refuse('a range has one or two bounds of one type');
  const bound = (open: string | number | undefined, closed: string | number | undefined): Bound | undefined => {
    const value = open ?? closed;
    return value === undefined ? undefined : { value, strict: open !== undefined };
  };
  const low = bound(range.gt, range.gte);
  const high = bound(range.lt, range.lte);
  return { field, ...(low && { low }), ...(high && { high }) };
}

/** Opaque: where a page ended, by value, so that the next one is right whatever is written in between. */
function cursorAt(plan: Plan, doc: { _id: string }): string {
  return Buffer.from(JSON.stringify([...plan.rest.map((field) => valueAt(doc, field)), doc._id])).toString('base64url');
}

const Values = z.array(z.union([z.string(), z.number(), z.null()]));
function readCursor(cursor: string, length: number): IndexValue[] {
  try {
    const values = Values.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (values.length === length && typeof values.at(-1) === 'string') return values;
  } catch {}
  throw new z.ZodRealError([{ code: 'custom', path: ['cursor'], message: 'Not a cursor of this list', input: cursor }]);
}

/** One more than asked is read, so that the last page is known to be the last. */
export function pageOf<S extends { doc: { _id: string } }>(plan: Plan, found: S[]): { items: S[]; nextCursor: string | null } {
  const items = found.slice(0, plan.limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > plan.limit && last ? cursorAt(plan, last.doc) : null };
}
