import type { AssignmentView, TeamView } from '@sidekick/contracts';
import type { Meanwhile } from '../../staffing/form-types.ts';
import { dayRangeWithYear, hours } from '../../staffing/format.ts';
import { byId } from '../../staffing/lists.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import type { Records } from '../timeline/index.ts';
import { type Choices, daysAfter, goesOn, type Left, type Rest, restOf } from './leaving.ts';

/** What was there when the form was opened: what is the person's, and which work of others was on the same places by then. */
export interface Seen {
  readonly work: readonly AssignmentView[];
  readonly others: readonly string[];
  readonly teams: readonly Pick<TeamView, 'id' | 'name' | 'lead'>[];
  /** Leave, offers and wishes: what they were when they were ticked. */
  readonly rest: readonly Rest[];
  readonly contractTo: string | null;
}

const isSamePlace = (a: AssignmentView, b: AssignmentView): boolean => a.project === b.project && a.role === b.role;

export const seenOf = (left: Left, assignments: readonly AssignmentView[]): Seen => {
  const { person, work, teams } = left;
  return {
    work,
    others: assignments.filter((one) => one.person !== person.id && work.some((own) => isSamePlace(own, one))).map(({ id }) => id),
    teams: teams.map(({ id, name, lead }) => ({ id, name, lead })),
    rest: restOf(left),
    contractTo: person.contract.to,
  };
};

/** Of leave, offers and wishes a version, as it is ticked. */
export const tickOf = ({ id, version }: Pick<Rest, 'id' | 'version'>): string => `${id} ${version}`;

/** What stays: what is kept, and what has come or changed since the form was opened, until it is ticked as it stands. */
export function staying(left: Left, seen: Seen, kept: readonly string[], ticked: readonly string[]): string[] {
  const known = new Set([...seen.rest.map(tickOf), ...ticked]);
  return restOf(left).flatMap((one) => (kept.includes(one.id) || !known.has(tickOf(one)) ? [one.id] : []));
}

