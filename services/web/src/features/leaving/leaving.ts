import { addDays } from '@sidekick/calendar/iso';
import type { AssignmentView, Command, PersonView, TeamView, TimeOffView, VolunteerView, WishView } from '@sidekick/contracts';
import type { RecordBody } from '../../staffing/form-types.ts';

/** What a person has to do with. */
export interface Left {
  readonly person: PersonView;
  readonly work: readonly AssignmentView[];
  readonly leave: readonly TimeOffView[];
  readonly volunteers: readonly VolunteerView[];
  readonly wishes: readonly WishView[];
  readonly teams: readonly TeamView[];
}

interface Lists {
  readonly assignments: readonly AssignmentView[];
  readonly timeOff: readonly TimeOffView[];
  readonly volunteers: readonly VolunteerView[];
  readonly wishes: readonly WishView[];
  readonly teams: readonly TeamView[];
}

/** Work ends with the last day, and from the day after is nobody's, an open place, or somebody's. */
export type WorkChoice = 'end' | 'open' | { readonly to: string };
/** Of a team: they stay in it until they have left, or are taken off it now, or somebody else of it leads it now. */
export type TeamChoice = 'stay' | 'off' | { readonly lead: string };

export interface Choices {
  /** By assignment `open`, or whom it is handed over to; what is not named ends. */
  readonly work: Readonly<Record<string, string>>;
  /** Offers, wishes and leave that stay as they are: unticked, or come after the form was opened and not ticked since. */
  readonly kept: readonly string[];
  /** By team `off`, or who leads it; what is not named stays. */
  readonly teams: Readonly<Record<string, string>>;
}

const places = ['lead', 'sidekick', 'contributor'];
const byPlace = (a: AssignmentView, b: AssignmentView): number =>
  places.indexOf(a.role) - places.indexOf(b.role) || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1);

/** Leave, offers and wishes, each of which goes or stays. */
export type Rest =
  | ({ readonly kind: 'leave' } & Pick<TimeOffView, 'id' | 'version' | 'from' | 'to' | 'state'>)
  | ({ readonly kind: 'offer' } & Pick<VolunteerView, 'id' | 'version' | 'project'>)
  | ({ readonly kind: 'wish' } & Pick<WishView, 'id' | 'version' | 'skill'>);

export const restOf = ({ leave, volunteers, wishes }: Left): Rest[] => [
  ...leave.map(({ id, version, from, to, state }) => ({ kind: 'leave' as const, id, version, from, to, state })),
  ...volunteers.map(({ id, version, project }) => ({ kind: 'offer' as const, id, version, project })),
  ...wishes.map(({ id, version, skill }) => ({ kind: 'wish' as const, id, version, skill })),
];

/** All of it that is the person's, work by its place, leads first. */
export function leftBy(person: PersonView, { assignments, timeOff, volunteers, wishes, teams }: Lists): Left {
  const own = <T extends { person: string }>(list: readonly T[]): T[] => list.filter((one) => one.person === person.id);
  return {
    person,
    work: own(assignments).sort(byPlace),
    leave: own(timeOff).filter(({ state }) => state !== 'declined'),
    volunteers: own(volunteers),
    wishes: own(wishes),
    teams: teams.filter(({ people }) => people.includes(person.id)),
  };
}

/** Whether something goes on after a day. */
export const goesOn = ({ to }: { to: string | null }, day: string): boolean => to === null || to > day;

/** What of it is left after a last day. */
export const after = (left: Left, day: string): Left => ({
  ...left,
  work: left.work.filter((one) => goesOn(one, day)),
  leave: left.leave.filter((one) => goesOn(one, day)),
});

/** The days of an assignment after the last one. */
export const daysAfter = ({ from, to }: Pick<AssignmentView, 'from' | 'to'>, day: string): { from: string; to: string | null } => ({
  from: from > day ? from : addDays(day, 1),
  to,
});

