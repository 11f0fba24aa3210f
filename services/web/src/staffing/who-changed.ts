import { ChangeSetView, listOf } from '@sidekick/contracts';
import { ask } from '../api/ask.ts';
import type { Merged } from './three-way.ts';

const ChangeSets = listOf(ChangeSetView);

/** Who changed a record last; `Somebody` where that cannot be read. */
export async function whoChanged(id: string, signal?: AbortSignal): Promise<string> {
  try {
    const { items } = await ask(ChangeSets, '/changes', { query: { limit: 1, subject: id }, signal });
    return items[0]?.by.name ?? 'Somebody';
  } catch {
    return 'Somebody';
  }
}

/** `Helena Prado changed meanwhile, and it stays: Hours a week 12 h`. */
export async function toldOf<D>(merged: Merged<D>, now: D, id: string): Promise<string | undefined> {
  if (merged.theirs.length === 0) return undefined;
  const list = merged.theirs.map((field) => `${field.label} ${field.words(now)}`).join(', ');
  return `${await whoChanged(id)} changed meanwhile, and it stays: ${list}`;
}
