import { dayOf, isoDay, isoWeek, type Span, weekOfDay, weeksIn } from '@sidekick/calendar';
import type { AssignmentRole, CandidatesAnswer, Opening, Person, SkillLevel } from '@sidekick/contracts';
import { InvalidInput, NotFound } from '@sidekick/service-kit';
import type { Figures } from '../figures/index.ts';
import { levelsIn, missingIn } from '../skills/levels.ts';
import { keyOf } from '../state/names.ts';
import { type FreeHours, freeHoursOf } from './hours.ts';
import { type Offers, offersFor } from './offers.ts';
import { alreadyOn, mayTake, ruleAgainst, type Slot, staffedBy } from './rules.ts';

/** Weeks of one slot: the fifteen years that work may span. */
const mostWeeks = 784;

/** What an open place asks, of whoever is asked for as sidekick with what the project asks of one; of a skill that both ask the higher level. */
function askedBy({ skills }: Opening, role: AssignmentRole, required: readonly SkillLevel[]): SkillLevel[] {
  const all = role === 'sidekick' ? [...skills, ...required] : skills;
  const levels = new Map<string, SkillLevel>();
  for (const one of all) {
    const known = levels.get(keyOf(one.skill));
    levels.set(keyOf(one.skill), known && known.level >= one.level ? known : one);
  }
  return [...levels.values()];
}

/** A place on a project for some weeks. Throws `NotFound` (`unknown-project`) and `InvalidInput` (`end-before-start`, `range-too-long`). */
export const slotOf = (
  figures: Figures,
  project: string,
  role: AssignmentRole,
  span: Span,
  hours: number,
  today: string,
  place?: Opening,
): Slot => {
  const record = figures.state.project.get(project)?.record;
  if (!record) throw new NotFound('unknown-project', `There is no project ${project}`);
  if (span.to < span.from) throw new InvalidInput('end-before-start', 'The end is before the start');
  const weeks = weeksIn(span);
  if (weeks.length > mostWeeks) throw new InvalidInput('range-too-long', `A slot spans at most ${mostWeeks} weeks`);
  const days = { from: isoDay(span.from), to: isoDay(span.to) };
  const skills = place ? askedBy(place, role, record.requiredSkills) : record.requiredSkills;
  const asked = { skills, skillsRule: place !== undefined || role === 'sidekick' };
  return { figures, project: record, role, span, ...days, weeks, hours, ...asked, ...staffedBy(figures, project, role, span), today };
};

export interface Candidate {
  readonly person: Person;
  /** Remaining hours of the weeks of the slot: of the fullest, and of all. */
  readonly leastFree: number;
  readonly total: number;
  /** Has every required level. */
  readonly skilled: boolean;
  /** Offers to back the project up. */
  readonly volunteered: boolean;
  /** Skills that the project requires and the person wishes to learn. */
  readonly wishes: readonly string[];
}

/** What the order of candidates goes by, first term first. An offer is one to be sidekick, so it counts for that place alone. */
const orderWords = (role: AssignmentRole): string[] => [
  ...(role === 'sidekick' ? ['offered to back it up'] : []),
  ...['has every required skill', 'wishes to learn a required skill', 'most hours left over these weeks'],
  'the order in which people were added',
];

const candidateFor = (slot: Slot, person: Person, freeHours: FreeHours, offers: Offers): Candidate => {
  const { hours } = freeHours(person.id);
  let leastFree = Number.POSITIVE_INFINITY;
  let total = 0;
  for (const week of slot.weeks) {
    const own = hours(week);
    leastFree = Math.min(leastFree, own);
    total += own;
  }
  return {
    ...{ person, leastFree, total, skilled: !missingIn(person.skills, slot.skills) },
    ...{ volunteered: offers.volunteered(person.id), wishes: offers.wishes(person.id) },
  };
};

const byId = (a: string, b: string) => (a < b ? -1 : 1);

/** The people in the order of `orderWords`. */
const ordered = (slot: Slot, people: readonly Person[], freeHours: FreeHours, offers: Offers): Candidate[] => {
  const offered = ({ volunteered }: Candidate) => Number(slot.role === 'sidekick' && volunteered);
  const wishing = ({ wishes }: Candidate) => Number(wishes.length > 0);
  return people
    .map((person) => candidateFor(slot, person, freeHours, offers))
    .sort(
      (a, b) =>
        offered(b) - offered(a) ||
        Number(b.skilled) - Number(a.skilled) ||
        wishing(b) - wishing(a) ||
        b.total - a.total ||
        byId(a.person.id, b.person.id),
    );
};

/** Who could take the slot, in the order of `orderWords`, and the first rule against each of the others, those who offered first. */
const rank = (slot: Slot, freeHours: FreeHours) => {
  const offers = offersFor(slot);
  const people: Person[] = [];
  const ruledOut: CandidatesAnswer['ruledOut'] = [];
  for (const { record: person } of slot.figures.state.person.values()) {
    const against = ruleAgainst(slot, person, freeHours);
    if (against) {
      const said = { volunteered: offers.volunteered(person.id), wishes: offers.wishes(person.id) };
      ruledOut.push({ person: person.id, ...against, ...said });
    } else people.push(person);
  }
  ruledOut.sort((a, b) => Number(b.volunteered) - Number(a.volunteered) || byId(a.person, b.person));
  return { candidates: ordered(slot, people, freeHours, offers), ruledOut };
};

/** Who could take the slot, in the order of `orderWords`; why others could not is not asked. */
export const whoCouldTake = (slot: Slot, freeHours: FreeHours): Candidate[] => {
  const people: Person[] = [];
  for (const { record } of slot.figures.state.person.values()) if (mayTake(slot, record, freeHours)) people.push(record);
  return ordered(slot, people, freeHours, offersFor(slot));
};

function placeOf({ state }: Figures, id: string, project: string): Opening {
  const place = state.opening.get(id)?.record;
  if (place?.project !== project) throw new NotFound('unknown-opening', `There is no open place ${id} on this project`);
  return place;
}

/**
 * `GET /candidates`: free is the remaining hours of each week (net − operations share − confirmed work; tentative work is not
 * reserved), knowledge is that of `today` (ISO). Throws as `slotOf` does, and `NotFound` (`unknown-opening`).
 */
export const candidatesOf = (
  figures: Figures,
  query: { project: string; role: AssignmentRole; from: string; to: string; hours: number; opening?: string | undefined },
  today: string,
): CandidatesAnswer => {
  const place = query.opening === undefined ? undefined : placeOf(figures, query.opening, query.project);
  const slot = slotOf(figures, query.project, query.role, { from: dayOf(query.from), to: dayOf(query.to) }, query.hours, today, place);
  const freeHours = freeHoursOf(figures, weekOfDay(slot.span.from));
  const { candidates, ruledOut } = rank(slot, freeHours);
  return {
    head: figures.state.head,
    order: orderWords(query.role),
    candidates: candidates.map(({ person, leastFree, skilled, volunteered, wishes }) => ({
      person: person.id,
      free: slot.weeks.map((week) => ({ week: isoWeek(week), hours: freeHours(person.id).hours(week) })),
      leastFree,
      knowledge: figures.knowledge(person.id, query.project, dayOf(today)),
      knowledgeState: figures.knowledgeState(person.id, query.project, dayOf(today)),
      skills: levelsIn(person.skills, slot.skills),
      skilled,
      volunteered,
      wishes: [...wishes],
      already: alreadyOn(slot, person.id).map(({ id, role, hoursPerWeek, state }) => ({ assignment: id, role, hoursPerWeek, state })),
    })),
    ruledOut,
  };
};
