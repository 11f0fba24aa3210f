import { absenceTestOf, jointAbsenceOf, othersNeverWork } from '../absence/absence.ts';
import { departureOf } from '../absence/departure.ts';
import { takeoverOf } from '../absence/takeover.ts';
import { assignmentOf, type Books, booksOf, type PersonBook, personOf, projectOf } from '../books/books.ts';
import { hoursIn } from '../books/days.ts';
import { employedIn, holidaysIn, leaveDaysIn, netIn, operationsIn, overIn, remainingIn, utilisationOf } from '../capacity/capacity.ts';
import { leaveLength } from '../capacity/leave.ts';
import { takenIn } from '../capacity/taken.ts';
import { wantedOn } from '../capacity/wanted.ts';
import { counting, workIn, workOf } from '../capacity/work.ts';
import { coverageCountOf, gapsIn, openLeadIn, openLeadsIn, wholeGapsIn } from '../coverage/coverage.ts';
import { crewOf, minimumOf } from '../coverage/crew.ts';
import { fairnessIn } from '../fairness/fairness.ts';
import { absenceFactorOf, holdersOf, knowledgeFrom, knowledgeOf, knownBy, warmthOf } from '../knowledge/knowledge.ts';
import { burnIn } from '../money/kept.ts';
import { costRuns } from '../money/runs.ts';
import type { State } from '../state/state.ts';
import type { Figures } from './figures.ts';

export type { AbsenceTest } from '../absence/absence.ts';
export type { Departure } from '../absence/departure.ts';
export type { Gap } from '../coverage/coverage.ts';
export type { Burn } from '../money/burn.ts';
export type { Figures } from './figures.ts';

/** The books behind figures made here, so that the figures of a state nearby can take over what did not change. */
const booksBehind = new WeakMap<Figures, Books>();

/** Books of one person, of several, or (null) of everybody. */
const booksOfPeople = (books: Books, people: string | readonly string[] | null): Iterable<PersonBook> =>
  people === null ? books.people.values() : [people].flat().map((id) => personOf(books, id));

const hoursOfPeople = (books: Books) =>
  ({
    pattern: (person, span) => hoursIn(personOf(books, person).days, 'pattern', span),
    gross: (person, span) => hoursIn(personOf(books, person).days, 'gross', span),
    net: (person, span) => netIn(personOf(books, person), span),
    confirmed: (person, span) => workOf(personOf(books, person), 'effective', span),
    tentative: (person, span) => workOf(personOf(books, person), 'effective', span, 'tentative'),
    operations: (person, span) => operationsIn(personOf(books, person), span),
    remaining: (person, span, withTentative) => remainingIn(personOf(books, person), span, withTentative),
    overHours: (person, span, withTentative) => overIn(personOf(books, person), span, withTentative),
    overAllocated: (person, span, withTentative) => overIn(personOf(books, person), span, withTentative) > 0,
    utilisation: (people, span, withTentative) => utilisationOf(booksOfPeople(books, people), span, withTentative),
    leaveDays: (person, span) => leaveDaysIn(personOf(books, person), span),
    leaveTakes: (leave, within) => leaveLength(personOf(books, leave.person).days, leave, within),
    taken: (person, span) => takenIn(personOf(books, person), span),
    holidays: (person, span) => holidaysIn(personOf(books, person), span),
    employed: (person, span) => employedIn(personOf(books, person), span),
  }) satisfies Partial<Figures>;

const hoursOfWork = (books: Books) =>
  ({
    counts: (assignment) => assignmentOf(books, assignment).counts,
    planned: (assignment, span) => workIn(assignmentOf(books, assignment), 'planned', span),
    effective: (assignment, span) => workIn(assignmentOf(books, assignment), 'effective', span),
    projectPlanned: (project, span, withTentative) => workOf(projectOf(books, project), 'planned', span, counting(withTentative)),
    projectEffective: (project, span, withTentative) => workOf(projectOf(books, project), 'effective', span, counting(withTentative)),
    wanted: (project, span) => wantedOn(books.state, projectOf(books, project).project, span),
    shortfall: (project, span, withTentative) => {
      const book = projectOf(books, project);
      return workOf(book, 'planned', span, counting(withTentative)) - workOf(book, 'effective', span, counting(withTentative));
    },
  }) satisfies Partial<Figures>;

