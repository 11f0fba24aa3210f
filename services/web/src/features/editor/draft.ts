import type { Owner } from '@sidekick/contracts';
import { withoutPlaceholders } from './file-text.ts';

/** Fields of which two edits may each want another value. */
export const single = ['title', 'path', 'visibility', 'parent', 'order', 'review'] as const;
export type Single = (typeof single)[number];

/** What is edited of a page, as the form holds it. */
export interface Fields {
  title: string;
  path: string;
  body: string;
  visibility: 'public' | 'internal';
  /** As typed, separated by commas. */
  tags: string;
  /** What the edit did, for the history. */
  message: string;
  /** Id of the page that it stands below; null: below its own folder. */
  parent: string | null;
  /** Place among its neighbours, as typed: a number or words; empty is by title. */
  order: string;
  owners: Owner[];
  /** A name typed as an owner and not entered yet. */
  newOwner: string;
  /** Weeks between reviews, as typed; empty is never. */
  review: string;
}

/** What the text began from. Saving sends what differs from it, whatever others have saved meanwhile. */
export interface Base {
  version: number;
  revision: string;
  /** Its text is that of the revision. */
  fields: Omit<Fields, 'body'>;
}

/** What was chosen in one place that two people changed differently. */
export interface Choice {
  /** A field, or the number of the place among those of the text that ask the very same. */
  of: Single | number;
  mine: readonly string[];
  theirs: readonly string[];
  /** What goes into the page there: lines of either, of both, or written by hand. */
  lines: readonly string[];
}

export interface Draft {
  /** Of the page that is changed or made, so that a repeated save makes no second one. */
  id: string;
  fields: Fields;
  /** Null for a new page. */
  base: Base | null;
  /** Kept until the page is saved; one whose place asks otherwise by now counts for nothing. */
  chosen: Choice[];
}

/** Whether what is kept can be read as a draft; `asDraft` makes one of it. */
export function isDraft(value: unknown): value is Draft {
  const { fields, base } = (value ?? {}) as Partial<Draft>;
  const known = typeof fields?.body === 'string' && typeof fields.title === 'string' && Array.isArray(fields.owners);
  return known && (base === null || typeof base?.version === 'number');
}

/** As this release has it: an earlier one kept less, and files that were on their way when the tab was closed come no more. */
export const asDraft = (kept: Draft, id: string): Draft => ({
  ...Object.assign({ id, chosen: [] }, kept),
  fields: { ...Object.assign({ newOwner: '' }, kept.fields), body: withoutPlaceholders(kept.fields.body) },
});

/** Whether it says something else than what is saved; what the edit did is no text of the page. */
export const differs = (one: Fields, other: Fields): boolean =>
  JSON.stringify({ ...one, message: '' }) !== JSON.stringify({ ...other, message: '' });

/** Subjects of texts of pages that are not made yet begin so; what follows is the query of their address. */
export const newPageKey = 'new:';

/** What stands in `parent` before an address at which no page was found yet. */
export const openPrefix = '?';
export const isOpen = (parent: string | null): boolean => parent?.startsWith(openPrefix) ?? false;
