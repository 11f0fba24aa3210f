import type { Filter } from '../query/parse.ts';
import { keysOf } from '../text/forms.ts';
import type { Ask, Audience } from './engine.ts';
import { type All, kinds, these } from './fts-schema.ts';

/** People that one `owner:` may mean. */
const mostPeople = 200;

/** All keys that begin with a text: from it, below the end. */
export const rangeOf = (text: string): [string, string] => [text, `${text}\u{10ffff}`];

export interface Filters {
  any: boolean;
  /** Tables to read where there are no words: what the first filter names, and with the titles. */
  table: string;
  titled: string;
  /** Row id in `table`. */
  row: string;
  /** Conditions on a row. */
  sql(row: string): string;
  /** Of those conditions, in their order. */
  parameters: string[];
}

interface Wanted {
  /** Values of each field but `type`, as a JSON list. */
  labels: { field: string; values: string }[];
  /** Kinds as they stand in a row id; null when none was named. */
  kinds: number[] | null;
}

/**
 * What the filters of a query are in SQL; `owner:ana` finds pages owned by a person of that name. Filters of one field are
 * or-ed, fields are and-ed; none of the excluded ones may be true. A kind is told by the row id; without words the first of the others is walked by its index. The
 * plus before the row makes a filter one list that is looked into: FTS5 would run its match again for each row of it.
 */
export function filtersOf(all: All, { query, audience }: Ask, hasWords: boolean): Filters {
  const wanted = valuesOf(all, query.filters, audience);
  const unwanted = valuesOf(all, query.excludedFilters, audience);
  const walked = hasWords ? null : (wanted.labels[0] ?? null);
  const others = wanted.labels.slice(walked ? 1 : 0);
  const found = `(select distinct row from label where field = ? and value in ${these}) as found`;
  const labelled = `(select row from label where field = ? and value in ${these})`;
  return {
    any: query.filters.length + query.excludedFilters.length > 0,
    table: walked ? found : 'document',
    titled: walked ? `${found} cross join document on document.number = found.row >> 3` : 'document',
    row: walked ? 'found.row' : 'document.row',
    sql: (row) =>
      [
        wanted.kinds ? ` and (${row} & 6) in (${[-1, ...wanted.kinds].join(', ')})` : '',
        unwanted.kinds ? ` and (${row} & 6) not in (${[-1, ...unwanted.kinds].join(', ')})` : '',
        ...others.map(() => ` and +${row} in ${labelled}`),
        ...unwanted.labels.map(() => ` and +${row} not in ${labelled}`),
      ].join(''),
    parameters: [...(walked ? [walked] : []), ...others, ...unwanted.labels].flatMap(({ field, values }) => [field, values]),
  };
}

function valuesOf(all: All, filters: readonly Filter[], audience: Audience): Wanted {
  const byField = new Map<string, Set<string>>();
  let named: number[] | null = null;
  for (const { field, value } of filters) {
    if (field === 'type') {
      named = [...(named ?? []), ...kinds.flatMap((kind, at) => (kind === value ? [at * 2] : []))];
      continue;
    }
    const people = field === 'owner' && audience === 'internal' ? peopleNamed(all, value) : [];
    byField.set(field, new Set([...(byField.get(field) ?? []), value, ...people]));
  }
  return { labels: [...byField].map(([field, values]) => ({ field, values: JSON.stringify([...values]) })), kinds: named };
}

function peopleNamed(all: All, name: string): string[] {
  const rows = [0, 1].flatMap((start) =>
    keysOf(name).flatMap((key) =>
      all('select row from name where start = ? and key >= ? and key < ? and (row & 6) = 2 limit ?', [start, ...rangeOf(key), mostPeople]),
    ),
  );
  const list = JSON.stringify(rows.map(({ row }) => row));
  return all('select aggregate from document where number in (select value >> 3 from json_each(?))', [list]).map(({ aggregate }) =>
    String(aggregate).toLowerCase(),
  );
}
