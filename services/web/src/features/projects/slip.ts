import { addDays, daysBetween } from '@sidekick/calendar/iso';
import type { AssignmentView, Command, OpeningView, ProjectView } from '@sidekick/contracts';

/** Dates from one day to another; no end is open. */
export interface Dates {
  readonly from: string;
  readonly to: string | null;
}

/** What work does when its project slips: it goes along, ends where the project does now, stays, or ends where the project did; an open place may be given up. */
export type SlipChoice = 'move' | 'stretch' | 'keep' | 'end' | 'remove';
export type SlipChoices = Readonly<Record<string, SlipChoice>>;

/** What the form was opened on. */
interface SlipBase {
  readonly project: ProjectView;
  /** Assignments that are not over yet, by their start, who leads before who backs up. */
  readonly work: readonly AssignmentView[];
  /** Open places that are not over yet, in the same order. */
  readonly places: readonly OpeningView[];
  /** How many are over: nothing that was worked is moved. */
  readonly over: number;
}

const roles = ['lead', 'sidekick', 'contributor'];
type Placed = Pick<AssignmentView | OpeningView, 'from' | 'role'>;
const byStartAndRole = (a: Placed, b: Placed): number =>
  a.from < b.from ? -1 : a.from > b.from ? 1 : roles.indexOf(a.role) - roles.indexOf(b.role);

export function slipBase(
  project: ProjectView,
  assignments: readonly AssignmentView[],
  openings: readonly OpeningView[],
  today: string,
): SlipBase {
  const all = assignments.filter((one) => one.project === project.id);
  const goesOn = ({ to }: Dates) => to === null || to >= today;
  const work = all.filter(goesOn).sort(byStartAndRole);
  const places = openings.filter((one) => one.project === project.id && goesOn(one)).sort(byStartAndRole);
  return { project, work, places, over: all.length - work.length };
}

/** Days by which work that goes along moves: as far as the start has, or as far as the end where the start stays. */
function slippedBy(was: Dates, next: Dates): number {
  const start = daysBetween(was.from, next.from);
  if (start !== 0) return start;
  return was.to === null || next.to === null ? 0 : daysBetween(was.to, next.to);
}

/** The dates of an assignment by its choice. */
export function datesBy(choice: SlipChoice, work: Dates, was: Dates, next: Dates): Dates {
  const days = slippedBy(was, next);
  if (choice === 'move') return { from: addDays(work.from, days), to: work.to && addDays(work.to, days) };
  if (choice === 'stretch') return { from: work.from, to: next.to };
  return { from: work.from, to: choice === 'end' ? was.to : work.to };
}

const isSame = (a: Dates, b: Dates): boolean => a.from === b.from && a.to === b.to;

/** What can be chosen for an assignment: what keeps it has one name. Work that has begun is not moved, since days that were worked would go. */
export function choicesFor(work: Dates, was: Dates, next: Dates, today: string): SlipChoice[] {
  const isOffered = (choice: SlipChoice): boolean => {
    const dates = datesBy(choice, work, was, next);
    if (choice === 'keep') return true;
    if (isSame(dates, work) || (dates.to !== null && dates.to < dates.from)) return false;
    if (choice === 'move') return work.from > today;
    return choice === 'stretch' || work.to === null || (was.to !== null && work.to > was.to);
  };
  return (['move', 'stretch', 'keep', 'end'] as const).filter(isOffered);
}

/** What can be chosen for an open place: what assignments can but for an end of its own, and to look for nobody there any more. */
export const choicesForPlace = (place: Dates, was: Dates, next: Dates, today: string): SlipChoice[] => [
  ...choicesFor(place, was, next, today).filter((choice) => choice !== 'end'),
  'remove',
];

/** What is chosen until somebody does: work to come goes along, work that was to last until the end does so still. */
export function usualChoice(work: Dates, was: Dates, next: Dates, today: string): SlipChoice {
  const offered = choicesFor(work, was, next, today);
  if (offered.includes('move')) return 'move';
  return work.to === was.to && offered.includes('stretch') ? 'stretch' : 'keep';
}

/** What is chosen of what is offered by the dates as they are now. */
export function choiceOf(
  work: Dates & { readonly id: string },
  was: Dates,
  next: Dates,
  choices: SlipChoices,
  today: string,
  offered = choicesFor,
): SlipChoice {
  const chosen = choices[work.id];
  return chosen && offered(work, was, next, today).includes(chosen) ? chosen : usualChoice(work, was, next, today);
}

const changedOf = (dates: Dates, old: Dates) => ({
  ...(dates.from === old.from ? {} : { from: dates.from }),
  ...(dates.to === old.to ? {} : { to: dates.to }),
});

/** The one change set of a slip; null where the dates stay. The first time, the project keeps the dates that it had. */
export function slipCommands({ project, work, places }: SlipBase, next: Dates, choices: SlipChoices, today: string): Command[] | null {
  if (isSame(project, next)) return null;
  const { id, version, from, to, baseline } = project;
  const patch = { ...changedOf(next, project), ...(baseline ? {} : { baseline: { from, to } }) };
  const moved = (kind: 'assignment' | 'opening', one: AssignmentView | OpeningView, choice: SlipChoice): Command[] => {
    const common = { kind, id: one.id, version: one.version };
    if (choice === 'remove') return [{ do: 'delete', ...common }];
    const changed = changedOf(datesBy(choice, one, project, next), one);
    return Object.keys(changed).length === 0 ? [] : [{ do: 'change', ...common, patch: changed }];
  };
  return [
    { do: 'change', kind: 'project', id, version, patch },
    ...work.flatMap((one) => moved('assignment', one, choiceOf(one, project, next, choices, today))),
    ...places.flatMap((one) => moved('opening', one, choiceOf(one, project, next, choices, today, choicesForPlace))),
  ];
}

/** `14 days later`, `7 days sooner`; null where it is not the end that moved. */
export function laterBy(was: string | null, now: string | null): number | null {
  if (was === null || now === null || was === now) return null;
  return daysBetween(was, now);
}
