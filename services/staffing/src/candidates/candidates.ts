import { dayOf, isoWeek, type Span, type Week, weekSpan, weeksIn } from '@sidekick/calendar';
import type { AssignmentRole, CandidatesAnswer, Person, Project } from '@sidekick/contracts';
import { InvalidInput, NotFound } from '@sidekick/service-kit';
import type { Figures } from '../figures/index.ts';
import { levelsIn, missingIn } from '../skills/levels.ts';
import { alreadyOn, openWork, ruleAgainst, type Slot, workOn } from './rules.ts';

/** Weeks of one slot: the fifteen years that work may span. */
const mostWeeks = 784;

/** Remaining hours of a person in a week, remembered for the slots that share people and weeks. */
export type FreeHours = (person: string, week: Week) => number;

export const freeHoursOf = (figures: Figures): FreeHours => {
  const known = new Map<string, Map<Week, number>>();
  return (person, week) => {
    const weeks = known.get(person) ?? new Map<Week, number>();
    const free = weeks.get(week) ?? figures.remaining(person, weekSpan(week));
    known.set(person, weeks.set(week, free));
    return free;
  };
};

/** A place on a project for some weeks. Throws `NotFound` (`unknown-project`) and `InvalidInput` (`end-before-start`, `range-too-long`). */
export const slotOf = (figures: Figures, project: string, role: AssignmentRole, span: Span, hours: number, today: string): Slot => {
  const record = figures.state.project.get(project)?.record;
  if (!record) throw new NotFound('unknown-project', `There is no project ${project}`);
  if (span.to < span.from) throw new InvalidInput('end-before-start', 'The end is before the start');
  const weeks = weeksIn(span);
  if (weeks.length > mostWeeks) throw new InvalidInput('range-too-long', `A slot spans at most ${mostWeeks} weeks`);
  const everyWork = workOn(figures, project);
  return { figures, project: record, role, span, weeks, hours, everyWork, work: openWork(figures, everyWork, span), today };
};

export interface Candidate {
  readonly person: Person;
  readonly free: readonly { readonly week: Week; readonly hours: number }[];
  readonly leastFree: number;
  /** Has every required level. */
  readonly skilled: boolean;
}

/** What the order of candidates goes by, first term first. */
const orderWords = ['has every required skill', 'most hours left over these weeks', 'the order in which people were added'];

/** Who could take the slot, in the order of `orderWords`, and the first rule against each of the others. */
export const rank = (slot: Slot, freeHours: FreeHours) => {
  const candidates: Candidate[] = [];
  const ruledOut: CandidatesAnswer['ruledOut'] = [];
  for (const { record: person } of slot.figures.state.person.values()) {
    const against = ruleAgainst(slot, person, freeHours);
    if (against) {
      ruledOut.push({ person: person.id, ...against });
      continue;
    }
    const free = slot.weeks.map((week) => ({ week, hours: freeHours(person.id, week) }));
    const leastFree = free.reduce((least, { hours }) => Math.min(least, hours), Number.POSITIVE_INFINITY);
    candidates.push({ person, free, leastFree, skilled: !missingIn(person.skills, slot.project.requiredSkills) });
  }
  const total = ({ free }: Candidate) => free.reduce((sum, { hours }) => sum + hours, 0);
  const byId = (a: string, b: string) => (a < b ? -1 : 1);
  const totals = new Map(candidates.map((one) => [one, total(one)]));
  const more = (a: Candidate, b: Candidate) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0);
  candidates.sort((a, b) => Number(b.skilled) - Number(a.skilled) || more(a, b) || byId(a.person.id, b.person.id));
  ruledOut.sort((a, b) => byId(a.person, b.person));
  return { candidates, ruledOut };
};

const skillsOf = (person: Person, project: Project) => levelsIn(person.skills, project.requiredSkills);

/**
 * `GET /candidates`: free is the remaining hours of each week (net − operations share − confirmed work; tentative work is not
 * reserved), knowledge is that of `today` (ISO). Throws as `slotOf` does.
 */
export const candidatesOf = (
  figures: Figures,
  query: { project: string; role: AssignmentRole; from: string; to: string; hours: number },
  today: string,
): CandidatesAnswer => {
  const slot = slotOf(figures, query.project, query.role, { from: dayOf(query.from), to: dayOf(query.to) }, query.hours, today);
  const { candidates, ruledOut } = rank(slot, freeHoursOf(figures));
  return {
    head: figures.state.head,
    order: [...orderWords],
    candidates: candidates.map(({ person, free, leastFree, skilled }) => ({
      person: person.id,
      free: free.map(({ week, hours }) => ({ week: isoWeek(week), hours })),
      leastFree,
      knowledge: figures.knowledge(person.id, query.project, dayOf(today)),
      knowledgeState: figures.knowledgeState(person.id, query.project, dayOf(today)),
      skills: skillsOf(person, slot.project),
      skilled,
      already: alreadyOn(slot, person.id).map(({ id, role, hoursPerWeek, state }) => ({ assignment: id, role, hoursPerWeek, state })),
    })),
    ruledOut,
  };
};
