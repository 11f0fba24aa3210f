import { dayOf, hoursWords, meet, openTo, type Span, type Week, weekSpan, weekWords } from '@sidekick/calendar';
import type { Assignment, AssignmentRole, Person, Project, SkillLevel } from '@sidekick/contracts';
import { countsIn } from '../books/counts.ts';
import type { Figures } from '../figures/index.ts';
import { ofProject } from '../kinds/records-of.ts';
import { beyond, liesOutside, windowWords } from '../rules/outside.ts';
import { ruledWeeks } from '../rules/scope.ts';
import { bothWords, weeksOfBoth } from '../rules/sidekick-leads.ts';
import { missingIn } from '../skills/levels.ts';
import type { FreeHours, FreeWeeks } from './hours.ts';

const epsilon = 1e-9;

/** A place on a project that somebody should take: the role, its days, hours a week. */
export interface Slot {
  readonly figures: Figures;
  readonly project: Project;
  readonly role: AssignmentRole;
  readonly span: Span;
  /** The span as ISO days. */
  readonly from: string;
  readonly to: string;
  readonly weeks: readonly Week[];
  readonly hours: number;
  /** What somebody in it should know, which orders candidates; and whether who lacks a level is ruled out. */
  readonly skills: readonly SkillLevel[];
  readonly skillsRule: boolean;
  /** Assignments of the project. */
  readonly everyWork: readonly Assignment[];
  /** Those that count and hold a day of the slot. */
  readonly work: readonly Assignment[];
  /** Those of `work` that may change their role into the slot's, by person. */
  readonly rising: ReadonlyMap<string, readonly Assignment[]>;
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

/** A rule found broken, its words not made yet: who is only counted is not told why. */
interface Broken {
  readonly rule: Against['rule'];
  readonly words: () => string;
}
const told = ({ rule, words }: Broken): Against => ({ rule, message: words() });

/** The slot's part that follows from the project's assignments. */
export const staffedBy = (figures: Figures, project: string, role: AssignmentRole, { from, to }: Span) => {
  const everyWork = ofProject(figures.state.assignment, project);
  const work = everyWork.filter((one) => countsIn(figures.state, one) !== 'nowhere' && dayOf(one.from) <= to && openTo(one.to) >= from);
  const rising = new Map<string, Assignment[]>();
  for (const own of work) if (risesFrom[role].includes(own.role)) rising.set(own.person, [...(rising.get(own.person) ?? []), own]);
  return { everyWork, work, rising };
};

/** The slot as the assignment that would be saved for the person. */
const workOf = ({ project, role, from, to, hours }: Slot, person: string): Assignment => ({
  ...{ id: '', person, project: project.id, role, hoursPerWeek: hours, state: 'confirmed' },
  ...{ from, to, accepted: [], private: { reason: null }, sample: false },
});
const daysOf = ({ from, to }: Slot, person: string) => ({ person, from, to });

/** Work that the slot is offered to change into is not held against the person: saved so, it is not there any more. */
const sidekickLeads = (slot: Slot, person: Person): Broken | undefined => {
  const { figures, project, span, today } = slot;
  const rising = alreadyOn(slot, person.id);
  const own = slot.everyWork.filter((assignment) => assignment.person === person.id && !rising.includes(assignment));
  if (own.length === 0) return undefined;
  const before = { figures, own };
  const weeks = weeksOfBoth(before, { figures, own: [...own, workOf(slot, person.id)] }, person.id, ruledWeeks(span));
  return weeks.length > 0 ? { rule: 'sidekick-leads', words: () => bothWords(before, person.id, project.name, weeks, today) } : undefined;
};

/** Roles from which one rises into the slot: the natural candidates, whose work there is offered to change or to be added to. */
const risesFrom: { readonly [R in AssignmentRole]: readonly AssignmentRole[] } = {
  lead: ['sidekick', 'contributor'],
  sidekick: ['contributor'],
  contributor: [],
};

const nothing: readonly Assignment[] = [];

/** Work of the person on the project in the days of the slot that may change its role. */
export const alreadyOn = ({ rising }: Slot, person: string): readonly Assignment[] => rising.get(person) ?? nothing;

const alreadyAssigned = ({ figures, project, role, work }: Slot, person: Person): Broken | undefined => {
  const own = work.find((assignment) => assignment.person === person.id && !risesFrom[role].includes(assignment.role));
  if (!own) return undefined;
  const state = () => (figures.counts(own.id) === 'tentative' ? 'tentative ' : '');
  const words = () => `already ${state()}${own.role} on ${project.name}, ${hoursWords(own.hoursPerWeek)} a week`;
  return { rule: 'already-assigned', words };
};

const outsideContract = (slot: Slot, { id, contract }: Person): Broken | undefined =>
  liesOutside(beyond(slot.figures.state, daysOf(slot, id), contract))
    ? { rule: 'outside-contract', words: () => `contract ${windowWords(contract, slot.today)}` }
    : undefined;

const outsideProject = (slot: Slot, { id }: Person): Broken | undefined =>
  liesOutside(beyond(slot.figures.state, daysOf(slot, id), slot.project))
    ? { rule: 'outside-project', words: () => `${slot.project.name} ${windowWords(slot.project, slot.today)}` }
    : undefined;

/** The rules of saving (`rules/`) that the slot would break with the person, each by the predicate that refuses the save. */
const savingRules = { sidekickLeads, outsideContract, outsideProject };
export const savingRulesAgainst = (slot: Slot, person: Person): Against[] =>
  Object.values(savingRules).flatMap((rule) => {
    const broken = rule(slot, person);
    return broken ? [told(broken)] : [];
  });

const belowSkill = ({ project, skills, skillsRule }: Slot, person: Person): Broken | undefined => {
  if (!skillsRule) return undefined;
  const missing = missingIn(person.skills, skills);
  if (!missing) return undefined;
  const { skill, level, required } = missing;
  return {
    rule: 'below-skill',
    words: () =>
      `${level === 0 ? `no ${skill}` : `${skill} ${level}`}, ${project.requiredSkills.some((one) => one.skill === skill && one.level === required) ? 'the project needs' : 'the place asks for'} ${required}`,
  };
};

/** Hours that the slot cannot do without in a week: the project's minimum, less in its partial weeks (A17), for a sidekick. */
const neededIn = ({ figures, project, role }: Slot, person: string, week: Week): number => {
  if (role !== 'sidekick') return 0;
  const active = meet({ from: dayOf(project.from), to: openTo(project.to) }, weekSpan(week));
  const whole = figures.gross(person, weekSpan(week));
  if (active.from > active.to || whole <= epsilon) return 0;
  return (project.minimumHours * figures.gross(person, active)) / whole;
};

/** The weeks of one person before the slot: what is free, and the work that the slot would change. */
interface Weighed {
  readonly slot: Slot;
  readonly person: string;
  readonly free: FreeWeeks;
  readonly rising: readonly Assignment[];
}

const weigh = (slot: Slot, person: string, freeHours: FreeHours): Weighed => ({
  slot,
  person,
  free: freeHours(person),
  rising: alreadyOn(slot, person),
});

/** Hours left, with those of the work that the slot would change. */
const leftIn = ({ slot: { figures }, free, rising }: Weighed, week: Week): number => {
  let left = free.hours(week);
  for (const { id } of rising) if (figures.counts(id) === 'confirmed') left += figures.effective(id, weekSpan(week));
  return left;
};

/** Fewer hours are left than the slot needs, or none, and it is not for holidays, which are held against nobody. */
const isShort = (weighed: Weighed, week: Week): boolean => {
  const { slot, person, free } = weighed;
  const left = leftIn(weighed, week);
  // No week needs more than the minimum; most have that much, or nothing.
  if (left > epsilon && (slot.role !== 'sidekick' || left >= slot.project.minimumHours)) return false;
  return (left <= epsilon || left < neededIn(slot, person, week) - epsilon) && !free.isHoliday(week);
};

/**
 * Too few hours left: a sidekick needs the project's minimum in every week of the slot; leads and contributors, who may be
 * away for a week, need some hours in one of them.
 */
const noHours = (slot: Slot, person: Person, freeHours: FreeHours): Broken | undefined => {
  const weighed = weigh(slot, person.id, freeHours);
  const first = firstShort(weighed);
  if (first === undefined || (slot.role !== 'sidekick' && !slot.weeks.every((week) => isShort(weighed, week)))) return undefined;
  return { rule: 'no-hours', words: () => shortWords(weighed, first) };
};

/** The same without words: a week in which a person was short of one slot is the likeliest in which they are of the next. */
const lacksHours = (slot: Slot, person: Person, freeHours: FreeHours): boolean => {
  if (slot.role !== 'sidekick') return noHours(slot, person, freeHours) !== undefined;
  const weighed = weigh(slot, person.id, freeHours);
  const { free } = weighed;
  const [from, to] = [slot.weeks[0] ?? 0, slot.weeks.at(-1) ?? 0];
  if (free.lastShort >= from && free.lastShort <= to && isShort(weighed, free.lastShort)) return true;
  const first = firstShort(weighed);
  free.lastShort = first ?? free.lastShort;
  return first !== undefined;
};

const firstShort = (weighed: Weighed): Week | undefined => {
  for (const week of weighed.slot.weeks) if (isShort(weighed, week)) return week;
  return undefined;
};

const shortWords = (weighed: Weighed, first: Week): string => {
  const { slot, person } = weighed;
  const days = weekSpan(first);
  const away = slot.figures.net(person, days) <= epsilon && slot.figures.leaveDays(person, days) > 0 ? 'away: ' : '';
  const left = hoursWords(Math.max(0, leftIn(weighed, first)));
  const minimum = slot.role === 'sidekick' ? `, minimum ${hoursWords(neededIn(slot, person, first))}` : '';
  const weeks = slot.weeks.filter((week) => isShort(weighed, week)).length;
  const more = weeks > 1 ? ` and in ${weeks - 1} more ${weeks === 2 ? 'week' : 'weeks'}` : '';
  return `${away}${left} left in ${weekWords(first, slot.today)}${more}${minimum}`;
};

/** The first rule that forbids the person the slot, or none. */
export const ruleAgainst = (slot: Slot, person: Person, freeHours: FreeHours): Against | undefined => {
  const broken =
    sidekickLeads(slot, person) ??
    alreadyAssigned(slot, person) ??
    outsideContract(slot, person) ??
    outsideProject(slot, person) ??
    belowSkill(slot, person) ??
    noHours(slot, person, freeHours);
  return broken && told(broken);
};

/** Whether no rule forbids the person the slot: what rules out most at the least cost is asked first. */
export const mayTake = (slot: Slot, person: Person, freeHours: FreeHours): boolean =>
  !lacksHours(slot, person, freeHours) &&
  !belowSkill(slot, person) &&
  !alreadyAssigned(slot, person) &&
  !sidekickLeads(slot, person) &&
  !outsideContract(slot, person) &&
  !outsideProject(slot, person);
