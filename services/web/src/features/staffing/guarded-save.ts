import type { BrokenRule, ChangeAnswer } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiProblem } from '../../app/api.ts';
import { brokenIn, type Change, useSave, wordsOf } from './changes.ts';

export interface GuardedSave {
  /** Rules that the last try broke. */
  refused: BrokenRule[];
  error: ApiProblem | Error | null;
  /** Somebody else changed the record meanwhile; the newest state has been read, and saving again writes over it. */
  stale: boolean;
  busy: boolean;
  /** The last try went: what was asked for stands, and a form that is about to close has nothing left to ask. */
  saved: boolean;
  /** Saves; with a reason, the codes of `broken` (or of the last refusal) are accepted. Null when refused; what stands in the way is in the state. */
  run: (change: Change, broken?: readonly BrokenRule[]) => Promise<ChangeAnswer | null>;
  /**
   * Saves as a form does: what was refused last is accepted with the reason that was typed for it; while that is missing nothing
   * is sent, and the form asks for it. Whether it was saved.
   */
  submit: (change: Change, typedReason: string) => Promise<boolean>;
  reset: () => void;
}

export const rulesOf = (broken: readonly BrokenRule[]): BrokenRule[] => broken.filter(({ severity }) => severity === 'rule');

/** Saving as every staffing form does it: broken rules come back to be accepted with a reason, a lost race is told, errors stay. */
export function useGuardedSave(): GuardedSave {
  const save = useSave();
  const client = useQueryClient();
  const [state, setState] = useState<Pick<GuardedSave, 'refused' | 'error' | 'stale' | 'busy' | 'saved'>>(idle);
  const run = useCallback(
    async (change: Change, broken: readonly BrokenRule[] = []) => {
      setState((old) => ({ ...old, error: null, busy: true, saved: false }));
      const accept = change.reason ? [...new Set(rulesOf(broken).map(({ code }) => code))] : [];
      try {
        const answer = await save({ ...change, accept });
        setState({ ...idle, saved: true });
        return answer;
      } catch (error) {
        const stale = error instanceof ApiProblem && error.status === 412;
        if (stale) await client.invalidateQueries({ queryKey: ['staffing'] });
        const refused = brokenIn(error);
        const shown = refused.length > 0 || stale ? null : error instanceof Error ? error : new Error(wordsOf(error));
        setState({ refused, error: shown, stale, busy: false, saved: false });
        return null;
      }
    },
    [save, client],
  );
  const { refused } = state;
  const submit = useCallback(
    async (change: Change, typedReason: string) => {
      const reason = refused.length > 0 ? typedReason.trim() : '';
      if (rulesOf(refused).length > 0 && reason === '') return false;
      return (await run({ ...change, ...(reason ? { reason } : {}) }, refused)) !== null;
    },
    [run, refused],
  );
  const reset = useCallback(() => setState(idle), []);
  return { ...state, run, submit, reset };
}

const idle = { refused: [], error: null, stale: false, busy: false, saved: false };

/** The message of the answer at a field of the first command. */
export function fieldError(error: Error | null, field: string): string | null {
  if (!(error instanceof ApiProblem)) return null;
  const hit = error.problem?.errors?.find(({ path }) => new RegExp(`^commands\\.0\\.(record|patch)\\.${field}(\\.|$)`).test(path));
  return hit?.message ?? null;
}
