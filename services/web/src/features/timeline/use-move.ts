import type { AssignmentView, BrokenRule, CoverageState, PreviewAnswer } from '@sidekick/contracts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { becameOf } from '../../api/ask.ts';
import { preview, wordsOf } from '../../staffing/changes.ts';
import type { RecordBody } from '../../staffing/form-types.ts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { grouped } from '../../staffing/lists.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { speak } from '../../staffing/speak.ts';
import { toast } from '../../ui/toast.tsx';
import type { Records } from './bars.ts';
import type { Range } from './geometry.ts';
import type { LoadAhead } from './person-rows.ts';

/** A move under way: where the bar would stand and what that would break and change. */
export interface Move {
  assignment: AssignmentView;
  range: Range;
  /** Another project that it goes to; its own where absent. */
  project?: string;
  /** Let go, waiting for the answer or for a reason. */
  dropped: boolean;
  answer: PreviewAnswer | null;
  broken: readonly BrokenRule[];
}

/** Where a bar would stand. */
type Place = Pick<Move, 'assignment' | 'range' | 'project'>;

const command = ({ assignment, range, project = assignment.project }: Place, version = assignment.version) => ({
  do: 'change' as const,
  kind: 'assignment' as const,
  id: assignment.id,
  version,
  patch: { from: range.from, to: range.to, ...(project === assignment.project ? {} : { project }) } satisfies Partial<
    RecordBody<'assignment'>
  >,
});

const samePlace = (was: AssignmentView, now: Record<string, unknown> | null | undefined): boolean =>
  Boolean(now) && (['from', 'to', 'project'] as const).every((key) => now?.[key] === was[key]);

const restMs = 120;

/**
 * Moving and stretching by pointer or keys, up to the saved change set: previews while it moves, saves when dropped, asks for a
 * reason where rules break. The bar stays where it was dropped until the answer is there.
 */
export function useMove(records: Records | undefined) {
  const [move, setMove] = useState<Move | null>(null);
  const guarded = useGuardedSave();
  const asked = useRef<AbortController | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    asked.current?.abort();
  }, []);
  useEffect(() => forget, [forget]);
  const said = useCallback(
    ({ assignment, range, project: to = assignment.project }: Place) => {
      const person = records ? isolated(nameOf(assignment.person, records.people, 'Somebody')) : 'Somebody';
      const project = records?.projects.get(to)?.name ?? 'a project';
      return `${person}, ${assignment.role} on ${project}, now ${dayRangeWithYear(range.from, range.to)}`;
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
      const controller = new AbortController();
      asked.current = controller;
      timer.current = setTimeout(() => {
        preview([command(next)], controller.signal)
          .then((answer) => setMove((old) => (controller.signal.aborted || !old ? old : { ...old, answer, broken: answer.broken })))
          // A preview that fails leaves the drag as it is: saving says what is wrong.
          .catch(() => undefined);
      }, restMs);
    },
    [forget],
  );
  const drop = useCallback(
    async (next: Place, reason?: string, broken: readonly BrokenRule[] = []): Promise<boolean> => {
      forget();
      setMove((old) => ({ ...next, dropped: true, answer: old?.answer ?? null, broken: old?.broken ?? [] }));
      const save = (version?: number) =>
        guarded.attempt({ commands: [command(next, version)], said: said(next), ...(reason ? { reason } : {}) }, broken);
      let outcome = await save();
      // What somebody else changed meanwhile is no place: the move holds over it.
      for (let tries = 0; tries < 3 && 'stale' in outcome && samePlace(next.assignment, outcome.stale?.record); tries += 1)
        outcome = await save(outcome.stale?.version ?? undefined);
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
