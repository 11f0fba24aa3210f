import {
  LaterChange,
  type PlanAcceptRequest,
  PlanComparison,
  PlanList,
  type PlanRequest,
  type PlanSummary,
  PlanView,
} from '@sidekick/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import { z } from 'zod';
import { ApiProblem, ask, bodyOf, tell } from '../../api/ask.ts';
import { useOnlyMe, useStillMe } from '../../app/session.tsx';
import { aboutSet, useUndo } from '../../staffing/changes.ts';
import { followingOf, Written } from '../../staffing/following.ts';
import { speak } from '../../staffing/speak.ts';
import { toast } from '../../ui/toast.tsx';

/** Milliseconds between two looks at a plan that waits or runs. */
const look = 400;

export const runs = ({ state }: Pick<PlanView, 'state'>): boolean => state === 'waiting' || state === 'running';

const key = (id: string) => ['staffing', 'plan', id];

/** A plan; looked at again and again until it has ended. */
export const usePlan = (id: string) =>
  useQuery({
    queryKey: key(id),
    queryFn: ({ signal }) => ask(PlanView, `/plans/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data && runs(data) ? look : false),
  });

/** The choices of a plan that are no assignments yet; null asks for nothing. */
export function usePlanned(id: string | null) {
  const query = useQuery({
    queryKey: key(id ?? ''),
    queryFn: ({ signal }) => ask(PlanView, `/plans/${id}`, { signal }),
    enabled: id !== null,
  });
  const { data } = query;
  const choices = useMemo(() => {
    if (!data) return undefined;
    const done = new Set(data.accepted.filter(({ stands }) => stands).flatMap((one) => one.choices));
    return (data.answer?.choices ?? []).filter((one) => !done.has(one.id));
  }, [data]);
  return { plan: id, choices, error: id === null ? null : query.error, retry: () => void query.refetch() };
}

const most = 20;
/** The newest plans. */
export const usePlans = () =>
  useQuery({
    queryKey: ['staffing', 'plans'],
    queryFn: ({ signal }) => ask(PlanList, '/plans', { query: { limit: most }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.items.some((one: PlanSummary) => runs(one)) ? look * 5 : false),
  });

/** Asks for a plan and goes to it; `focus` is the project that its result begins with. */
export function useStartPlan() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rules }: { rules: PlanRequest; focus: string | null }) =>
      ask(PlanView, '/plans', { method: 'POST', body: bodyOf('plan', rules) }),
    onSuccess: (view, { focus }) => {
      client.setQueryData(key(view.id), view);
      void navigate(`/plan/${view.id}${focus ? `?project=${focus}` : ''}`);
    },
  });
}

/** Cancels a plan that waits or runs; one that has ended is removed. */
export function useEndPlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => tell(`/plans/${id}`, { method: 'DELETE' }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['staffing', 'plan'] }),
        client.invalidateQueries({ queryKey: ['staffing', 'plans'] }),
      ]),
  });
}

/** The weeks as they stand and with these choices; the figures of the choices before stay until the new ones come. */
export const useComparison = (id: string, choices: readonly number[], on: boolean) =>
  useQuery({
    queryKey: ['staffing', 'plan-comparison', id, choices.join(',')],
    queryFn: ({ signal }) =>
      ask(PlanComparison, `/plans/${id}/compare`, { method: 'POST', body: bodyOf('comparePlan', { choices: [...choices] }), signal }),
    placeholderData: keepPreviousData,
    enabled: on,
  });

/** Accepts choices, says so with Undo, and brings up what is on screen. Throws ApiProblem. */
export function useAcceptPlan(id: string): (body: PlanAcceptRequest, said: string) => Promise<void> {
  const client = useQueryClient();
  const undo = useUndo();
  const onlyMe = useOnlyMe();
  const stillMe = useStillMe();
  return useCallback(
    async (body, said) => {
      onlyMe();
      const path = `/plans/${id}/accept`;
      const answer = await followingOf(client).write((follow) =>
        ask(Written, path, { method: 'POST', body: bodyOf('acceptPlan', body), follow }),
      );
      await client.invalidateQueries({ queryKey: key(id) });
      if (!stillMe()) return;
      toast(said, { action: { label: 'Undo', run: () => void undo(answer.number, said) }, about: aboutSet(answer.number) });
      speak(said);
    },
    [client, id, undo, onlyMe, stillMe],
  );
}

const Moved = z.looseObject({ changedBy: z.array(LaterChange), numbers: z.array(z.number()) });

/** What changed since the plan was made, when accepting was refused for that; null for any other error. */
export function movedIn(error: unknown): { changedBy: LaterChange[]; changed: number[] } | null {
  if (!(error instanceof ApiProblem) || error.code !== 'plan-moved') return null;
  const { data } = Moved.safeParse(error.problem);
  return data ? { changedBy: data.changedBy, changed: data.numbers } : null;
}
