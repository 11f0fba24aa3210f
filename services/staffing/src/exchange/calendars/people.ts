import { nameKey } from '@sidekick/contracts';
import type { State } from '../../state/state.ts';
import type { Occurrence } from './occurrences.ts';

/** Whose an event is: by the e-mail addresses of whoever it concerns, else by the one name that its own name holds. */
export function peopleFinder(state: State): (occurrence: Occurrence) => string | 'nobody' | 'two-people' {
  const byEmail = new Map<string, string>();
  const names: { id: string; key: string }[] = [];
  for (const { record } of state.person.values()) {
    const { email, name } = record.private;
    if (email) byEmail.set(email.toLowerCase(), record.id);
    const key = nameKey(name);
    if (key.length >= 3) names.push({ id: record.id, key });
  }
  const known = new Map<string, string>();
  return ({ emails, summary }) => {
    const meant = new Set(emails.flatMap((email) => byEmail.get(email) ?? []));
    if (meant.size === 1) return [...meant][0] as string;
    const words = nameKey(summary ?? '');
    const found = known.get(words) ?? named(names, words);
    if (known.size > 10_000) known.clear();
    known.set(words, found);
    return found === 'nobody' && meant.size > 1 ? 'two-people' : found;
  };
}

/** Of names of which one holds the other, as Ana and Ana Maria, the longer is meant. */
function named(names: readonly { id: string; key: string }[], words: string): string {
  const held = names.filter(({ key }) => holds(words, key));
  const longest = held.filter(
    ({ key, id }) => !held.some((other) => other.id !== id && other.key.length > key.length && other.key.includes(key)),
  );
  return longest.length === 0 ? 'nobody' : longest.length === 1 ? (longest[0]?.id as string) : 'two-people';
}

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** Whether words hold a name as words of their own. */
function holds(words: string, name: string): boolean {
  for (let at = words.indexOf(name); at >= 0; at = words.indexOf(name, at + 1)) {
    if (!isLetter(words[at - 1]) && !isLetter(words[at + name.length])) return true;
  }
  return false;
}
