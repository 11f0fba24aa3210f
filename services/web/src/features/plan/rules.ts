import { addWeeks, mondayOfWeek, sundayOf, weekOf, weeksBetween } from '@sidekick/calendar/iso';
import { mostPlanSeconds, mostPlanWeeks, type PlanChoice, type PlanRequest, type PlanView } from '@sidekick/contracts';

/** Weeks of a plan where nothing is said: this one and the 15 after it, as home and the timeline look ahead. */
const usualWeeks = 16;

export type Rules = PlanRequest;
const usual = { maxSidekickProjects: 2, minStay: 3, maxSidekicks: 2, seconds: 60 } as const;
type Count = keyof typeof usual;
const counts: Record<Count, { key: string; most: number }> = {
  maxSidekickProjects: { key: 'each', most: 20 },
  minStay: { key: 'stay', most: mostPlanWeeks },
  maxSidekicks: { key: 'people', most: 20 },
  seconds: { key: 'seconds', most: mostPlanSeconds },
};

const weekPattern = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;
/** A week as an address holds it; null for none, also for week 53 of a year of 52. */
function readWeek(text: string | null): string | null {
  if (text === null || !weekPattern.test(text)) return null;
  return weekOf(mondayOfWeek(text)) === text ? text : null;
}

const idPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const parts = (text: string | null): string[][] => (text === null || text === '' ? [] : text.split(',').map((one) => one.split('.')));
const isPair = ([person = '', project = '']: readonly string[]): boolean => idPattern.test(person) && idPattern.test(project);

/** The rules of a plan as an address says them; what it does not say, or says wrongly, is as usual. */
export function readRules(params: URLSearchParams, today: string): Rules {
  const first = readWeek(params.get('from')) ?? weekOf(today);
  const named = readWeek(params.get('to'));
  const last = named !== null && named >= first && weeksBetween(first, named) < mostPlanWeeks ? named : addWeeks(first, usualWeeks - 1);
  const count = (name: Count): number => {
    const value = Number(params.get(counts[name].key) ?? Number.NaN);
    return Number.isInteger(value) && value >= 1 && value <= counts[name].most ? value : usual[name];
  };
  return {
    weeks: [first, last],
    reserveTentative: params.has('tentative'),
    maxSidekickProjects: count('maxSidekickProjects'),
    minStay: count('minStay'),
    maxSidekicks: count('maxSidekicks'),
    seconds: count('seconds'),
    locks: parts(params.get('locks')).flatMap((one) => {
      const [from, to] = [readWeek(one[2] ?? null), readWeek(one[3] ?? null)];
      return isPair(one) && from && to ? [{ person: one[0] ?? '', project: one[1] ?? '', weeks: [from, to] as [string, string] }] : [];
    }),
    forbid: parts(params.get('not')).flatMap((one) => (isPair(one) ? [{ person: one[0] ?? '', project: one[1] ?? '' }] : [])),
  };
}

/** The rules as an address holds them; what is as usual is left out, null takes a key away. */
export function rulesPatch(rules: Rules): Record<string, string | null> {
  const patch: Record<string, string | null> = {
    from: rules.weeks[0],
    to: rules.weeks[1],
    tentative: rules.reserveTentative ? '1' : null,
    locks: rules.locks.map(({ person, project, weeks }) => [person, project, ...weeks].join('.')).join(',') || null,
    not: rules.forbid.map(({ person, project }) => `${person}.${project}`).join(',') || null,
  };
  for (const name of Object.keys(counts) as Count[]) patch[counts[name].key] = rules[name] === usual[name] ? null : String(rules[name]);
  return patch;
}

/** `/plan` with these rules filled in. */
export function rulesAddress(rules: Rules): string {
  const kept = Object.entries(rulesPatch(rules)).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
  return `/plan?${new URLSearchParams(kept).toString()}`;
}

