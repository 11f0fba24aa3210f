import { addDays } from '@sidekick/calendar/iso';
import type { Scope } from '@sidekick/contracts';
import { readDay } from '../../staffing/date-fields.tsx';
import { onDay } from '../../ui/instants.ts';

/** What a token may be used for, in words; it never may what its account may not. */
export const scopeWords: readonly { scope: Scope; name: string; does: string }[] = [
  { scope: 'read', name: 'Read', does: 'pages, people, projects, figures, search' },
  { scope: 'staff', name: 'Staff', does: 'change people, projects, assignments, leave; reads too' },
  { scope: 'pages', name: 'Write pages', does: 'make, edit, move, remove and import pages; reads too' },
  { scope: 'system', name: 'System', does: 'health, backups, dead letters, accounts as a list' },
];

export const scopesText = (scopes: readonly Scope[] | null): string =>
  scopes === null
    ? 'everything you may'
    : scopeWords
        .filter(({ scope }) => scopes.includes(scope))
        .map(({ name }) => name.toLowerCase())
        .join(', ');

/** How long a new token lasts: that many days, until a day that is typed, or without an end. */
export const lastings = ['30', '90', '365', 'day', 'never'] as const;
export type Lasting = (typeof lastings)[number];
export const lastingWords: Record<Lasting, string> = {
  30: '30 days',
  90: '90 days',
  365: 'a year',
  day: 'until a day',
  never: 'no end',
};

/** The instant at which its last day ends where the reader is; null: no end; undefined: the day that was typed is none. */
export function endOf(lasting: Lasting, typedDay: string, today: string): string | null | undefined {
  if (lasting === 'never') return null;
  const last = lasting === 'day' ? readDay(typedDay, today) : addDays(today, Number(lasting));
  return last ? new Date(`${last}T23:59:59.999`).toISOString() : undefined;
}

const soonDays = 14;

/** When a token ends, and whether one should see to it now. */
export function endWords(expiresAt: string | null, now: Date): { words: string; tone: 'ok' | 'soon' | 'over' } {
  if (expiresAt === null) return { words: 'no end', tone: 'ok' };
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0) return { words: `ended ${onDay(expiresAt)}: it is refused`, tone: 'over' };
  const days = Math.floor(left / 86_400_000);
  if (days >= soonDays) return { words: `ends ${onDay(expiresAt)}`, tone: 'ok' };
  const when = days === 0 ? 'within a day' : days === 1 ? 'in a day' : `in ${days} days`;
  return { words: `ends ${onDay(expiresAt)}, ${when}: make the next one`, tone: 'soon' };
}
