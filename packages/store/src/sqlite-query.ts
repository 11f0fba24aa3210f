import type { Param } from '@sidekick/sqlite';
import type { IndexValue } from './definition.ts';
import type { Bound, Plan } from './query.ts';
import { columnOf, nothing } from './sqlite-schema.ts';

/** Index columns are never NULL (sqlite-schema.ts), so one row value compares a whole cursor and the index serves it. */
export function clausesOf({ equals, rest, range, order, after }: Plan): { where: string; params: Param[]; orderBy: string } {
  const all: { sql: string; params: Param[] }[] = equals.map(({ field, value }) => ({
    sql: `${columnOf(field)} = ?`,
    params: [sortable(value)],
  }));
  if (range) {
    const column = columnOf(range.field);
    const [low, high] = wholeRange(range);
    if (low) all.push({ sql: `${column} ${low.strict ? '>' : '>='} ?`, params: [low.value] });
    if (high) all.push({ sql: `${column} ${high.strict ? '<' : '<='} ?`, params: [high.value] });
  }
  const columns = [...rest.map(columnOf), 'id'];
  if (after) all.push({ sql: `(${columns}) ${order === 'asc' ? '>' : '<'} (${columns.map(() => '?')})`, params: after.map(sortable) });
  return {
    where: all.map(({ sql }) => ` AND ${sql}`).join(''),
    params: all.flatMap(({ params }) => params),
    orderBy: [...equals.map(({ field }) => columnOf(field)), ...columns].map((column) => `${column} ${order}`).join(', '),
  };
}

const sortable = (value: IndexValue): Param => value ?? nothing;

/** A bound finds values of its own type alone, as on the other side: numbers lie below '' and above what stands for null. */
function wholeRange({ low, high }: NonNullable<Plan['range']>): [Bound | undefined, Bound | undefined] {
  const numeric = typeof (low ?? high)?.value === 'number';
  return [
    low ?? (numeric ? { value: nothing, strict: true } : { value: '', strict: false }),
    high ?? (numeric ? { value: '', strict: true } : undefined),
  ];
}
