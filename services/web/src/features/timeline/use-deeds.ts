import type { BrokenRule } from '@sidekick/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { becameOf } from '../../api/ask.ts';
import { wordsOf } from '../../staffing/changes.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { speak } from '../../staffing/speak.ts';
import { toast } from '../../ui/toast.tsx';
import { type Deed, renewed } from './deeds.ts';

/** Does what a bar's menu, its keys and a selection ask for, as one change set each: a reason is asked for where rules break, what fails is told. */
export function useDeeds() {
  const [deed, setDeed] = useState<Deed | null>(null);
  const guarded = useGuardedSave();
  const { attempt, error, stale, busy } = guarded;
  const put = useCallback(() => {
    guarded.reset();
    setDeed(null);
  }, [guarded.reset]);
  const run = useCallback(
    async (asked: Deed, reason?: string, broken: readonly BrokenRule[] = []): Promise<boolean> => {
      setDeed(asked);
      let next: Deed | null = asked;
      let outcome: Awaited<ReturnType<typeof attempt>> | null = null;
      // What somebody else changed beside it is kept: each of the records may have to be met once.
      for (let tries = 0; next !== null && tries <= asked.commands.length; tries += 1) {
        outcome = await attempt({ commands: [...next.commands], said: next.said, ...(reason ? { reason } : {}) }, broken);
        const newest = 'stale' in outcome ? outcome.stale : null;
        next = newest ? renewed(next, newest) : null;
      }
      const isSaved = outcome !== null && 'saved' in outcome;
      if (isSaved) setDeed(null);
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
    toast(what, { tone: 'bad', detail: why });
    speak(`${what}. ${why}`);
    put();
  }, [failed, stale, error, put]);
  return { deed, run, put, refused, busy, error };
}
export type Deeds = ReturnType<typeof useDeeds>;
