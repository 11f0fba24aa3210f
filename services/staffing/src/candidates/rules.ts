import { dayOf, hoursWords, isoDay, meet, openTo, type Span, type Week, weekSpan, weekWords } from '@sidekick/calendar';
import type { Assignment, AssignmentRole, Person, Project } from '@sidekick/contracts';
import { countsIn } from '../books/counts.ts';
import type { Figures } from '../figures/index.ts';
import { beyond, liesOutside, windowWords } from '../rules/outside.ts';
import { ruledWeeks } from '../rules/scope.ts';
import { bothWords, weeksOfBoth } from '../rules/sidekick-leads.ts';
import { missingIn } from '../skills/levels.ts';

const epsilon = 1e-9;

/** A place on a project that somebody should take: the role, its days, hours a week. */
export interface Slot {
  readonly figures: Figures;
  readonly project: Project;
  readonly role: AssignmentRole;
  readonly span: Span;
  readonly weeks: readonly Week[];
  readonly hours: number;
  /** Assignments of the project. */
  readonly everyWork: readonly Assignment[];
  /** Those that count and hold a day of the slot. */
  readonly work: readonly Assignment[];
  /** ISO day, near which days are told. */
  readonly today: string;
}

/**
 * A rule that forbids a person the slot, as a code and as words that follow the person's name. What a project needs (`below-skill`,
 * `no-hours`) and a role held already are no rules of saving: whoever decides may put in somebody who is still to learn it, or to be
 * freed for it, and coverage then says `below-skill` or `thin`, saving that somebody is over-allocated. They are not proposed.
 */
export interface Against {
  readonly rule: 'sidekick-leads' | 'already-assigned' | 'outside-contract' | 'outside-project' | 'below-skill' | 'no-hours';
  readonly message: string;
}

export const workOn = (figures: Figures, project: string): Assignment[] => {
  const work: Assignment[] = [];
  for (const { record } of figures.state.assignment.values()) if (record.project === project) work.push(record);
  return work;
};

/** Those of the assignments that count and hold a day of the span. */
export const openWork = (figures: Figures, work: readonly Assignment[], { from, to }: Span): Assignment[] =>
  work.filter((one) => countsIn(figures.state, one) !== 'nowhere' && dayOf(one.from) <= to && openTo(one.to) >= from);

/** The slot as the assignment that would be saved for the person. */
const workOf = ({ project, role, span, hours }: Slot, person: string): Assignment => ({
  ...{ id: '', person, project: project.id, role, hoursPerWeek: hours, state: 'confirmed' },
  ...{ from: isoDay(span.from), to: isoDay(span.to), accepted: [], private: { reason: null }, sample: false },
});

/** Work that the slot is offered to change into is not held against the person: saved so, it is not there any more. */
const sidekickLeads = (slot: Slot, person: Person): Against | undefined => {
  const { figures, project, span, today } = slot;
  const rising = alreadyOn(slot, person.id);
  const own = slot.everyWork.filter((assignment) => assignment.person === person.id && !rising.includes(assignment));
  if (own.length === 0) return undefined;
  const before = { figures, own };
  const weeks = weeksOfBoth(before, { figures, own: [...own, workOf(slot, person.id)] }, person.id, ruledWeeks(span));
  return weeks.length > 0 ? { rule: 'sidekick-leads', message: bothWords(before, person.id, project.name, weeks, today) } : undefined;
};

/** Roles from which one rises into the slot: the natural candidates, whose work there is offered to change or to be added to. */
const risesFrom: { readonly [R in AssignmentRole]: readonly AssignmentRole[] } = {
  lead: ['sidekick', 'contributor'],
  sidekick: ['contributor'],
  contributor: [],
};

/** Work of the person on the project in the days of the slot that may change its role. */
export const alreadyOn = ({ role, work }: Slot, person: string): Assignment[] =>
  work.filter((own) => own.person === person && risesFrom[role].includes(own.role));

const alreadyAssigned = ({ figures, project, role, work }: Slot, person: Person): Against | undefined => {
  const own = work.find((assignment) => assignment.person === person.id && !risesFrom[role].includes(assignment.role));
  if (!own) return undefined;
  const state = figures.counts(own.id) === 'tentative' ? 'tentative ' : '';
  return { rule: 'already-assigned', message: `already ${state}${own.role} on ${project.name}, ${hoursWords(own.hoursPerWeek)} a week` };
};

