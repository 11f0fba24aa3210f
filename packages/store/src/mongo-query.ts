import type { IndexValue } from './definition.ts';
import type { Bound, Plan } from './query.ts';

export type Filter = Record<string, unknown>;
export type Sort = Record<string, 1 | -1>;

/** By what tombstones lack: "deletedAt" has an index, and DocumentDB reads all of it beside the one that serves a query. */
export const isLive = { doc: { $ne: null } } as const;

/** All that is asked for in the first answer: the rest of a longer one costs a command, and on FerretDB a connection of its own. */
export const atOnce = (limit: number): { limit: number; batchSize: number } => ({ limit, batchSize: limit });

export const pathOf = (field: string): string => (field === '_id' ? '_id' : `doc.${field}`);

/** Filter and sort of a plan. A cursor becomes one alternative for each field that may differ, each served by the index. */
export function findOf({ equals, rest, range, order, after }: Plan): { filter: Filter; sort: Sort } {
  const same = Object.fromEntries(equals.map(({ field, value }) => [pathOf(field), value]));
  const paths = [...new Set([...rest.map(pathOf), '_id'])];
  const direction: 1 | -1 = order === 'asc' ? 1 : -1;
  const all: Filter[] = [{ ...isLive, ...same }];
  if (range) all.push({ [pathOf(range.field)]: { ...bound('$gt', range.low), ...bound('$lt', range.high) } });
  if (after) all.push({ $or: beyond([...rest.map(pathOf), '_id'], after, direction) });
  const sort = Object.fromEntries([...equals.map(({ field }) => pathOf(field)), ...paths].map((path) => [path, direction] as const));
  return { filter: all.length === 1 ? (all[0] as Filter) : { $and: all }, sort };
}

const bound = (operator: '$gt' | '$lt', one: Bound | undefined): Filter =>
  one ? { [one.strict ? operator : `${operator}e`]: one.value } : {};

/** Keyset: equal in the first k fields and beyond in the next, for every k. */
function beyond(paths: readonly string[], values: readonly IndexValue[], direction: 1 | -1): Filter[] {
  return paths.flatMap((path, index) => {
    const equal = Object.fromEntries(paths.slice(0, index).map((one, at) => [one, values[at] ?? null]));
    return beyondOne(values[index] ?? null, direction).map((condition) => ({ ...equal, [path]: condition }));
  });
}

/** A comparison finds values of its own type alone, so what lies beyond a value is spelled out type by type: null, numbers, strings. */
function beyondOne(value: IndexValue, direction: 1 | -1): unknown[] {
  const numbers = { $gte: Number.NEGATIVE_INFINITY };
  const strings = { $gte: '' };
  if (value === null) return direction === 1 ? [numbers, strings] : [];
  if (typeof value === 'number') return direction === 1 ? [{ $gt: value }, strings] : [{ $lt: value }, null];
  return direction === 1 ? [{ $gt: value }] : [{ $lt: value }, numbers, null];
}