const coverOfProjects = (books: Books) =>
  ({
    crew: (project, week) => crewOf(projectOf(books, project), week),
    minimum: (project, week, also) =>
      minimumOf(projectOf(books, project), week, also === undefined ? undefined : personOf(books, also).days),
    coverage: (project, week) => crewOf(projectOf(books, project), week).coverage,
    openLead: (project, week) => openLeadIn(projectOf(books, project), week),
    coverageCount: (project, first, last) =>
      coverageCountOf(project === null ? books.projects.values() : [projectOf(books, project)], first, last),
    gaps: (project, first, last) => gapsIn(projectOf(books, project), first, last),
    wholeGaps: (project, first, last, thisWeek) => wholeGapsIn(projectOf(books, project), first, last, thisWeek),
    openLeads: (project, first, last, thisWeek) => openLeadsIn(projectOf(books, project), first, last, thisWeek),
  }) satisfies Partial<Figures>;

const riskOfProjects = (books: Books) =>
  ({
    knowledge: (person, project, on) => knowledgeOf(projectOf(books, project), personOf(books, person).days.person.id, on),
    knowledgeFrom: (assignment, on) => knowledgeFrom(assignmentOf(books, assignment), on),
    knowledgeState: (person, project, on) => warmthOf(knowledgeOf(projectOf(books, project), personOf(books, person).days.person.id, on)),
    knows: (person, on) => knownBy(personOf(books, person), on).map((known) => ({ ...known, state: warmthOf(known.hours) })),
    holders: (project, on) => holdersOf(projectOf(books, project), on),
    absenceFactor: (project, on) => absenceFactorOf(holdersOf(projectOf(books, project), on).map(({ hours }) => hours)),
    takeoverRatio: (project, lead, sidekick, span) =>
      takeoverOf(projectOf(books, project), personOf(books, lead).days.person.id, personOf(books, sidekick), span),
    fairness: (span, people) => fairnessIn(booksOfPeople(books, people ?? null), span),
    absenceTest: (person, span) => absenceTestOf(books, person, span),
    departure: (person, work, weeks) => departureOf(books, person, work, weeks),
    jointAbsence: (project, span, approve) => jointAbsenceOf(books, project, span, approve),
    othersNeverWork: (project, person, day) => othersNeverWork(projectOf(books, project), person, day),
  }) satisfies Partial<Figures>;

/**
 * The figures of a state; days of people and crews of project-weeks are computed when asked for, once.
 * Give the figures of a state nearby as `before` (the head before, or the state that a preview starts from) and only what the
 * difference touches is computed again; the answers are the same either way.
 */
export const figuresOf = (state: State, before?: Figures): Figures => {
  if (before?.state === state) return before;
  const books = booksOf(state, before && booksBehind.get(before));
  const figures: Figures = {
    state,
    ...hoursOfPeople(books),
    ...hoursOfWork(books),
    ...coverOfProjects(books),
    ...riskOfProjects(books),
    costRuns: (project, span) => costRuns(state, projectOf(books, project), span),
    burn: (project, today) => burnIn(state, projectOf(books, project), today),
  };
  booksBehind.set(figures, books);
  return figures;
};

/** One computation a state, which is immutable; a new one takes over what a state nearby has computed. */
const known = new WeakMap<State, Figures>();
let nearby: Figures | undefined;
export function figuresAt(state: State): Figures {
  const found = known.get(state) ?? figuresOf(state, nearby);
  known.set(state, found);
  nearby = found;
  return found;
}
