import { addWeeks, weekOf, weeksBetween } from '@sidekick/calendar/iso';
import { nameKey, type TeamView } from '@sidekick/contracts';
import { count } from '../../staffing/format.ts';
import type { Records } from './bars.ts';
import { filterKeys } from './filter.ts';
import { filterWords } from './filter-words.ts';
import { weekIn } from './range.ts';

/** What of the address a view keeps, in the order in which it is kept; `start` stands for the first week, in weeks from this one. */
const kept = ['by', 'zoom', 'weeks', 'load', ...filterKeys] as const;
const isKept = new Set<string>(kept);
/** Weeks from today to the first that a view may name: twenty years. */
const farthest = 1_040;
/** Letters of one value: more is no filter. */
const longest = 200;

/** What is shown as a view keeps it. */
export function queryOf(params: URLSearchParams, today: string): string {
  const query = new URLSearchParams();
  for (const key of kept) {
    const value = params.get(key);
    if (value !== null && value !== '' && value.length <= longest) query.set(key, value);
  }
  const from = weekIn(params);
  if (from !== null) query.set('start', String(weeksBetween(weekOf(today), from)));
  return query.toString();
}

/** The address that a view stands for today; what the timeline does not know is left out and named. */
export function addressOf(query: string, today: string): { params: URLSearchParams; unknown: string[] } {
  const params = new URLSearchParams();
  const unknown: string[] = [];
  for (const [key, value] of new URLSearchParams(query)) {
    const weeks = Number(value);
    if (key === 'start' && /^-?\d{1,4}$/.test(value) && Math.abs(weeks) <= farthest) params.set('from', addWeeks(weekOf(today), weeks));
    else if (isKept.has(key) && value.length <= longest) params.set(key, value);
    else unknown.push(key.slice(0, 40));
  }
  return { params, unknown };
}

const zoomWords = { day: 'by day', week: 'by week', month: 'by month', year: 'a year' } as const;

/** What a view shows, in one line. */
export function viewWords(query: string, today: string, records: Records | undefined): string {
  const { params } = addressOf(query, today);
  const by = params.get('by') === 'person' ? 'person' : 'project';
  const start = new URLSearchParams(query).get('start');
  const from = start === null ? null : Number(start);
  const when =
    from === null || params.get('from') === null
      ? null
      : from === 0
        ? 'from this week on'
        : `from ${count(Math.abs(from), 'week')} ${from < 0 ? 'ago' : 'ahead'} on`;
  const zoom = zoomWords[params.get('zoom') as 'day'] ?? zoomWords.week;
  const weeks = params.get('weeks') === null ? null : `${params.get('weeks')} weeks`;
  return [`By ${by}`, zoom, weeks, when, filterWords(params, by, records)].filter(Boolean).join(' · ');
}

/** What the address asks for that is there no more, in words. */
export function goneWords(params: URLSearchParams, records: Records, teams: readonly TeamView[] | undefined): string[] {
  const has = (values: Iterable<string | null>, asked: string) =>
    [...values].some((one) => one !== null && nameKey(one) === nameKey(asked));
  const people = [...records.people.values()];
  const projects = [...records.projects.values()];
  const named = [
    ['client', 'a client', projects.map(({ client }) => client)],
    ['region', 'a region', people.map(({ region }) => region)],
    [
      'skill',
      'a skill',
      [...people.flatMap(({ skills }) => skills), ...projects.flatMap((one) => one.requiredSkills)].map(({ skill }) => skill),
    ],
  ] as const;
  const words = named.flatMap(([key, what, values]) => {
    const asked = params.get(key);
    return asked === null || has(values, asked) ? [] : [`${what} that nobody and nothing has any more (${asked})`];
  });
  const team = params.get('team');
  return team !== null && teams && !teams.some(({ id }) => id === team) ? [...words, 'a team that is gone'] : words;
}
