import type { Assignment, AssignmentRole, Person, Project, SkillLevel } from '@sidekick/contracts';
import { dayOf, isoDay, meet, mondayOf, openFrom, openTo, type Span, type Week, weekSpan } from '../calendar/days.ts';
import { spanWords } from '../calendar/words.ts';
import { dayWord, hoursWord } from '../changes/words.ts';
import type { Figures } from '../figures/index.ts';

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
    if (record.project === project && dayOf(record.from) <= to && openTo(record.to) >= from) work.push(record);
  }
  return work;
};

/** The person's level in each required skill; one that is not listed is 0 (A18). */
export const levelsOf = (person: Person, required: readonly SkillLevel[]) =>
  required.map(({ skill, level }) => ({
    skill,
    level: person.skills.find((own) => own.skill === skill)?.level ?? 0,
    required: level,
  }));

const sidekickLeads = ({ figures, project, role, weeks }: Slot, person: Person): Against | undefined =>
  role === 'sidekick' && weeks.some((week) => figures.crew(project.id, week).leads.includes(person.id))
    ? { rule: 'sidekick-leads', message: `leads ${project.name} in these weeks` }
    : undefined;

const alreadyAssigned = ({ project, work }: Slot, person: Person): Against | undefined => {
  const own = work.find((assignment) => assignment.person === person.id);
  if (!own) return undefined;
  const state = own.state === 'tentative' ? 'tentative ' : '';
  return { rule: 'already-assigned', message: `already ${state}${own.role} on ${project.name}, ${hoursWord(own.hoursPerWeek)} a week` };
};

const outsideContract = ({ span }: Slot, { contract }: Person): Against | undefined => {
  if (openTo(contract.to) < span.to) {
    return { rule: 'outside-contract', message: `contract ends on ${dayWord(contract.to ?? '', isoDay(span.from))}` };
  }
  if (openFrom(contract.from) > span.from) {
    return { rule: 'outside-contract', message: `contract begins on ${dayWord(contract.from ?? '', isoDay(span.from))}` };
  }
  return undefined;
};

const belowSkill = ({ project, role }: Slot, person: Person): Against | undefined => {
  if (role !== 'sidekick') return undefined;
  const missing = levelsOf(person, project.requiredSkills).find(({ level, required }) => level < required);
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

/**
 * Too few hours left: a sidekick needs the project's minimum in every week of the slot; leads and contributors, who may be
 * away for a week, need some hours in one of them.
 */
const noHours = (slot: Slot, person: Person, freeHours: (person: string, week: Week) => number): Against | undefined => {
  const short = slot.weeks.filter((week) => {
    const free = freeHours(person.id, week);
    return (free < neededIn(slot, person.id, week) - TINY || free <= TINY) && !isHoliday(slot, person.id, weekSpan(week));
  });
  const [first] = short;
  if (first === undefined || (slot.role !== 'sidekick' && short.length < slot.weeks.length)) return undefined;
  const days = weekSpan(first);
  const away = slot.figures.net(person.id, days) <= TINY && slot.figures.leaveDays(person.id, days) > 0 ? 'away: ' : '';
  const left = hoursWord(Math.max(0, freeHours(person.id, first)));
  const minimum = slot.role === 'sidekick' ? `, minimum ${hoursWord(neededIn(slot, person.id, first))}` : '';
  const more = short.length > 1 ? ` and in ${short.length - 1} more ${short.length === 2 ? 'week' : 'weeks'}` : '';
  return { rule: 'no-hours', message: `${away}${left} left in ${spanWords(days, mondayOf(slot.weeks[0] ?? first))}${more}${minimum}` };
};

/** The first rule that forbids the person the slot, or none. */
export const ruleAgainst = (slot: Slot, person: Person, freeHours: (person: string, week: Week) => number): Against | undefined =>
  sidekickLeads(slot, person) ??
  alreadyAssigned(slot, person) ??
  outsideContract(slot, person) ??
  belowSkill(slot, person) ??
  noHours(slot, person, freeHours);