interface Asked {
  readonly person: string;
  readonly seen: Seen;
  readonly now: Left;
  /** Null until a day can be read. */
  readonly day: string | null;
  readonly choices: Choices;
  /** Conflicts that were settled, by assignment: over what. */
  readonly settled: Readonly<Record<string, string>>;
  readonly records: Records;
  readonly choose: (assignment: string, whose: 'mine' | 'theirs', over: string) => void;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * What others changed since the form was opened, a record each: it is taken as it stands, and told. Where somebody else has a place by
 * now that is handed over here, both values are told, and while the person still has days on it one of them is chosen.
 */
export function meanwhileOf(asked: Asked): Meanwhile[] {
  const { seen, now, records } = asked;
  const told = [...seen.work.flatMap((was) => workTold(was, asked)), ...newWork(asked)];
  const teams = seen.teams.flatMap((was): Meanwhile[] => {
    const is = now.teams.find(({ id }) => id === was.id);
    if (is?.lead === was.lead) return [];
    const lead = (id: string | null) => (id === null ? 'nobody leads it' : `${nameOf(id, records.people)} leads it`);
    return [one(was.id, was.name, lead(was.lead), is ? lead(is.lead) : 'not in it any more')];
  });
  const { to } = now.person.contract;
  const ends = (day: string | null) => (day === null ? 'without an end' : dayRangeWithYear(day, day));
  const contract = to === seen.contractTo ? [] : [one(now.person.id, 'Contract to', ends(seen.contractTo), ends(to))];
  return [...contract, ...told, ...restTold(asked), ...teams];
}

const one = (id: string, label: string, was: string, now: string): Meanwhile => ({
  id,
  theirs: [{ key: id, label, was, now }],
  conflicts: [],
});

function workTold(was: AssignmentView, { person, seen, now, day, choices, settled, records, choose }: Asked): Meanwhile[] {
  const is = records.assignments.find(({ id }) => id === was.id);
  const known = new Set(seen.others);
  const beyond = day === null ? was : daysAfter(was, day);
  const takers = records.assignments.filter(
    (other) =>
      other.person !== person &&
      other.id !== was.id &&
      !known.has(other.id) &&
      isSamePlace(was, other) &&
      (other.to === null || other.to >= beyond.from) &&
      (beyond.to === null || other.from <= beyond.to),
  );
  const isChanged = !is || comparable(is) !== comparable(was);
  if (!isChanged && takers.length === 0) return [];
  const label = capital(`${was.role} on ${records.projects.get(was.project)?.name ?? 'a project'}`);
  const words = [...(is ? [workWords(is, person, records)] : ['removed']), ...takers.map((taker) => workWords(taker, person, records))];
  const over = words.join('; ');
  const chosen = choices.work[was.id];
  const taker = chosen === 'open' ? 'an open place' : chosen && nameOf(chosen, records.people);
  const mine = taker && `${taker}${day === null ? '' : ` ${dayRangeWithYear(beyond.from, beyond.to)}`}`;
  const theirs = is && is.person !== person ? [is.person] : takers.map(({ person }) => person);
  const isOpen = now.work.some(({ id }) => id === was.id) && day !== null && is !== undefined && goesOn(is, day);
  const before = workWords(was, person, records);
  if (!mine || theirs.length === 0 || theirs.includes(chosen ?? '')) return [one(was.id, label, before, over)];
  if (!isOpen) return [one(was.id, label, `${before}; here it went to ${mine}`, over)];
  if (settled[was.id] === over) return [];
  const conflict = { key: was.id, label, was: before, mine, now: over, choose: (whose: 'mine' | 'theirs') => choose(was.id, whose, over) };
  return [{ id: was.id, theirs: [], conflicts: [conflict] }];
}

/** Work that the person has got since. */
const newWork = ({ seen, now, person, records }: Asked): Meanwhile[] =>
  now.work
    .filter(({ id }) => !seen.work.some((was) => was.id === id))
    .map((got) =>
      one(
        got.id,
        capital(`${got.role} on ${records.projects.get(got.project)?.name ?? 'a project'}`),
        'not there',
        workWords(got, person, records),
      ),
    );

/** Leave, offers and wishes that came, changed or went since; those that are there stay unless they are ticked. */
function restTold({ seen, now, day, records }: Asked): Meanwhile[] {
  const [before, by] = [byId(seen.rest), byId(restOf(now))];
  return [...new Map([...before, ...by]).values()].flatMap((any) => {
    const [was, is] = [before.get(any.id), by.get(any.id)];
    const isListed = [was, is].some((one) => one && (one.kind !== 'leave' || day === null || goesOn(one, day)));
    if (was?.version === is?.version || !isListed) return [];
    return [
      one(
        any.id,
        restLabel(any, records),
        was ? restWords(was) : 'not there',
        is ? `${restWords(is)}; it stays unless it is ticked below` : 'taken back',
      ),
    ];
  });
}

function restLabel(rest: Rest, { projects }: Records): string {
  if (rest.kind === 'leave') return 'Leave';
  if (rest.kind === 'wish') return `Wish to learn ${isolated(rest.skill)}`;
  return `Offer to back up ${isolated(projects.get(rest.project)?.name ?? 'a project')}`;
}

const restWords = (rest: Rest): string =>
  rest.kind === 'leave' ? `${dayRangeWithYear(rest.from, rest.to)}, ${rest.state === 'requested' ? 'asked for' : rest.state}` : 'there';

const comparable = ({ person, project, role, from, to, hoursPerWeek, state }: AssignmentView): string =>
  JSON.stringify([person, project, role, from, to, hoursPerWeek, state]);

/** `24 h a week, 5 Oct 2026 – 14 Mar 2027`, before it whose it is where that is somebody else. */
const workWords = (work: AssignmentView, person: string, { people }: Records): string =>
  [
    ...(work.person === person ? [] : [nameOf(work.person, people)]),
    `${hours(work.hoursPerWeek)} a week${work.state === 'tentative' ? ', tentative' : ''}`,
    dayRangeWithYear(work.from, work.to),
  ].join(', ');
