import { type Change, changesOf, linesOf } from './lines.ts';

/** Lines that are settled, or two versions of a place of which somebody must choose. */
export type Part = { kind: 'settled'; lines: string[] } | { kind: 'asked'; base: string[]; mine: string[]; theirs: string[] };

/**
 * Merges two edits of one text by lines (diff3: Khanna, Kunal, Pierce, "A formal investigation of diff3", 2007): what one side
 * changed is taken, what both changed alike too, what they changed differently in one place or in touching lines is asked.
 * Where a side differs from the base altogether, or the base is not known, the whole text is one question.
 */
export function mergeText(base: string | null, mine: string, theirs: string): Part[] {
  const [a, b] = [linesOf(mine), linesOf(theirs)];
  if (a.join('\n') === b.join('\n')) return [{ kind: 'settled', lines: b }];
  const old = base === null ? [] : linesOf(base);
  const [left, right] = base === null ? [null, null] : [changesOf(old, a), changesOf(old, b)];
  if (left?.length === 0) return [{ kind: 'settled', lines: b }];
  if (right?.length === 0) return [{ kind: 'settled', lines: a }];
  if (!left || !right) return [{ kind: 'asked', base: old, mine: a, theirs: b }];
  return partsOf(old, { all: a, changes: left }, { all: b, changes: right });
}

interface Side {
  all: string[];
  changes: Change[];
}

function partsOf(base: string[], mine: Side, theirs: Side): Part[] {
  const parts: Part[] = [];
  const settle = (lines: string[]) => {
    const last = parts.at(-1);
    if (last?.kind === 'settled') last.lines.push(...lines);
    else if (lines.length > 0) parts.push({ kind: 'settled', lines: [...lines] });
  };
  let at = 0;
  const [left, right] = [[...mine.changes], [...theirs.changes]];
  for (let place = nextPlace(left, right); place; place = nextPlace(left, right)) {
    settle(base.slice(at, place.from));
    at = place.end;
    const [a, b] = [within(mine, place, place.left), within(theirs, place, place.right)];
    if (place.left.length === 0) settle(b);
    else if (place.right.length === 0 || a.join('\n') === b.join('\n')) settle(a);
    else parts.push({ kind: 'asked', base: base.slice(place.from, place.end), mine: a, theirs: b });
  }
  settle(base.slice(at));
  return parts;
}

interface Place {
  /** Lines of the base. */
  from: number;
  end: number;
  left: Change[];
  right: Change[];
}

/** Takes the next changes of both sides that overlap or touch. */
function nextPlace(left: Change[], right: Change[]): Place | null {
  const from = Math.min(left[0]?.at ?? Number.POSITIVE_INFINITY, right[0]?.at ?? Number.POSITIVE_INFINITY);
  if (from === Number.POSITIVE_INFINITY) return null;
  const place: Place = { from, end: from, left: [], right: [] };
  const take = (all: Change[], own: Change[]): boolean => {
    const next = all[0];
    if (!next || next.at > place.end) return false;
    place.end = Math.max(place.end, next.at + next.length);
    own.push(next);
    all.shift();
    return true;
  };
  while (take(left, place.left) || take(right, place.right));
  return place;
}

/** What a side has in the place of those lines of the base. */
function within({ all }: Side, { from, end }: Place, changes: Change[]): string[] {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) return [];
  return all.slice(first.to - (first.at - from), last.to + last.lines.length + (end - last.at - last.length));
}

export const askedIn = (parts: readonly Part[]) => parts.filter((part) => part.kind === 'asked');
