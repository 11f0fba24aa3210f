import type { Span } from '@sidekick/calendar';
import { type Comparison, isSame, isSameValue, meets, outside, type Piece } from './pieces.ts';

/** A record that stands here, as a piece. */
export interface Standing<L> extends Piece<L> {
  readonly id: string;
}

/** What makes what stands here say what the sheet says. */
export type Edit<L, P extends Piece<L>> =
  | { readonly do: 'create'; readonly to: P | Piece<L> }
  | { readonly do: 'change'; readonly id: string; readonly to: P | Piece<L> }
  | { readonly do: 'delete'; readonly id: string };

/**
 * The fewest edits of the standing pieces of one person on one project (or of one person's leave) after which they come to what the sheet
 * says within its windows and to what they were outside of them. Records keep their ids where they can: the one of the same label that lies
 * over a wanted piece longest becomes it.
 */
export function editsOf<L, P extends Piece<L>>(
  standing: readonly Standing<L>[],
  wanted: readonly P[],
  comparison: Comparison,
): Edit<L, P>[] {
  if (standing.length === 0) return wanted.map((to) => ({ do: 'create', to }));
  if (isSame(standing, wanted, comparison)) return [];
  const desired = joined([...wanted, ...standing.flatMap((one) => outsidePieces(one, comparison.windows))]);
  const free = new Map(standing.map((one) => [one.id, one]));
  const edits: Edit<L, P>[] = [];
  const open = desired.filter((piece) => {
    const same = [...free.values()].find((one) => isSamePiece(one, piece));
    if (same) free.delete(same.id);
    return !same;
  });
  const pairs = open.flatMap((piece) => [...free.values()].map((one) => ({ piece, one, score: scoreOf(one, piece) })));
  pairs.sort((a, b) => b.score - a.score);
  const taken = new Set<Piece<L>>();
  for (const { piece, one, score } of pairs) {
    if (score <= 0 || taken.has(piece) || !free.has(one.id)) continue;
    taken.add(piece);
    free.delete(one.id);
    edits.push({ do: 'change', id: one.id, to: piece });
  }
  for (const piece of open) if (!taken.has(piece)) edits.push({ do: 'create', to: piece });
  for (const id of free.keys()) edits.push({ do: 'delete', id });
  return edits;
}

const outsidePieces = <L>({ from, to, value, label }: Piece<L>, windows: readonly Span[]): Piece<L>[] =>
  outside({ from, to }, windows).map((span) => ({ ...span, value, label }));

/** What was cut at the edge of a window, put together again where it goes on as it was. */
function joined<L, P extends Piece<L>>(pieces: readonly (P | Piece<L>)[]): (P | Piece<L>)[] {
  const left = [...pieces].sort((a, b) => a.from - b.from);
  const done: (P | Piece<L>)[] = [];
  for (const piece of left) {
    const at = done.findIndex((one) => one.to + 1 === piece.from && one.label === piece.label && isSameValue(one.value, piece.value));
    const before = done[at];
    if (before) done[at] = { ...piece, ...before, to: piece.to };
    else done.push(piece);
  }
  return done;
}

const isSamePiece = (a: Piece, b: Piece): boolean =>
  a.from === b.from && a.to === b.to && a.label === b.label && isSameValue(a.value, b.value);

/** Days that both hold, with a label that is the same before any number of days; 0 where they do not meet. */
function scoreOf(a: Piece, b: Piece): number {
  if (!meets(a, b)) return 0;
  const days = Math.min(Math.min(a.to, b.to) - Math.max(a.from, b.from) + 1, 100_000);
  return days + (a.label === b.label ? 1_000_000 : 0);
}
