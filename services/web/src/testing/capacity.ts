import { addDays, mondayOf, sundayOf, weekOf } from '@sidekick/calendar/iso';
import type { CapacityAnswer, Load } from '@sidekick/contracts';

type Hours = [net: number, confirmed: number, tentative?: number];
/** Rows of an answer by id: hours of each bucket, the last of which goes on. */
export type Rows = Readonly<Record<string, Hours[]>>;

const today = '2026-11-30';
const loadOf = (net: number, confirmed: number): Load =>
  confirmed > net ? 'over' : net === 0 ? 'no-hours' : confirmed === 0 ? 'idle' : confirmed < net / 2 ? 'under' : 'busy';
const ratio = (part: number, net: number) => (net > 0 ? part / net : null);
const hoursOf = (net: number, confirmed: number, tentative: number) => ({
  ...{ net, confirmed, tentative, operations: net * 0.05, remaining: net * 0.95 - confirmed },
  utilisation: ratio(confirmed, net),
  withTentative: ratio(confirmed + tentative, net),
});

function rowOf(hours: readonly Hours[], buckets: number) {
  const each = Array.from({ length: buckets }, (_, at) => hours[Math.min(at, hours.length - 1)] ?? [0, 0]).map(
    ([net, confirmed, tentative = 0]) => ({ ...hoursOf(net, confirmed, tentative), load: loadOf(net, confirmed) }),
  );
  const list = <K extends keyof (typeof each)[number]>(key: K) => each.map((one) => one[key]);
  const sum = (key: 'net' | 'confirmed' | 'tentative') => list(key).reduce((total, value) => total + value, 0);
  return {
    ...{ net: list('net'), confirmed: list('confirmed'), tentative: list('tentative'), operations: list('operations') },
    ...{ remaining: list('remaining'), utilisation: list('utilisation'), withTentative: list('withTentative'), load: list('load') },
    whole: hoursOf(sum('net'), sum('confirmed'), sum('tentative')),
  };
}

function bucketsOf(from: string, to: string, by: 'week' | 'day') {
  const [first, last] = by === 'week' ? [mondayOf(from), sundayOf(to)] : [from, to];
  const buckets: CapacityAnswer['buckets'] = [];
  for (let day = first; day <= last; day = addDays(day, by === 'week' ? 7 : 1)) {
    buckets.push(by === 'week' ? { id: weekOf(day), from: day, to: addDays(day, 6) } : { id: day, from: day, to: day });
  }
  return buckets;
}

/** `GET /figures/capacity` of made-up rows; what is listed is left empty unless it is given. */
export function aCapacity(
  query: URLSearchParams,
  people: Rows,
  teams: Rows = {},
  listed: Partial<Pick<CapacityAnswer, 'idle' | 'under' | 'over'>> = {},
): CapacityAnswer {
  const by = query.get('by') === 'day' ? 'day' : 'week';
  const buckets = bucketsOf(query.get('from') ?? today, query.get('to') ?? today, by);
  const fill = <T>(value: T) => buckets.map(() => value);
  const rows = Object.entries(people).map(([id, hours]) => {
    const row = rowOf(hours, buckets.length);
    const over = row.net.map((net, at) => Math.max(0, (row.confirmed[at] ?? 0) - net));
    return { id, ...row, over, leaveDays: fill(0), holidays: fill(0), employed: fill(true) };
  });
  const several = (count: number, hours: Hours[]) => ({ people: count, ...rowOf(hours, buckets.length), peopleOver: fill(0) });
  const sums = buckets.map((_, at): Hours => {
    const sum = (key: 'net' | 'confirmed' | 'tentative') => rows.reduce((total, row) => total + (row[key][at] ?? 0), 0);
    return [sum('net'), sum('confirmed'), sum('tentative')];
  });
  return {
    ...{ head: 40, today, by, from: buckets[0]?.from ?? today, to: buckets.at(-1)?.to ?? today, buckets },
    people: rows,
    teams: Object.entries(teams).map(([id, hours]) => ({ id: id === '' ? null : id, ...several(2, hours) })),
    group: several(rows.length, sums),
    ...{ idle: [], under: [], over: [], ...listed },
  };
}