/** `/plan` for the weeks of some days; `focus` is a project that the result begins with. */
export function planAddress(from: string, to: string, focus?: string): string {
  const last = weeksBetween(weekOf(from), weekOf(to)) < mostPlanWeeks ? weekOf(to) : addWeeks(weekOf(from), mostPlanWeeks - 1);
  return `/plan?${new URLSearchParams({ from: weekOf(from), to: last, ...(focus && { project: focus }) }).toString()}`;
}

/** The usual rules for the weeks of some days. */
export const rulesFor = (from: string, to: string): Rules => readRules(new URLSearchParams({ from: weekOf(from), to: weekOf(to) }), from);

/** First and last day of some weeks. */
export const daysOf = ([first, last]: readonly [string, string]): [string, string] => [mondayOfWeek(first), sundayOf(mondayOfWeek(last))];

/** What is to be kept and kept out at the next run, chosen on the result by the ids of its choices. */
export interface Marks {
  readonly locked: ReadonlySet<number>;
  readonly forbidden: ReadonlySet<number>;
  /** Who is to be planned instead, by choice. */
  readonly instead: ReadonlyMap<number, string>;
}

const ids = (text: string | null): Set<number> =>
  new Set((text ?? '').split(',').flatMap((one) => (/^\d{1,5}$/.test(one) ? [Number(one)] : [])));

/** Marks of a result: as its address says, else the locks that it was made with. */
export function readMarks(params: URLSearchParams, { answer }: PlanView): Marks {
  const made = new Set((answer?.choices ?? []).filter(({ why }) => why.isLocked).map(({ id }) => id));
  const instead = parts(params.get('use')).flatMap(([choice = '', person = '']): [number, string][] =>
    /^\d{1,5}$/.test(choice) && idPattern.test(person) ? [[Number(choice), person]] : [],
  );
  return { locked: params.has('lock') ? ids(params.get('lock')) : made, forbidden: ids(params.get('out')), instead: new Map(instead) };
}

export const marksPatch = ({ locked, forbidden, instead }: Marks): Record<string, string | null> => ({
  lock: [...locked].sort((a, b) => a - b).join(','),
  out: forbidden.size > 0 ? [...forbidden].sort((a, b) => a - b).join(',') : null,
  use: instead.size > 0 ? [...instead].map((one) => one.join('.')).join(',') : null,
});

const isSameSet = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean => a.size === b.size && [...a].every((one) => b.has(one));

/** Whether the next run would be asked otherwise than this one was. */
export function isMarked(marks: Marks, view: PlanView): boolean {
  return marks.forbidden.size + marks.instead.size > 0 || !isSameSet(marks.locked, readMarks(new URLSearchParams(), view).locked);
}

/** The rules of the next run: choices that are locked stay, who is kept out of a project is not planned on it. */
export function nextRules({ request, answer }: PlanView, { locked, forbidden, instead }: Marks): Rules {
  const choices = answer?.choices ?? [];
  const pick = (some: ReadonlySet<number>): PlanChoice[] => choices.filter(({ id }) => some.has(id));
  const out = pick(forbidden).map(({ person, project }) => ({ person, project }));
  const known = new Set(request.forbid.map(({ person, project }) => `${person} ${project}`));
  const more = [...new Map(out.map((one) => [`${one.person} ${one.project}`, one])).entries()].flatMap(([key, one]) =>
    known.has(key) ? [] : [one],
  );
  const isOut = ({ person, project }: PlanChoice) => more.some((one) => one.person === person && one.project === project);
  const lockOf = ({ person, project, weeks }: PlanChoice): Rules['locks'][number] => ({
    ...{ person, project },
    weeks: [weeks[0] ?? '', weeks.at(-1) ?? ''],
  });
  const others = choices.flatMap((choice) => {
    const person = instead.get(choice.id);
    return person === undefined ? [] : [lockOf({ ...choice, person })];
  });
  const kept = pick(locked).filter((one) => !isOut(one) && !instead.has(one.id));
  return { ...request, locks: [...kept.map(lockOf), ...others], forbid: [...request.forbid, ...more] };
}