const outsideContract = (slot: Slot, { id, contract }: Person): Against | undefined =>
  liesOutside(beyond(slot.figures.state, workOf(slot, id), contract))
    ? { rule: 'outside-contract', message: `contract ${windowWords(contract, slot.today)}` }
    : undefined;

const outsideProject = (slot: Slot, { id }: Person): Against | undefined =>
  liesOutside(beyond(slot.figures.state, workOf(slot, id), slot.project))
    ? { rule: 'outside-project', message: `${slot.project.name} ${windowWords(slot.project, slot.today)}` }
    : undefined;

/** The rules of saving (`rules/`) that the slot would break with the person, each by the predicate that refuses the save. */
const savingRules = { sidekickLeads, outsideContract, outsideProject };
export const savingRulesAgainst = (slot: Slot, person: Person): Against[] =>
  Object.values(savingRules).flatMap((rule) => rule(slot, person) ?? []);

const belowSkill = ({ project, role }: Slot, person: Person): Against | undefined => {
  if (role !== 'sidekick') return undefined;
  const missing = missingIn(person.skills, project.requiredSkills);
  if (!missing) return undefined;
  const { skill, level, required } = missing;
  return { rule: 'below-skill', message: `${level === 0 ? `no ${skill}` : `${skill} ${level}`}, the project needs ${required}` };
};

/** Holidays take everything the person has that week: nobody expects work then (A11), so it is held against nobody. */
const isHoliday = ({ figures }: Slot, person: string, week: Span): boolean =>
  figures.net(person, week) <= epsilon && figures.holidays(person, week).length > 0 && figures.leaveDays(person, week) <= epsilon;

/** Hours that the slot cannot do without in a week: the project's minimum, less in its partial weeks (A17), for a sidekick. */
const neededIn = ({ figures, project, role }: Slot, person: string, week: Week): number => {
  if (role !== 'sidekick') return 0;
  const active = meet({ from: dayOf(project.from), to: openTo(project.to) }, weekSpan(week));
  const whole = figures.gross(person, weekSpan(week));
  if (active.from > active.to || whole <= epsilon) return 0;
  return (project.minimumHours * figures.gross(person, active)) / whole;
};

/** Hours left, with those of the work that the slot would change. */
const leftIn = (slot: Slot, person: string, week: Week, freeHours: (person: string, week: Week) => number): number =>
  alreadyOn(slot, person).reduce(
    (sum, { id }) => sum + (slot.figures.counts(id) === 'confirmed' ? slot.figures.effective(id, weekSpan(week)) : 0),
    freeHours(person, week),
  );

/**
 * Too few hours left: a sidekick needs the project's minimum in every week of the slot; leads and contributors, who may be
 * away for a week, need some hours in one of them.
 */
const noHours = (slot: Slot, person: Person, freeHours: (person: string, week: Week) => number): Against | undefined => {
  const short = slot.weeks.filter((week) => {
    const free = leftIn(slot, person.id, week, freeHours);
    return (free < neededIn(slot, person.id, week) - epsilon || free <= epsilon) && !isHoliday(slot, person.id, weekSpan(week));
  });
  const [first] = short;
  if (first === undefined || (slot.role !== 'sidekick' && short.length < slot.weeks.length)) return undefined;
  const days = weekSpan(first);
  const away = slot.figures.net(person.id, days) <= epsilon && slot.figures.leaveDays(person.id, days) > 0 ? 'away: ' : '';
  const left = hoursWords(Math.max(0, leftIn(slot, person.id, first, freeHours)));
  const minimum = slot.role === 'sidekick' ? `, minimum ${hoursWords(neededIn(slot, person.id, first))}` : '';
  const more = short.length > 1 ? ` and in ${short.length - 1} more ${short.length === 2 ? 'week' : 'weeks'}` : '';
  return { rule: 'no-hours', message: `${away}${left} left in ${weekWords(first, slot.today)}${more}${minimum}` };
};

/** The first rule that forbids the person the slot, or none. */
export const ruleAgainst = (slot: Slot, person: Person, freeHours: (person: string, week: Week) => number): Against | undefined =>
  sidekickLeads(slot, person) ??
  alreadyAssigned(slot, person) ??
  outsideContract(slot, person) ??
  outsideProject(slot, person) ??
  belowSkill(slot, person) ??
  noHours(slot, person, freeHours);
