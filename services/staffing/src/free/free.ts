import { dayWords, hoursWords, isoDay, isoWeek, meet, type Span, weekSpan, weeksIn } from '@sidekick/calendar';
import type { FreeAnswer, FreeQuery, Person } from '@sidekick/contracts';
import type { Figures } from '../figures/index.ts';
import { oneNames } from '../kinds/one-name.ts';
import { daysAsked } from '../questions/days-asked.ts';
import { windowWords } from '../rules/outside.ts';
import { levelsIn } from '../skills/levels.ts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';
import { peopleOf } from '../teams/people-of.ts';

const mostWeeks = 104;
const epsilon = 1e-9;

type Free = FreeAnswer['people'][number];
type Reason = FreeAnswer['leftOut'][number]['reason'];

/** What is asked for, in days and in the group's name of the skill. */
interface Wanted {
  readonly figures: Figures;
  readonly span: Span;
  readonly weeks: readonly Span[];
  readonly skill: string | null;
  readonly level: number;
  readonly hours: number;
  readonly today: string;
}

/** The name of a skill as its record has it, else as it was typed. */
const skillIn = ({ skill }: State, typed: string | undefined): string | null =>
  typed === undefined ? null : (oneNames(skill).get(keyOf(typed)) ?? typed);

function freeOf({ figures, span, weeks, skill }: Wanted, { id, skills }: Person): Free {
  return {
    person: id,
    level: skill === null ? null : (levelsIn(skills, [{ skill, level: 1 }])[0]?.level ?? 0),
    hours: figures.remaining(id, span),
    weeks: weeks.map((week) => figures.remaining(id, week)),
    tentative: figures.tentative(id, span),
  };
}

/** The first reason that leaves a person out, with words that follow the name. */
function against({ figures, span, skill, level, hours, today }: Wanted, person: Person, free: Free): [Reason, string] | null {
  if (!figures.employed(person.id, span)) return ['contract', `contract ${windowWords(person.contract, today)}`];
  if (free.level === 0) return ['skill', `no ${skill}`];
  if (free.level !== null && free.level < level) return ['level', `${skill} ${free.level} of ${level}`];
  if (free.hours >= hours - epsilon) return null;
  const tell = free.hours < 0 ? `${hoursWords(-free.hours)} more work than hours` : `${hoursWords(free.hours)} left`;
  return ['hours', tell];
}

const reasons: readonly Reason[] = ['hours', 'level', 'skill', 'contract'];
const byId = (a: Free, b: Free) => (a.person < b.person ? -1 : 1);
const byHours = (a: Free, b: Free) => b.hours - a.hours || (b.level ?? 0) - (a.level ?? 0) || byId(a, b);

/**
 * `GET /figures/free`: who has so many hours left (remaining, readings A7 and A8) in the days of the range, by skill and level. Throws
 * `InvalidInput` for a range that is too long or ends before it starts, and for an unknown team.
 */
export function freeIn(figures: Figures, query: FreeQuery, today: string): FreeAnswer {
  const span = daysAsked(query, mostWeeks * 7, `Free hours are told of at most ${mostWeeks} weeks`);
  const weeks = weeksIn(span);
  const parts = weeks.map((week) => meet(weekSpan(week), span));
  const skill = skillIn(figures.state, query.skill);
  const wanted: Wanted = { figures, span, weeks: parts, skill, level: query.level, hours: query.hours, today };
  const people: Free[] = [];
  const leftOut: FreeAnswer['leftOut'] = [];
  for (const id of peopleOf(figures.state, query.team)) {
    const person = figures.state.person.get(id)?.record;
    if (!person) continue;
    const free = freeOf(wanted, person);
    const reason = against(wanted, person, free);
    if (reason === null) people.push(free);
    else leftOut.push({ ...free, reason: reason[0], message: reason[1] });
  }
  const days = span.from === span.to ? `on ${dayWords(span.from, today)}` : 'in these days';
  return {
    head: figures.state.head,
    today,
    skill,
    weeks: weeks.map((week, index) => ({
      week: isoWeek(week),
      from: isoDay(parts[index]?.from ?? span.from),
      to: isoDay(parts[index]?.to ?? span.to),
    })),
    order: [`most hours left ${days}`, ...(skill === null ? [] : [`the higher level in ${skill}`]), 'the order in which people were added'],
    people: people.sort(byHours),
    leftOut: leftOut.sort((a, b) => reasons.indexOf(a.reason) - reasons.indexOf(b.reason) || byHours(a, b)),
  };
}
