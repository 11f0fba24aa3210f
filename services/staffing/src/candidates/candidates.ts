import type { AssignmentRole, CandidatesAnswer, Person, Project } from '@sidekick/contracts';
import { InvalidInput, NotFound } from '@sidekick/service-kit';
import { dayOf, isoWeek, type Span, type Week, weekSpan, weeksIn } from '../calendar/days.ts';
import type { Figures } from '../figures/index.ts';
import { levelsOf, openWork, ruleAgainst, type Slot } from './rules.ts';

/** Weeks of one slot, two years. */
const MOST_WEEKS = 104;

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
export const slotOf = (figures: Figures, project: string, role: AssignmentRole, span: Span, hours: number): Slot => {
  const record = figures.state.project.get(project)?.record;
  if (!record) throw new NotFound('unknown-project', `There is no project ${project}`);
  if (span.to < span.from) throw new InvalidInput('end-before-start', 'The end is before the start');
  const weeks = weeksIn(span);
  if (weeks.length > MOST_WEEKS) throw new InvalidInput('range-too-long', `A slot spans at most ${MOST_WEEKS} weeks`);
  return { figures, project: record, role, span, weeks, hours, work: openWork(figures, project, span) };
};

export interface Candidate {
  readonly person: Person;
  readonly free: readonly { readonly week: Week; readonly hours: number }[];
  readonly leastFree: number;
}

/** Who could take the slot, most free hours first and ties by id, and the first rule against each of the others. */
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
    candidates.push({ person, free, leastFree: Math.min(...free.map(({ hours }) => hours)) });
  }
  const total = ({ free }: Candidate) => free.reduce((sum, { hours }) => sum + hours, 0);
  const byId = (a: string, b: string) => (a < b ? -1 : 1);
  candidates.sort((a, b) => total(b) - total(a) || byId(a.person.id, b.person.id));
  ruledOut.sort((a, b) => byId(a.person, b.person));
  return { candidates, ruledOut };
};

const skillsOf = (person: Person, project: Project) =>
  levelsOf(person, project.requiredSkills).map(({ skill, level, required }) => ({ skill, level, required }));

/**
 * `GET /candidates`: free is the remaining hours of each week (net − operations share − confirmed work; tentative work is not
 * reserved), knowledge is that of `today` (ISO). Throws as `slotOf` does.
 */
export const candidatesOf = (
  figures: Figures,
  query: { project: string; role: AssignmentRole; from: string; to: string; hours: number },
  today: string,
): CandidatesAnswer => {
  const slot = slotOf(figures, query.project, query.role, { from: dayOf(query.from), to: dayOf(query.to) }, query.hours);
  const { candidates, ruledOut } = rank(slot, freeHoursOf(figures));
  return {
    head: figures.state.head,
    candidates: candidates.map(({ person, free, leastFree }) => ({
      person: person.id,
      free: free.map(({ week, hours }) => ({ week: isoWeek(week), hours })),
      leastFree,
      knowledge: figures.knowledge(person.id, query.project, dayOf(today)),
      knowledgeState: figures.knowledgeState(person.id, query.project, dayOf(today)),
      skills: skillsOf(person, slot.project),
    })),
    ruledOut,
  };
};
