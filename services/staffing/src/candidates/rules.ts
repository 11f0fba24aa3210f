import { dayOf, dayWords, hoursWords, meet, openFrom, openTo, type Span, type Week, weekSpan, weekWords } from '@sidekick/calendar';
import type { Assignment, AssignmentRole, Person, Project } from '@sidekick/contracts';
import { countsIn } from '../capacity/counts.ts';
import { liesOutside } from '../changes/rules/outside.ts';
import { weeksLedIn } from '../changes/rules/sidekick-leads.ts';
import type { Figures } from '../figures/index.ts';
import { missingIn } from '../skills/levels.ts';

const TINY = 1e-9;

/** A place on a project that somebody should take: the role, its days, hours a week. */
export interface Slot {
  readonly figures: Figures;
  readonly project: Project;
  readonly role: AssignmentRole;
  readonly span: Span;
  readonly weeks: readonly Week[];
  readonly hours: number;
  /** Assignments of the project that hold a day of the slot. */
  readonly work: readonly Assignment[];
}

/** A rule that forbids a person the slot, as a code and as words that follow the person's name. */
export interface Against {
  readonly rule: 'sidekick-leads' | 'already-assigned' | 'outside-contract' | 'below-skill' | 'no-hours';
  readonly message: string;
}

export const openWork = (figures: Figures, project: string, { from, to }: Span): Assignment[] => {
  const work: Assignment[] = [];
  for (const { record } of figures.state.assignment.values()) {
    if (
      record.project === project &&
      countsIn(figures.state, record) !== 'nowhere' &&
      dayOf(record.from) <= to &&
      openTo(record.to) >= from
    )
      work.push(record);
  }
  return work;
};

/** The predicate of the commit, on the days of the slot. */
const sidekickLeads = ({ figures, project, role, weeks, span, work }: Slot, person: Person): Against | undefined => {
  if (role !== 'sidekick') return undefined;
  const own = work.filter((assignment) => assignment.person === person.id);
  return weeksLedIn(figures, own, person.id, [span], weeks).length > 0
    ? { rule: 'sidekick-leads', message: `leads ${project.name} in these weeks` }
    : undefined;
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

const outsideContract = ({ figures, span }: Slot, { id, contract }: Person): Against | undefined => {
  if (!liesOutside(figures.state, id, span, contract)) return undefined;
  if (openTo(contract.to) < span.to) {
    return { rule: 'outside-contract', message: `contract ends on ${dayWords(contract.to ?? '', span.from)}` };
  }
  if (openFrom(contract.from) > span.from) {
    return { rule: 'outside-contract', message: `contract begins on ${dayWords(contract.from ?? '', span.from)}` };
  }
  return undefined;
};

const belowSkill = ({ project, role }: Slot, person: Person): Against | undefined => {
  if (role !== 'sidekick') return undefined;
  const missing = missingIn(person.skills, project.requiredSkills);
  if (!missing) return undefined;
  const { skill, level, required } = missing;
  return { rule: 'below-skill', message: `${level === 0 ? `no ${skill}` : `${skill} ${level}`}, the project needs ${required}` };
};

/** Holidays take everything the person has that week: nobody expects work then (A11), so it is held against nobody. */
const isHoliday = ({ figures }: Slot, person: string, week: Span): boolean =>
  figures.net(person, week) <= TINY && figures.holidays(person, week).length > 0 && figures.leaveDays(person, week) <= TINY;

/** Hours that the slot cannot do without in a week: the project's minimum, less in its partial weeks (A17), for a sidekick. */
const neededIn = ({ figures, project, role }: Slot, person: string, week: Week): number => {
  if (role !== 'sidekick') return 0;
  const active = meet({ from: dayOf(project.from), to: openTo(project.to) }, weekSpan(week));
  const whole = figures.gross(person, weekSpan(week));
  if (active.from > active.to || whole <= TINY) return 0;
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
    return (free < neededIn(slot, person.id, week) - TINY || free <= TINY) && !isHoliday(slot, person.id, weekSpan(week));
  });
  const [first] = short;
  if (first === undefined || (slot.role !== 'sidekick' && short.length < slot.weeks.length)) return undefined;
  const days = weekSpan(first);
  const away = slot.figures.net(person.id, days) <= TINY && slot.figures.leaveDays(person.id, days) > 0 ? 'away: ' : '';
  const left = hoursWords(Math.max(0, leftIn(slot, person.id, first, freeHours)));
  const minimum = slot.role === 'sidekick' ? `, minimum ${hoursWords(neededIn(slot, person.id, first))}` : '';
  const more = short.length > 1 ? ` and in ${short.length - 1} more ${short.length === 2 ? 'week' : 'weeks'}` : '';
  return { rule: 'no-hours', message: `${away}${left} left in ${weekWords(first, slot.span.from)}${more}${minimum}` };
};

/** The first rule that forbids the person the slot, or none. */
export const ruleAgainst = (slot: Slot, person: Person, freeHours: (person: string, week: Week) => number): Against | undefined =>
  sidekickLeads(slot, person) ??
  alreadyAssigned(slot, person) ??
  outsideContract(slot, person) ??
  belowSkill(slot, person) ??
  noHours(slot, person, freeHours);
