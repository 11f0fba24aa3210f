import { addWeeks, mondayOfWeek, weeksBetween, weeksFrom } from '@sidekick/calendar/iso';
import type { TimelineAnswer } from '@sidekick/contracts';

type Person = TimelineAnswer['people'][number];
type Project = TimelineAnswer['projects'][number];
type Assignment = TimelineAnswer['assignments'][number];

/** Weeks of an answer that are taken, by their places in it, and the days of them. */
interface Piece {
  readonly answer: TimelineAnswer;
  readonly start: number;
  readonly end: number;
}

/** The weeks that an answer lacks of a range: before it, behind it or both; null where it holds none of the range, so that all are asked. */
export function missingIn({ weeks }: TimelineAnswer, from: string, to: string): { from: string; to: string }[] | null {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined || last < from || to < first) return null;
  const before = from < first ? [{ from, to: addWeeks(first, -1) }] : [];
  return last < to ? [...before, { from: addWeeks(last, 1), to }] : before;
}

const takenOf = (answer: TimelineAnswer, from: string, to: string): Piece => {
  const first = answer.weeks[0] ?? from;
  const start = Math.max(0, weeksBetween(first, from));
  return { answer, start, end: Math.min(answer.weeks.length, weeksBetween(first, to) + 1) };
};

/**
 * One answer of a range out of some that hold its weeks one after another, all of one head, day and reader. Its sums of everybody are
 * made of its rows, as the server makes them; its fairness is no sum, is read of no timeline, and stays that of the first.
 */
export function joinedTimeline(answers: readonly TimelineAnswer[], from: string, to: string): TimelineAnswer {
  const pieces = answers.map((answer) => takenOf(answer, from, to)).filter(({ start, end }) => start < end);
  const [first] = answers;
  if (!first) throw new Error('nothing to join');
  const weeks = weeksFrom(from, weeksBetween(from, to) + 1);
  const people = first.people.map((one, at) => joinedPerson(one.id, pieces, at));
  const projects = first.projects.map((one, at) => joinedProject(one, pieces, at, from, to));
  return {
    ...{ head: first.head, today: first.today, weeks, mondays: weeks.map(mondayOfWeek) },
    ...{ people, projects, assignments: joinedAssignments(pieces, weeks) },
    group: { ...groupOf(people, projects), fairness: first.group.fairness },
  };
}

const joinedBy = <T>(pieces: readonly Piece[], listOf: (answer: TimelineAnswer) => readonly T[], each = 1): T[] =>
  pieces.flatMap(({ answer, start, end }) => listOf(answer).slice(start * each, end * each));

const loads = ['net', 'confirmed', 'tentative', 'remaining', 'over', 'leaveDays', 'employed'] as const;

function joinedPerson(id: string, pieces: readonly Piece[], at: number): Person {
  const of = ({ people }: TimelineAnswer) => people[at] as Person;
  const list = <K extends (typeof loads)[number] | 'holidays'>(key: K) =>
    joinedBy(pieces, (answer) => of(answer)[key] as readonly Person[K][number][]) as Person[K];
  const inWeeks = Object.fromEntries([...loads, 'holidays' as const].map((key) => [key, list(key)])) as unknown as Omit<Person, 'id'>;
  if (!pieces.every(({ answer }) => of(answer).days)) return { id, ...inWeeks };
  const day = (key: (typeof loads)[number]) => joinedBy<unknown>(pieces, (answer) => of(answer).days?.[key] ?? [], 7);
  return { id, ...inWeeks, days: Object.fromEntries(loads.map((key) => [key, day(key)])) as unknown as NonNullable<Person['days']> };
}

/** Runs that touch the range, each once: they have their own ends in every answer. */
function joinedRuns<T extends { from: string; to: string }>(lists: readonly (readonly T[])[], from: string, to: string): T[] {
  const runs = new Map(lists.flat().map((run) => [run.from, run]));
  return [...runs.values()].filter((run) => run.from <= to && from <= run.to).sort((a, b) => (a.from < b.from ? -1 : 1));
}

function joinedProject(first: Project, pieces: readonly Piece[], at: number, from: string, to: string): Project {
  const of = ({ projects }: TimelineAnswer) => projects[at] as Project;
  const list = <T>(listOf: (project: Project) => readonly T[]) => joinedBy(pieces, (answer) => listOf(of(answer)));
  const all = pieces.map(({ answer }) => of(answer));
  const openLeads = joinedRuns(
    all.map((one) => one.openLeads ?? []),
    from,
    to,
  );
  return {
    ...first,
    coverage: list(({ coverage }) => coverage),
    openLead: list(({ openLead }) => openLead),
    ...(first.openLeads ? { openLeads } : {}),
    sidekickHours: list(({ sidekickHours }) => sidekickHours),
    ...(first.sidekickTentative ? { sidekickTentative: list(({ sidekickTentative = [] }) => sidekickTentative) } : {}),
    gaps: joinedRuns(
      all.map(({ gaps }) => gaps),
      from,
      to,
    ),
  };
}

/**
 * Work that holds no day of a part is not in its answer: it has no hours there. What only the answer that was held knows, of weeks that
 * are left behind, is left behind with them.
 */
function joinedAssignments(pieces: readonly Piece[], weeks: readonly string[]): Assignment[] {
  const byId = pieces.map(({ answer }) => new Map(answer.assignments.map((one) => [one.id, one])));
  const ids = [...new Set(byId.flatMap((all) => [...all.keys()]))].sort();
  const none = weeks.map(() => 0);
  const noDays = weeks.flatMap(() => [0, 0, 0, 0, 0, 0, 0]);
  return ids.flatMap((id) => {
    const known = byId.map((all) => all.get(id));
    const some = known.find((one) => one !== undefined) as Assignment;
    const list = (listOf: (one: Assignment) => readonly number[], nothing: readonly number[], each = 1) =>
      pieces.flatMap(({ start, end }, at) => {
        const one = known[at];
        return one ? listOf(one).slice(start * each, end * each) : nothing.slice(0, (end - start) * each);
      });
    const planned = list((one) => one.planned, none);
    const isWhole = known.some((one, at) => one && pieces[at]?.answer.weeks.length === (pieces[at]?.end ?? 0) - (pieces[at]?.start ?? 0));
    if (!isWhole && !some.accepted?.length && planned.every((hours) => hours === 0)) return [];
    const days = some.days && {
      planned: list((one) => one.days?.planned ?? noDays, noDays, 7),
      effective: list((one) => one.days?.effective ?? noDays, noDays, 7),
    };
    return [{ ...some, planned, effective: list(({ effective }) => effective, none), ...(days ? { days } : {}) }];
  });
}

function groupOf(people: readonly Person[], projects: readonly Project[]): Omit<TimelineAnswer['group'], 'fairness'> {
  const sum = (hours: (one: Person) => readonly number[]) =>
    people.reduce((total, one) => hours(one).reduce((part, value) => part + value, total), 0);
  const states = projects.flatMap(({ coverage }) => coverage).filter((state) => state !== null);
  return {
    ...{ covered: states.filter((state) => state === 'covered').length, needed: states.length },
    confirmedHours: sum(({ confirmed }) => confirmed),
    tentativeHours: sum(({ tentative }) => tentative),
    netHours: sum(({ net }) => net),
  };
}