export function workChoice({ work }: Choices, id: string): WorkChoice {
  const chosen = work[id];
  if (chosen === undefined || chosen === 'open') return chosen ?? 'end';
  return { to: chosen };
}

export function teamChoice({ teams }: Choices, { id, people }: TeamView): TeamChoice {
  const chosen = teams[id];
  if (chosen === undefined || chosen === 'off') return chosen ?? 'stay';
  return people.includes(chosen) ? { lead: chosen } : 'stay';
}

/** An assignment is cut at the last day, and what is after it is somebody else's or nobody's; what begins later is theirs as a whole. */
function workCommands(one: AssignmentView, day: string, choice: WorkChoice, idFor: (id: string) => string): Command[] {
  const { id, version, project, role, hoursPerWeek, state, sample } = one;
  const common = { kind: 'assignment', id, version } as const;
  if (choice === 'open') {
    const place = { project, role, ...daysAfter(one, day), hoursPerWeek, skills: [], private: { note: null }, sample };
    const made: Command = { do: 'create', kind: 'opening', id: idFor(id), record: place satisfies RecordBody<'opening'> };
    return [one.from > day ? { do: 'delete', ...common } : { do: 'change', ...common, patch: { to: day } }, made];
  }
  const person = choice === 'end' ? null : choice.to;
  if (one.from > day) return [person ? { do: 'change', ...common, patch: { person } } : { do: 'delete', ...common }];
  const cut: Command = { do: 'change', ...common, patch: { to: day } };
  if (!person) return [cut];
  const record = { person, project, role, ...daysAfter(one, day), hoursPerWeek, state, sample } satisfies RecordBody<'assignment'>;
  return [cut, { do: 'create', kind: 'assignment', id: idFor(id), record }];
}

function leaveCommand({ id, version, from }: TimeOffView, day: string): Command {
  const common = { kind: 'timeOff', id, version } as const;
  return from > day ? { do: 'delete', ...common } : { do: 'change', ...common, patch: { to: day } };
}

/** Whoever has left already is taken off with the end of the contract. */
function teamCommands(team: TeamView, person: string, choice: TeamChoice, isOver: boolean): Command[] {
  const { id, version, people, lead } = team;
  if (choice === 'stay') return [];
  const next = choice === 'off' ? (lead === person ? null : lead) : choice.lead;
  const gone = choice === 'off' || isOver;
  const patch = { ...(next === lead ? {} : { lead: next }), ...(gone ? { people: people.filter((one) => one !== person) } : {}) };
  return Object.keys(patch).length === 0 ? [] : [{ do: 'change', kind: 'team', id, version, patch }];
}

/**
 * The one change set of a leaver; empty where nothing is left to do. `idFor` names the record that an assignment is handed over as:
 * the same one at each call.
 */
export function leavingCommands(left: Left, day: string, choices: Choices, today: string, idFor: (id: string) => string): Command[] {
  const { person, work, leave, volunteers, wishes, teams } = after(left, day);
  const { id, version, contract } = person;
  const stays = new Set(choices.kept);
  const goes = ({ id }: { id: string }) => !stays.has(id);
  const gone = <K extends 'volunteer' | 'wish'>(kind: K, list: readonly { id: string; version: number }[]): Command[] =>
    list.filter(goes).map(({ id, version }) => ({ do: 'delete', kind, id, version }));
  return [
    ...(contract.to === day ? [] : [{ do: 'change', kind: 'person', id, version, patch: { contract: { to: day } } } as const]),
    ...work.flatMap((one) => workCommands(one, day, workChoice(choices, one.id), idFor)),
    ...leave.filter(goes).map((one) => leaveCommand(one, day)),
    ...gone('volunteer', volunteers),
    ...gone('wish', wishes),
    ...teams.flatMap((team) => teamCommands(team, id, teamChoice(choices, team), day < today)),
  ];
}
