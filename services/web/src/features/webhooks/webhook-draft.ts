import type { WebhookView } from '@sidekick/contracts';
import { type FormField, fieldOf, mergeFields } from '../../staffing/three-way.ts';
import { eventNames } from './words.ts';

/** What the form of a webhook holds. */
export interface Draft {
  name: string;
  url: string;
  events: string[];
}
/** The form as it is kept: what it was filled with is what is saved against, whatever is loaded meanwhile. */
export interface Form {
  /** 0 for one that is not made yet. */
  version: number;
  base: Draft;
  typed: Draft;
  /** Fields that somebody else changed to another value, and of which nobody has chosen yet. */
  asked: string[];
  /** What somebody else changed alone, in words. */
  theirs: string[];
}

const empty: Draft = { name: '', url: '', events: [] };
const draftOf = ({ name, url, events }: WebhookView): Draft => ({ name, url, events: [...events].sort() });

export function formOf(webhook: WebhookView | null): Form {
  const draft = webhook ? draftOf(webhook) : empty;
  return { version: webhook?.version ?? 0, base: draft, typed: draft, asked: [], theirs: [] };
}

export const fields: readonly FormField<Draft>[] = [
  { ...fieldOf<Draft, 'name'>('name', 'Name', ['name']), of: ({ name }) => name.trim() },
  { ...fieldOf<Draft, 'url'>('url', 'Address', ['url']), of: ({ url }) => url.trim() },
  { ...fieldOf<Draft, 'events'>('events', 'Told of', ['events'], eventNames), of: ({ events }) => [...events].sort() },
];

/** What was changed since the form was filled, and nothing else. */
export function changeOf({ base, typed }: Pick<Form, 'base' | 'typed'>): Partial<Draft> {
  const [name, url] = [typed.name.trim(), typed.url.trim()];
  return {
    ...(name !== base.name && { name }),
    ...(url !== base.url && { url }),
    ...([...typed.events].sort().join() !== [...base.events].sort().join() && { events: typed.events }),
  };
}

/** The form over what is stored now: what only they changed is theirs, of what both changed one is to be chosen. */
export function rebased({ base, typed }: Form, current: WebhookView): Form {
  const now = draftOf(current);
  const merged = mergeFields(fields, base, typed, now);
  return {
    ...{ version: current.version, base: now, typed: merged.fields },
    asked: merged.conflicts.map(({ key }) => key),
    theirs: merged.theirs.map(({ label, words }) => `${label}: ${words(now)}`),
  };
}
