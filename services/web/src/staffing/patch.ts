import type { ChangesSince, RecordKind, TimelineAnswer, TimelineRows } from '@sidekick/contracts';
import type { ChangeSets } from './held.ts';

/** What came since, where it can be put over what is held. */
export type Delta = Extract<ChangesSince, { reset: false }>;

interface Row {
  readonly id: string;
}

/** Rows with others in place of those of the same ids, in the order of ids; null: gone. The same array where nothing differs. */
function over<T extends Row>(rows: readonly T[], changed: ReadonlyMap<string, T | null>): readonly T[] {
  if (changed.size === 0) return rows;
  const fresh = new Map(changed);
  const kept = rows.flatMap((row) => {
    const now = fresh.get(row.id);
    fresh.delete(row.id);
    return now === undefined ? [row] : now === null ? [] : [now];
  });
  const added = [...fresh.values()].filter((row) => row !== null);
  return added.length === 0 ? kept : [...kept, ...added].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A list of records of a kind. */
export const recordsOver = <T extends Row>(records: readonly T[], kind: RecordKind, { items }: Delta): readonly T[] =>
  over(records, new Map(items.filter((item) => item.kind === kind).map(({ id, record }) => [id, record as T | null])));

const rowsOver = <T extends Row>(rows: readonly T[], changed: readonly T[], gone: readonly string[]): T[] => [
  ...over(rows, new Map<string, T | null>([...gone.map((id) => [id, null] as const), ...changed.map((row) => [row.id, row] as const)])),
];

/** A timeline of the weeks that the rows are of. */
export const timelineOver = (
  held: TimelineAnswer,
  head: number,
  { people, projects, assignments, gone, group }: TimelineRows,
): TimelineAnswer => ({
  ...held,
  head,
  people: rowsOver(held.people, people, gone),
  projects: rowsOver(held.projects, projects, gone),
  assignments: rowsOver(held.assignments, assignments, gone),
  group,
});

/** The newest `limit` change sets of all that are there for the reader, held at `head`. */
export function changesOver({ items, nextCursor }: ChangeSets, head: number, limit: number, delta: Delta): ChangeSets {
  const fresh = new Map(delta.changes.map((set) => [set.number, set]));
  const standing = new Map(delta.standing.map((one) => [one.number, one]));
  const older = items.map((set) => fresh.get(set.number) ?? { ...set, ...standing.get(set.number) });
  const all = [...delta.changes.filter(({ number }) => number > head), ...older];
  const shown = all.slice(0, limit);
  return { items: shown, nextCursor: nextCursor !== null || all.length > limit ? String(shown.at(-1)?.number) : null };
}
