import { daysBetween } from '@sidekick/calendar/iso';
import type { AssignmentView, BrokenRule, Command, CoverageState, PreviewAnswer } from '@sidekick/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { becameOf } from '../../api/ask.ts';
import { wordsOf } from '../../staffing/changes.ts';
import type { RecordBody } from '../../staffing/form-types.ts';
import { count, dayRangeWithYear } from '../../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { grouped } from '../../staffing/lists.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { speak } from '../../staffing/speak.ts';
import { toast } from '../../ui/toast.tsx';
import type { Records } from './bars.ts';
import { dragged, type Range } from './geometry.ts';
import type { LoadAhead } from './person-rows.ts';
import { useAsking } from './use-asking.ts';

/** A move under way: where the bar would stand and what that would break and change. */
export interface Move {
  assignment: AssignmentView;
  range: Range;
  /** Another project or person that it goes to; its own where absent. */
  project?: string;
  person?: string;
  /** What else moves, by as many days. */
  others?: readonly AssignmentView[];
  /** The range shown has gone along. */
  carried?: boolean;
  /** Let go, waiting for the answer or for a reason. */
  dropped: boolean;
  answer: PreviewAnswer | null;
  broken: readonly BrokenRule[];
}

/** Where a bar would stand. */
type Place = Pick<Move, 'assignment' | 'range' | 'project' | 'person' | 'others' | 'carried'>;
type Versions = ReadonlyMap<string, number>;

/** Where what goes along would stand. */
export const alongWith = ({ assignment, range, others = [] }: Place): { one: AssignmentView; range: Range }[] => {
  const days = daysBetween(assignment.from, range.from);
  return others.map((one) => ({ one, range: dragged({ from: one.from, to: one.to }, 'move', days) }));
};

const commandsOf = (place: Place, versions: Versions = new Map()): Command[] => [
  command(place, versions.get(place.assignment.id)),
  ...alongWith(place).map(({ one, range }) => command({ assignment: one, range }, versions.get(one.id))),
];

const command = ({ assignment, range, project = assignment.project, person = assignment.person }: Place, version = assignment.version) => ({
  do: 'change' as const,
  kind: 'assignment' as const,
  id: assignment.id,
  version,
  patch: {
    from: range.from,
    to: range.to,
    ...(project === assignment.project ? {} : { project }),
    ...(person === assignment.person ? {} : { person }),
  } satisfies Partial<RecordBody<'assignment'>>,
});

const samePlace = (was: AssignmentView, now: Record<string, unknown> | null | undefined): boolean =>
  Boolean(now) && (['from', 'to', 'project', 'person'] as const).every((key) => now?.[key] === was[key]);

/** `2 weeks later`, `3 days earlier`. */
function wayOf(days: number): string {
  const far = Math.abs(days);
  return `${far % 7 === 0 ? count(far / 7, 'week') : count(far, 'day')} ${days > 0 ? 'later' : 'earlier'}`;
}

/**
 * Moving and stretching by pointer or keys, up to the saved change set: previews while it moves, saves when dropped, asks for a
 * reason where rules break. The bar stays where it was dropped until the answer is there.
 */
export function useMove(records: Records | undefined) {
  const [move, setMove] = useState<Move | null>(null);
  const guarded = useGuardedSave();
  const { ask, forget } = useAsking();
  const said = useCallback(
    ({ assignment, range, project: to = assignment.project, person = assignment.person, others = [] }: Place) => {
      if (others.length > 0) return `${count(others.length + 1, 'assignment')}, ${wayOf(daysBetween(assignment.from, range.from))}`;
      const who = records ? isolated(nameOf(person, records.people, 'Somebody')) : 'Somebody';
      const project = isolated(records?.projects.get(to)?.name ?? 'a project');
      return `${who}, ${assignment.role} on ${project}, now ${dayRangeWithYear(range.from, range.to)}`;
    },
    [records],
  );
  const put = useCallback(() => {
    forget();
    guarded.reset();
    setMove(null);
  }, [forget, guarded.reset]);
  const change = useCallback(
    (next: Place | null) => {
      forget();
      if (!next) return setMove(null);
      setMove((old) => ({ ...next, dropped: false, answer: old?.answer ?? null, broken: [] }));
      ask(commandsOf(next), (answer) => setMove((old) => old && { ...old, answer, broken: answer.broken }));
    },
    [ask, forget],
  );
  const drop = useCallback(
    async (next: Place, reason?: string, broken: readonly BrokenRule[] = []): Promise<boolean> => {
      forget();
      setMove((old) => ({ ...next, dropped: true, answer: old?.answer ?? null, broken: old?.broken ?? [] }));
      const versions = new Map<string, number>();
      const all = [next.assignment, ...(next.others ?? [])];
      const save = () => guarded.attempt({ commands: commandsOf(next, versions), said: said(next), ...(reason ? { reason } : {}) }, broken);
      let outcome = await save();
      // What somebody else changed meanwhile is no place: the move holds over it.
      for (let tries = 0; tries < all.length + 2 && 'stale' in outcome; tries += 1) {
        const { record, version } = outcome.stale ?? { record: null, version: null };
        const was = all.find(({ id }) => id === record?.['id']);
        if (!was || version === null || !samePlace(was, record)) break;
        versions.set(was.id, version);
        outcome = await save();
      }
      if ('saved' in outcome) setMove(null);
      return 'saved' in outcome;
    },
    [forget, guarded.attempt, said],
  );
  const refused = rulesOf(guarded.refused);
  const { error, stale } = guarded;
  const failed = move?.dropped === true && refused.length === 0 && !guarded.busy && (error !== null || stale);
  useEffect(() => {
    if (!failed) return;
    const why = stale ? 'Somebody changed it first. What you see is the newest state.' : wordsOf(error);
    const what = becameOf(error, 'Not saved: it is back where it was', 'it was saved');
    toast(what, { tone: 'bad', detail: why });
    speak(`${what}. ${why}`);
    put();
  }, [failed, stale, error, put]);
  return { move, change, drop, put, said, refused, busy: guarded.busy, error };
}

/** Coverage that a preview tells, by project and week. */
export function useAhead(answer: PreviewAnswer | null): ReadonlyMap<string, ReadonlyMap<string, CoverageState | null>> {
  return useMemo(() => {
    const ahead = new Map<string, Map<string, CoverageState | null>>();
    for (const { project, week, after } of answer?.coverage ?? []) {
      const weeks = ahead.get(project) ?? new Map<string, CoverageState | null>();
      weeks.set(week, after as CoverageState | null);
      ahead.set(project, weeks);
    }
    return ahead;
  }, [answer]);
}

/** Load that a preview tells, by person and week. */
export function useLoadAhead(answer: PreviewAnswer | null): ReadonlyMap<string, LoadAhead> {
  return useMemo(() => {
    const byPerson = grouped(answer?.load ?? [], ({ person }) => person);
    return new Map([...byPerson].map(([person, list]) => [person, new Map(list.map(({ week, after }) => [week, after]))]));
  }, [answer]);
}
