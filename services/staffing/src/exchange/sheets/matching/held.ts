import { isoDay, type Span } from '@sidekick/calendar';
import type { Place } from '../cells/sheet.ts';
import { type Edit, editsOf, type Standing } from './edits.ts';
import type { Comparison, Piece } from './pieces.ts';
import { addedUp, meets, meetsAny } from './pieces.ts';
import type { Sheet } from './resolved.ts';

/** A stretch of work or leave that the sheet has. */
export interface Wanted extends Piece<string> {
  readonly place: Place | null;
}
/** What stands here, as a piece; the version says whether a sheet wrote it last. */
export interface Here extends Standing<string> {
  readonly version: number;
}

interface Held {
  readonly edits: readonly (Edit<string, Piece<string>> & { readonly place: Place | null })[];
  /** What stands here and has nothing of the sheet over it; `goes`: it is removed. */
  readonly missing: readonly (Here & { readonly goes: boolean })[];
  /** What the sheet says something else of, and was told to leave. */
  readonly kept: readonly Here[];
}

type Asked = Pick<Sheet, 'corrections' | 'bySheet'>;

/**
 * What the sheet says of one thing (a person's work on one project, a person's leave) held against what stands here. What nothing of the sheet
 * lies over goes where a sheet wrote it last, or somebody ticked it; what somebody told to keep stays, and so does all that the sheet says of
 * the same days.
 */
export function held(
  wanted: readonly Wanted[],
  here: readonly Here[],
  { corrections, bySheet }: Asked,
  by: { comparison: Comparison; addsUp: boolean },
): Held {
  const { comparison, addsUp } = by;
  const keep = new Set(corrections.keep);
  const remove = new Set(corrections.remove);
  const stays = here.filter(({ id }) => keep.has(id));
  const left = wanted.filter((one) => !stays.some((other) => meets(one, other)));
  const isOver = (one: Here) => wanted.some((other) => meets(one, other));
  const goes = (one: Here) => !keep.has(one.id) && (bySheet.has(one.version) || remove.has(one.id));
  const missing = here.filter((one) => !isOver(one) && meetsAny(one, comparison.windows)).map((one) => ({ ...one, goes: goes(one) }));
  const held = here.filter((one) => !keep.has(one.id) && (isOver(one) || goes(one)));
  const edits = editsOf(held, addsUp ? addedUp(left) : left, comparison);
  const placeOf = (piece: Piece<string>) =>
    (left.find((one) => one.label === piece.label && meets(one, piece)) ?? left.find((one) => meets(one, piece)))?.place ?? null;
  return {
    edits: edits.map((edit) => ({ ...edit, place: edit.do === 'delete' ? null : placeOf(edit.to) })),
    missing,
    kept: stays.filter(isOver),
  };
}

/** The days of a piece as records have them; an open end is null. */
export const daysOf = ({ from, to }: Span): { from: string; to: string | null } => ({
  from: isoDay(from),
  to: Number.isFinite(to) ? isoDay(to) : null,
});

export const groupsOf = <T>(some: Iterable<T>, keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of some) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
};
