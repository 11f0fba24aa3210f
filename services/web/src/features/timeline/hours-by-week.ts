import { addDays, daysBetween, earlier, later, mondayOfWeek, weekOf, weeksBetween, weeksFrom } from '@sidekick/calendar/iso';
import type { AssignmentView, Command } from '@sidekick/contracts';
import { bodyOf } from './deeds.ts';
import { overlaps, type Range, shared } from './geometry.ts';

/** Some days of a line of work at the same hours a week, and whose they were. */
export interface Run extends Range {
  readonly hoursPerWeek: number;
  /** The assignments that it is made of, or beside which it is new. */
  readonly sources: readonly AssignmentView[];
}

interface Part extends Run {
  /** Some of it was typed. */
  readonly isTyped: boolean;
}

/** Stands for an open end. */
const never = '9999-12-31';
const endOf = ({ to }: Range): string => to ?? never;
const openEnd = (day: string): string | null => (day === never ? null : day);

const isSameWork = (a: AssignmentView, b: AssignmentView): boolean =>
  a.person === b.person && a.project === b.project && a.role === b.role && a.state === b.state;

/**
 * The work that an assignment is part of: all of the same person on the same project in the same role and state, in order. Of those
 * that share days it is this one, else the earlier.
 */
export function lineOf(assignment: AssignmentView, all: readonly AssignmentView[]): AssignmentView[] {
  const others = all.filter((one) => one.id !== assignment.id && isSameWork(one, assignment));
  others.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1));
  const line = [assignment];
  for (const one of others) if (!line.some((other) => overlaps(other, one))) line.push(one);
  return line.sort((a, b) => (a.from < b.from ? -1 : 1));
}

const daysOf = (week: string) => ({ from: mondayOfWeek(week), to: addDays(mondayOfWeek(week), 6) });

/** Hours a week that a line has in a week, each once, in the order of its days; empty where nobody works. */
export const hoursIn = (line: readonly AssignmentView[], week: string): number[] => [
  ...new Set(line.filter((one) => overlaps(one, daysOf(week))).map(({ hoursPerWeek }) => hoursPerWeek)),
];

/** The days of a week that a line holds, where that is not the whole week and not nothing. */
export function partOf(line: readonly AssignmentView[], week: string): { from: string; to: string } | null {
  const own = line.flatMap((one) => shared(one, daysOf(week)) ?? []);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last?.to) return null;
  const isWhole = own.reduce((days, { from, to }) => days + daysBetween(from, to ?? from) + 1, 0) === 7;
  return isWhole ? null : { from: first.from, to: last.to };
}

/** Weeks from the first to the last that a line has within a range. */
export function weeksOfLine(line: readonly AssignmentView[], within: { from: string; to: string }): string[] {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return [];
  const [from, to] = [later(first.from, within.from), earlier(endOf(last), within.to)];
  return from > to ? [] : weeksFrom(weekOf(from), weeksBetween(weekOf(from), weekOf(to)) + 1);
}

/** A part with the days of a week at other hours; none of them where it is to be nothing. */
function retyped(part: Part, days: { from: string; to: string }, hoursPerWeek: number): Part[] {
  const inside = shared(part, days);
  if (!inside) return [part];
  const cut: Part[] = [];
  if (part.from < inside.from) cut.push({ ...part, to: addDays(inside.from, -1) });
  if (hoursPerWeek > 0) cut.push({ ...part, ...inside, hoursPerWeek, isTyped: true });
  if (inside.to !== null && endOf(part) > inside.to) cut.push({ ...part, from: addDays(inside.to, 1) });
  return cut;
}

/** Whether two runs have no day between them but such on which the person never works. */
function isNext(a: Range, b: Range, rests: (day: string) => boolean): boolean {
  const between = daysBetween(endOf(a), b.from) - 1;
  return between >= 0 && between < 7 && Array.from({ length: between }, (_, at) => addDays(endOf(a), at + 1)).every(rests);
}

