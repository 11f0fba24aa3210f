import type { ChangeSetView } from '@sidekick/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiProblem, ask } from '../api/ask.ts';
import { isTyping } from '../app/hotkeys.ts';
import { composing } from '../app/input-method.ts';
import { useSession, useStillMe } from '../app/session.tsx';
import { toast } from '../ui/toast.tsx';
import { useUndo, wordsOf } from './changes.ts';
import { ChangeSets, changesQuery } from './held.ts';
import { useChanges } from './queries.ts';
import { useWhole } from './shown-records.ts';
import { speak } from './speak.ts';
import { overtakenBy, undoneIn, undoState } from './undo.ts';

/** Change sets that undo and redo look back over. */
const lookedOver = 50;

/** Undo and redo of one's own last change sets; used by the buttons and by the key `u`. */
export function useUndoRedo(on: boolean) {
  const { me } = useSession();
  // What was done before may be long, and is read once what is on screen is here.
  const changes = useChanges(lookedOver, useWhole() && on);
  const run = useUndo();
  const sets = changes.data?.items ?? [];
  const { undo, redo, skipped } = undoState(sets, me?.account ?? '');
  return {
    undo: undo && { summary: undo.summary, run: () => void run(undo.number, undo.summary) },
    redo: redo && { summary: undoneIn(redo, sets), run: () => void run(redo.number, undoneIn(redo, sets), 'Done again') },
    /** Why a newer own change is not the one that Undo offers. */
    why: skipped && `“${skipped.summary}” cannot be undone: ${overtakenBy(skipped, sets)}`,
  };
}

/** The newest change sets, and one's own of however long ago: a part of the release before tells those among the newest alone. */
async function lastSets(client: QueryClient, by: string): Promise<ChangeSetView[]> {
  const newest = client.fetchQuery({ ...changesQuery(lookedOver), staleTime: 0 });
  const own = ask(ChangeSets, '/changes', { query: { limit: lookedOver, by } }).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.status === 400) return { items: [] };
    throw error;
  });
  const all = [...(await newest).value.items, ...(await own).items];
  return [...new Map(all.map((set) => [set.number, set])).values()].sort((a, b) => b.number - a.number);
}

type Step = 'undo' | 'redo';

/** The step that a key asks for: Ctrl/Cmd Z undoes, with Shift (or Ctrl Y) it is done again. */
function stepOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Step | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' && ctrlKey && !shiftKey ? 'redo' : null;
}

/**
 * Ctrl/Cmd Z and Ctrl/Cmd Shift Z over all of staffing. Each press asks what stands now, so that a reload or another tab changes nothing
 * of it, and waits for the one before. What somebody has overtaken is told, with who and what, and the older one is offered, not taken.
 */
export function useUndoKeys(on: boolean): void {
  const { me } = useSession();
  const client = useQueryClient();
  const run = useUndo();
  const stillMe = useStillMe();
  const account = me?.account ?? '';
  const tell = (text: string, options: Parameters<typeof toast>[1] = {}) => {
    if (!stillMe()) return;
    toast(text, { tone: 'bad', ...options });
    speak([text, options.detail].filter(Boolean).join('. '));
  };
  const take = async (step: Step) => {
    const sets = await lastSets(client, account);
    const { undo, redo, skipped, lost } = undoState(sets, account);
    const overtaken = step === 'undo' ? skipped : lost;
    if (overtaken) {
      const action = step === 'undo' && undo ? { label: 'Undo the one before', run: () => void run(undo.number, undo.summary) } : undefined;
      const what = step === 'undo' ? 'undone' : 'done again';
      tell(`This cannot be ${what}: ${step === 'undo' ? overtaken.summary : undoneIn(overtaken, sets)}`, {
        detail: overtakenBy(overtaken, sets),
        action,
      });
    } else if (step === 'undo' && undo) await run(undo.number, undo.summary);
    else if (step === 'redo' && redo) await run(redo.number, undoneIn(redo, sets), 'Done again');
    else tell(step === 'undo' ? 'You have nothing to undo' : 'You have nothing to do again');
  };
  const latest = useRef(take);
  latest.current = take;
  const failed = useRef((_error: unknown) => {});
  failed.current = (error) => tell('What you did last could not be read', { detail: wordsOf(error) });
  useEffect(() => {
    if (!on) return;
    let before = Promise.resolve();
    let left = false;
    const pressed = (event: KeyboardEvent) => {
      const step = stepOf(event);
      if (!step || event.defaultPrevented || composing(event) || isTyping(event.target)) return;
      if (document.querySelector('[aria-modal=true]')) return;
      event.preventDefault();
      // A key that is held is pressed once.
      if (event.repeat) return;
      before = before.then(() => (left ? undefined : latest.current(step))).catch((error: unknown) => failed.current(error));
    };
    document.addEventListener('keydown', pressed);
    return () => {
      left = true;
      document.removeEventListener('keydown', pressed);
    };
  }, [on]);
}
