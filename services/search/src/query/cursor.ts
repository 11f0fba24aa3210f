import { createHash } from 'node:crypto';

/**
 * Where a reader is in a ranking. Scores change with every edit, so the next page is the best of what was not answered yet: a
 * cursor names the hits that were, and a deleted or added one moves nothing. Very long readings go on by place, and say when
 * the index has changed meanwhile.
 */
export interface Cursor {
  /** Marks of the hits that were answered. */
  seen: string[];
  /** Hits to pass over, when they are too many to name. */
  place: number;
  /** Newest event in the index when a place was told. */
  at: string | null;
}

const markLength = 7;
/** Hits that a cursor names: its letters have to fit into an address. */
const mostNamed = 700;

export const start: Cursor = { seen: [], place: 0, at: null };

/** 42 bits of the page, person or project of a hit: two of a reading are mistaken for each other once in millions of readings. */
export const markOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, markLength);

/** The cursor after more hits were answered. */
export function after({ seen, place, at }: Cursor, marks: readonly string[], newestEvent: string | null): Cursor {
  const all = [...seen, ...marks];
  if (place === 0 && all.length <= mostNamed) return { seen: all, place: 0, at: null };
  return { seen: [], place: place + all.length, at: place === 0 ? newestEvent : at };
}

export const writeCursor = ({ seen, place, at }: Cursor): string =>
  place === 0 ? `s${seen.join('')}` : `p${place}.${Date.parse(at ?? '') || 0}`;

/** Null when it is none. */
export function readCursor(text: string): Cursor | null {
  const [, place, at] = /^p(\d{1,7})\.(\d{1,15})$/.exec(text) ?? [];
  if (place) return { seen: [], place: Number(place), at: at === '0' ? null : new Date(Number(at)).toISOString() };
  const marks = /^s([\w-]*)$/.exec(text)?.[1];
  if (marks === undefined || marks.length % markLength !== 0 || marks.length / markLength > mostNamed) return null;
  return { seen: marks.match(new RegExp(`.{${markLength}}`, 'g')) ?? [], place: 0, at: null };
}