/**
 * A line once hours were typed in some of its weeks: one run for each stretch of equal hours. Where a week holds the line in part, its
 * days stay; where it does not hold it, the whole week is new; none is no work. What was not typed stays as it is, also where two
 * assignments of equal hours follow each other. `rests`: the person has no hours on that day, so that a run may go over it.
 */
export function typedOver(line: readonly AssignmentView[], typed: ReadonlyMap<string, number>, rests: (day: string) => boolean): Run[] {
  let parts: Part[] = line.map((one) => ({ from: one.from, to: one.to, hoursPerWeek: one.hoursPerWeek, sources: [one], isTyped: false }));
  for (const [week, value] of [...typed].sort()) {
    const now = hoursIn(line, week);
    if (now.length === 0 ? value === 0 : now.every((one) => one === value)) continue;
    if (now.length > 0) parts = parts.flatMap((part) => retyped(part, daysOf(week), value));
    else parts.push({ ...daysOf(week), hoursPerWeek: value, sources: [nearest(line, week)], isTyped: true });
  }
  parts.sort((a, b) => (a.from < b.from ? -1 : 1));
  const runs: Part[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    const isOne = last && last.hoursPerWeek === part.hoursPerWeek && noteOf(last) === noteOf(part) && isNext(last, part, rests);
    if (last && isOne && (last.isTyped || part.isTyped || last.sources.at(-1) === part.sources[0]))
      runs[runs.length - 1] = {
        ...last,
        to: part.to,
        sources: [...new Set([...last.sources, ...part.sources])],
        isTyped: last.isTyped || part.isTyped,
      };
    else runs.push(part);
  }
  return runs.map(({ isTyped: _isTyped, ...run }) => run);
}

/** What is noted on one is said of its weeks alone: another with other words is not it. */
const noteOf = ({ sources }: Run): string | undefined => sources.at(-1)?.private.note;

const nearest = (line: readonly AssignmentView[], week: string): AssignmentView =>
  (line.findLast(({ from }) => from <= mondayOfWeek(week)) ?? line[0]) as AssignmentView;

/** Which assignment each run goes on as: of those that it shares days with the one of the same hours, then of most days. */
function heirs(line: readonly AssignmentView[], runs: readonly Run[]): Map<Run, AssignmentView> {
  const pairs = runs.flatMap((run) =>
    line.flatMap((one) => {
      const days = shared(run, one);
      return days ? [{ run, one, same: Number(run.hoursPerWeek === one.hoursPerWeek), days: daysBetween(days.from, endOf(days)) }] : [];
    }),
  );
  pairs.sort((a, b) => b.same - a.same || b.days - a.days);
  const [taken, found] = [new Set<AssignmentView>(), new Map<Run, AssignmentView>()];
  for (const { run, one } of pairs) {
    if (taken.has(one) || found.has(run)) continue;
    taken.add(one);
    found.set(run, one);
  }
  return found;
}

/** What makes the runs of a line: of each assignment only what differs. `idFor` names a new one by its first day. */
export function commandsFor(line: readonly AssignmentView[], runs: readonly Run[], idFor: (day: string) => string): Command[] {
  const heir = heirs(line, runs);
  const kept = new Set(heir.values());
  const gone: Command[] = line
    .filter((one) => !kept.has(one))
    .map(({ id, version }) => ({ do: 'delete', kind: 'assignment', id, version }));
  return [...gone, ...runs.flatMap((run) => commandFor(run, heir.get(run), idFor))];
}

function commandFor(run: Run, heir: AssignmentView | undefined, idFor: (day: string) => string): Command[] {
  const place = { from: run.from, to: openEnd(endOf(run)), hoursPerWeek: run.hoursPerWeek };
  if (heir) {
    const patch = Object.fromEntries(Object.entries(place).filter(([key, value]) => heir[key as keyof typeof place] !== value));
    return Object.keys(patch).length === 0 ? [] : [{ do: 'change', kind: 'assignment', id: heir.id, version: heir.version, patch }];
  }
  const [source] = run.sources;
  if (!source) return [];
  const record = bodyOf({ ...source, hoursPerWeek: run.hoursPerWeek }, place);
  return [{ do: 'create', kind: 'assignment', id: idFor(run.from), record }];
}
