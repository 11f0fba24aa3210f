import { BrokenRule, type ChangeAnswer, type Command, LaterChange, PreviewAnswer } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { z } from 'zod';
import { ApiProblem, ask, bodyOf, undoFailed } from '../api/ask.ts';
import { useOnlyMe, useStillMe } from '../app/session.tsx';
import { ulid } from '../app/ulid.ts';
import { dropToasts, toast } from '../ui/toast.tsx';
import { followingOf, Written } from './following.ts';
import { previewKey } from './preview-key.ts';
import { speak } from './speak.ts';

export interface Change {
  commands: Command[];
  /** What was done, in one sentence: shown with Undo and spoken. */
  said: string;
  /** What somebody else changed meanwhile, told beside it. */
  also?: string;
  accept?: string[];
  reason?: string;
}

/** Broken rules of a refused change set; empty for any other error. */
export function brokenIn(error: unknown): BrokenRule[] {
  if (!(error instanceof ApiProblem) || error.code !== 'broken-rules') return [];
  const parsed = z.array(BrokenRule).safeParse((error.problem as { broken?: unknown } | null)?.broken);
  return parsed.success ? parsed.data : [];
}

export const aboutSet = (number: number): string => `change set ${number}`;

/** The sentence of an error for a person. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'This did not work. Try again.');

/** Saves a change set under an id (sent again with the same one, it answers what is stored), brings up what is on screen by the answer, says what was done and offers Undo for 10 s. Throws ApiProblem. */
export function useSave(): (change: Change, id: string) => Promise<ChangeAnswer> {
  const client = useQueryClient();
  const undo = useUndo();
  const say = useSaying();
  const onlyMe = useOnlyMe();
  return useCallback(
    async ({ commands, said, also, accept, reason }: Change, id: string) => {
      const body = bodyOf('change', { id, commands, accept: accept ?? [], ...(reason ? { reason } : {}) });
      // A preview under way would find the commands done already, and be refused for that.
      await client.cancelQueries({ queryKey: previewKey });
      onlyMe();
      const answer = await followingOf(client).write((follow) => ask(Written, '/changes', { method: 'POST', body, follow }));
      const warnings = answer.warnings.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
      const detail = [also, ...warnings].filter(Boolean).join(' · ');
      const action = { label: 'Undo', run: () => void undo(answer.number, said) };
      const options = { detail: detail || undefined, action, about: aboutSet(answer.number) };
      say(said, options, also ? `${said}. ${also}` : said);
      return answer;
    },
    [client, undo, say, onlyMe],
  );
}

/** The change sets that came over one that cannot be taken back for that. */
export interface InTheWay {
  /** Ascending, the newest of them. */
  readonly later: readonly LaterChange[];
  /** How many there are. */
  readonly all: number;
}
const ChangedSince = z.looseObject({ changedBy: z.array(LaterChange).min(1), numbers: z.array(z.number()) });

function inTheWay(error: unknown): InTheWay | null {
  if (!(error instanceof ApiProblem) || error.code !== 'changed-since') return null;
  const parsed = ChangedSince.safeParse(error.problem);
  return parsed.success ? { later: parsed.data.changedBy, all: parsed.data.numbers.length } : null;
}

/**
 * Takes back a change set; what stands in the way is said, not thrown. Whoever shows the later change sets beside it is told them
 * (`refused`), and nothing is said then. Answers whether it went.
 */
export function useUndo(
  refused?: (inTheWay: InTheWay) => void,
): (number: number, said: string, word?: 'Undone' | 'Done again') => Promise<boolean> {
  const client = useQueryClient();
  const say = useSaying();
  return useCallback(
    async (number, said, word = 'Undone') => {
      try {
        const path = `/changes/${number}/undo`;
        const answer = await followingOf(client).write((follow) => ask(Written, path, { method: 'POST', follow }), true);
        dropToasts(aboutSet(number));
        say(`${word}: ${said}`, { about: aboutSet(answer.number) });
        return true;
      } catch (error) {
        const later = refused ? inTheWay(error) : null;
        if (later) refused?.(later);
        else say(undoFailed(error), { tone: 'bad', detail: wordsOf(error) }, null);
        return false;
      }
    },
    [client, say, refused],
  );
}

/** Says what became of a change, on screen and in spoken words, as long as the account that made it is the one that reads. */
function useSaying(): (text: string, options?: Parameters<typeof toast>[1], spoken?: string | null) => void {
  const stillMe = useStillMe();
  return useCallback(
    (text, options, spoken = text) => {
      if (!stillMe()) return;
      toast(text, options);
      if (spoken !== null) speak(spoken);
    },
    [stillMe],
  );
}

/** What saving would break and what the touched weeks look like then. Writes nothing. Throws ApiProblem. */
export const preview = (commands: Command[], signal?: AbortSignal): Promise<PreviewAnswer> =>
  ask(PreviewAnswer, '/changes/preview', { method: 'POST', body: bodyOf('previewChange', { id: ulid(), commands, accept: [] }), signal });
