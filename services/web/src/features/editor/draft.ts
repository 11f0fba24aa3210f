import type { Owner } from '@sidekick/contracts';

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

export interface Draft {
  fields: Fields;
  /** Null for a new page. */
  base: Base | null;
}

/** Whether what is kept is a draft of this release. */
export function isDraft(value: unknown): value is Draft {
  const { fields, base } = (value ?? {}) as Partial<Draft>;
  const known = typeof fields?.body === 'string' && typeof fields.title === 'string' && Array.isArray(fields.owners);
  return known && (base === null || typeof base?.version === 'number');
}

/** Whether it says something else than what is saved; what the edit did is no text of the page. */
export const differs = (one: Fields, other: Fields): boolean =>
  JSON.stringify({ ...one, message: '' }) !== JSON.stringify({ ...other, message: '' });

/** What stands in `parent` before an address at which no page was found yet. */
export const OPEN = '?';
export const isOpen = (parent: string | null): boolean => parent?.startsWith(OPEN) ?? false;
