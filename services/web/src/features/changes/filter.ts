import { isDay } from '@sidekick/calendar/iso';
import { RecordKind, Ulid } from '@sidekick/contracts';
import type { HistoryFilter } from '../../staffing/queries.ts';

/** What the address holds of the filter, in the order of the fields. */
const filterKeys = ['person', 'project', 'by', 'kind', 'from', 'to'] as const;

export const nothingChosen = Object.fromEntries(filterKeys.map((key) => [key, null])) as Record<(typeof filterKeys)[number], null>;

export const isFiltered = (params: URLSearchParams): boolean => filterKeys.some((key) => params.has(key));

/** A day of the address; null for what is none. */
export const dayIn = (params: URLSearchParams, name: 'from' | 'to'): string | null => {
  const day = params.get(name);
  return day !== null && isDay(day) ? day : null;
};

/** What the portal is asked for, by the address. What is no id, kind or day is none. */
export function filterOf(params: URLSearchParams): HistoryFilter {
  const about = [params.get('person'), params.get('project')].filter((id) => id !== null && Ulid.safeParse(id).success) as string[];
  const kind = RecordKind.safeParse(params.get('kind'));
  const [by, from, to] = [params.get('by')?.slice(0, 60), dayIn(params, 'from'), dayIn(params, 'to')];
  return {
    ...(about.length > 0 ? { about } : {}),
    ...(by ? { by } : {}),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

/** The number of the one change set that the address asks for; null without one. */
export function numberOf(params: URLSearchParams): number | null {
  const text = params.get('change') ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** Kinds of records as the filter calls them. */
export const kindWords: Record<RecordKind, string> = {
  person: 'People',
  project: 'Projects',
  assignment: 'Assignments',
  timeOff: 'Leave',
  holiday: 'Holidays',
  team: 'Teams',
  skill: 'Skills',
  volunteer: 'Offers to back up',
  wish: 'Wishes to learn',
  opening: 'Open places',
  view: 'Saved views',
  rate: 'Rates',
  budget: 'Budgets',
  weekNote: 'Notes on weeks',
  settings: 'Settings',
};

/** Kinds that are there for managers alone. */
export const forManagers: readonly RecordKind[] = ['rate', 'budget', 'weekNote'];
