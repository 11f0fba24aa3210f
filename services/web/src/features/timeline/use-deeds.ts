import type { BrokenRule } from '@sidekick/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { becameOf } from '../../api/ask.ts';
import { wordsOf } from '../../staffing/changes.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { type Deed, renewed } from './deeds.ts';
import { tell } from './tell.ts';

/** Does what a bar's menu, its keys and a selection ask for, as one change set each: a reason is asked for where rules break, what fails is told. */
export function useDeeds() {
  const [deed, setDeed] = useState<Deed | null>(null);
  const guarded = useGuardedSave();
  const { attempt, error, stale, busy } = guarded;
  const running = useRef(false);
  const put = useCallback(() => {
    guarded.reset();
    setDeed(null);
  }, [guarded.reset]);
  const run = useCallback(
    async (asked: Deed, reason?: string, broken: readonly BrokenRule[] = []): Promise<boolean> => {
      // One at a time: what the one before is refused for would be lost.
      if (running.current) {
        tell('Not done: the change before it is still being saved');
        return false;
      }
      running.current = true;
      setDeed(asked);
      let next: Deed | null = asked;
      let outcome: Awaited<ReturnType<typeof attempt>> | null = null;
      // What somebody else changed beside it is kept: each of the records may have to be met once.
      for (let tries = 0; next !== null && tries <= asked.commands.length; tries += 1) {
        outcome = await attempt({ commands: [...next.commands], said: next.said, ...(reason ? { reason } : {}) }, broken);
        const newest = 'stale' in outcome ? outcome.stale : null;
        next = newest ? renewed(next, newest) : null;
      }
      running.current = false;
      const isSaved = outcome !== null && 'saved' in outcome;
      if (isSaved) setDeed((old) => (old === asked ? null : old));
      return isSaved;
    },
    [attempt],
  );
  const refused = rulesOf(guarded.refused);
  const failed = deed !== null && refused.length === 0 && !busy && (error !== null || stale);
  useEffect(() => {
    if (!failed) return;
    const what = becameOf(error, 'Not saved', 'it was saved');
    const why = stale ? 'Somebody changed it first. What you see is the newest state.' : wordsOf(error);
    tell(what, why);
    put();
  }, [failed, stale, error, put]);
  return { deed, run, put, refused, busy, error };
}
export type Deeds = ReturnType<typeof useDeeds>;
