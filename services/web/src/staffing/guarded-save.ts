import type { BrokenRule, ChangeAnswer, Command } from '@sidekick/contracts';
import { type Query, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { z } from 'zod';
import { ApiProblem } from '../api/ask.ts';
import { ulid } from '../app/ulid.ts';
import { brokenIn, type Change, useSave, wordsOf } from './changes.ts';
import { followingOf } from './following.ts';
import { previewKey } from './preview-key.ts';

export interface GuardedSave {
  /** Rules that the last try broke; one that failed for another reason has not asked them anew. */
  refused: BrokenRule[];
  error: ApiProblem | Error | null;
  /** Somebody else changed the record meanwhile, and nothing was saved. */
  stale: boolean;
  busy: boolean;
  /** The last try went: what was asked for stands, and a form that is about to close has nothing left to ask. */
  saved: boolean;
  /** Saves; with a reason, the codes of `broken` are accepted. Null when refused; what stands in the way is in the state. */
  run: (change: Change, broken?: readonly BrokenRule[]) => Promise<ChangeAnswer | null>;
  /** The same, and after a lost race the record as it stands now. */
  attempt: (change: Change, broken?: readonly BrokenRule[]) => Promise<Attempt>;
  reset: () => void;
}

/** A record as the answer to a lost race shows it; version and record null once it is deleted. */
const Current = z.looseObject({ id: z.string(), version: z.number().nullable(), record: z.record(z.string(), z.unknown()).nullish() });
export interface Newest {
  version: number | null;
  record: Record<string, unknown> | null;
}
export type Attempt = { saved: ChangeAnswer } | { stale: Newest | null } | { refused: true; error: unknown };

export const rulesOf = (broken: readonly BrokenRule[]): BrokenRule[] => broken.filter(({ severity }) => severity === 'rule');

/** Saving as every staffing form does it: broken rules come back to be accepted with a reason, a lost race is told, errors stay. */
export function useGuardedSave(): GuardedSave {
  const save = useSave();
  const client = useQueryClient();
  const [state, setState] = useState<Pick<GuardedSave, 'refused' | 'error' | 'stale' | 'busy' | 'saved'>>(idle);
  const last = useRef({ of: '', id: '' });
  const attempt = useCallback(
    async (change: Change, broken: readonly BrokenRule[] = []): Promise<Attempt> => {
      setState((old) => ({ ...old, error: null, busy: true, saved: false }));
      const accept = change.reason ? [...new Set(rulesOf(broken).map(({ code }) => code))] : [];
      // The same asked again, after an answer that was lost, is the same change set.
      const of = JSON.stringify([change.commands, accept, change.reason]);
      if (last.current.of !== of) last.current = { of, id: ulid() };
      try {
        const answer = await save({ ...change, accept }, last.current.id);
        last.current = { of: '', id: '' };
        setState({ ...idle, saved: true });
        return { saved: answer };
      } catch (error) {
        const stale = error instanceof ApiProblem && error.status === 412;
        if (stale) void followingOf(client).catchUp();
        const refused = brokenIn(error);
        // What the own preview said before is older than the refusal; what stands in other forms holds until it is asked anew.
        if (refused.length > 0) {
          const isOwn = asksAbout(change.commands);
          void client.resetQueries({ queryKey: previewKey, predicate: isOwn });
          void client.invalidateQueries({ queryKey: previewKey, predicate: (query) => !isOwn(query) });
        }
        const shown = refused.length > 0 || stale ? null : error instanceof Error ? error : new Error(wordsOf(error));
        const open = (old: BrokenRule[]) => (refused.length > 0 || stale ? refused : old);
        setState((old) => ({ refused: open(old.refused), error: shown, stale, busy: false, saved: false }));
        return stale ? { stale: newestOf(error) } : { refused: true, error };
      }
    },
    [save, client],
  );
  const run = useCallback(
    async (change: Change, broken: readonly BrokenRule[] = []) => {
      const outcome = await attempt(change, broken);
      return 'saved' in outcome ? outcome.saved : null;
    },
    [attempt],
  );
  const reset = useCallback(() => setState(idle), []);
  return { ...state, run, attempt, reset };
}

/** Finds the previews of commands about the same records. */
function asksAbout(commands: readonly Command[]): (query: Pick<Query, 'queryKey'>) => boolean {
  const ids = commands.map(({ id }) => id);
  return ({ queryKey }) => ids.some((id) => String(queryKey[previewKey.length]).includes(id));
}

function newestOf(error: ApiProblem): Newest | null {
  const read = Current.safeParse((error.problem as { current?: unknown } | null)?.current);
  if (!read.success) return null;
  const { id, version, record } = read.data;
  return { version, record: record && version !== null ? { ...record, id, version } : null };
}

const idle = { refused: [], error: null, stale: false, busy: false, saved: false };

/** The message of the answer at a field of the first command. */
export function fieldError(error: Error | null, field: string): string | null {
  if (!(error instanceof ApiProblem)) return null;
  const hit = error.problem?.errors?.find(({ path }) => new RegExp(`^commands\\.0\\.(record|patch)\\.${field}(\\.|$)`).test(path));
  return hit?.message ?? null;
}
