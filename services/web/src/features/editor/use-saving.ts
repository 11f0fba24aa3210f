import type { PageMoved, PageView } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ApiProblem, isOutcomeUnknown, NothingSent } from '../../api/ask.ts';
import { useIsMounted } from '../../app/is-mounted.ts';
import { useOnlyMe, useStillMe, useToast } from '../../app/session.tsx';
import type { Unsaved } from '../../app/unsaved.ts';
import { hrefOf, usePatchPage } from '../handbook/index.ts';
import type { Draft, Fields } from './draft.ts';
import { mergeFields } from './merge-fields.ts';
import { type Lost, type PutBack, type Saved, savePage, sayChanges } from './save.ts';
import type { DraftInHand } from './use-draft.ts';

export interface Loaded {
  page: PageView;
  body: string;
}
interface Failed {
  error: ApiProblem;
  /** What became of the save, in words; null where the error says all of it, and nothing is left to save. */
  what: string | null;
}

/**
 * Saves, merges with what others saved, and leads to the page, unless somebody went elsewhere or wrote on meanwhile. `lost` is what
 * has to be chosen first; `moving`: pages are on their way to their new addresses.
 */
export function useSaving({ page, body }: Loaded, draft: DraftInHand, unsaved: Unsaved<Draft>) {
  const [failed, setFailed] = useState<Failed | null>(null);
  const [lost, setLost] = useState<Lost | null>(null);
  const [busy, setBusy] = useState(false);
  const [moving, setMoving] = useState(false);
  const [along, setAlong] = useState(true);
  const sent = useRef<Fields | null>(null);
  /** Nobody knows whether an earlier try was saved: one that sent nothing changes nothing about that. */
  const unsure = useRef(false);
  const patchPage = usePatchPage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const here = useIsMounted();
  const stillMe = useStillMe();
  const onlyMe = useOnlyMe();
  const toast = useToast();
  const edit = { label: 'Open the editor', run: () => void navigate(`/edit/${page.id}`) };
  const done = (saved: Extract<Saved, { did: 'saved' }>, written: Draft, movedBelow: number) => {
    sent.current = written.fields;
    unsure.current = false;
    void client.invalidateQueries({ queryKey: ['content'] });
    const wroteOn = here() && draft.latest().fields !== written.fields;
    if (!wroteOn) unsaved.drop(here() ? undefined : written);
    const read = { label: 'Read it', run: () => void navigate(hrefOf(saved.path)) };
    const merged = sayChanges(saved.since);
    const also = [
      movedBelow > 0 && `${movedBelow === 1 ? 'One page' : `${movedBelow} pages`} below moved along`,
      merged !== '' && `Merged with what ${merged.replace(' changed ', ' changed meanwhile: ')}`,
      wroteOn && 'What you wrote since is not in it yet: save again.',
    ];
    const detail = also.filter(Boolean).join('. ') || undefined;
    toast(`Published “${saved.title}”`, { detail, action: here() && !wroteOn ? undefined : read });
    if (wroteOn) setLost(null);
    else if (here()) void navigate(hrefOf(saved.path));
  };
  const ask = (next: Lost) => {
    if (!stillMe()) return;
    setLost(next);
    if (!here()) toast(`“${page.title}” was not saved`, { tone: 'bad', detail: 'Somebody else changed the same.', action: edit });
  };
  /** All but its place is saved, and what was written since goes on from there. */
  const putBack = ({ problem, stored, base }: PutBack, written: Draft) => {
    void client.invalidateQueries({ queryKey: ['content'] });
    if (!here()) {
      unsaved.drop(written);
      return void toast(`“${page.title}” stays where it stood`, { tone: 'bad', detail: problem.message, action: edit });
    }
    const { fields: mine } = draft.latest();
    // From what was sent, not from what it was merged with on the way: what somebody else saved meanwhile is no change of this form's.
    const merge = mergeFields(written.fields, mine, stored);
    if (merge.asked.length > 0 || merge.text.some(({ kind }) => kind === 'asked'))
      return setLost({ merge, mine, theirs: stored, base, since: [] });
    setLost(null);
    setFailed({ error: problem, what: null });
    draft.rebase(merge.fields, stored, base);
  };
  const fail = (failure: unknown, written: Draft, movedTo: string | null) => {
    // Whoever has signed in since is told nothing of it; the text waits for its account.
    if (!stillMe()) return;
    const error = failure instanceof ApiProblem ? failure : new ApiProblem(0, 'failed', String(failure));
    const sentNothing = error instanceof NothingSent;
    if (!sentNothing && (isOutcomeUnknown(error) || error.status >= 500)) sent.current = written.fields;
    unsure.current = isOutcomeUnknown(error) || (sentNothing && unsure.current);
    setFailed({ error, what: whatBecame(unsure.current, movedTo) });
    if (!here() && error.code !== 'other-account')
      toast(unsure.current ? `It is not known whether “${page.title}” was saved` : `“${page.title}” was not saved`, {
        tone: 'bad',
        detail: 'Your text is kept.',
        action: edit,
      });
  };
  const send = async (written: Draft, follow = along) => {
    const base = written.base;
    if (!base) return;
    let movedTo: string | null = null;
    let movedBelow = 0;
    const moved = (answer: PageMoved) => {
      movedTo = answer.path;
      movedBelow = answer.moved;
      setMoving(false);
      const left = orphanedDrafts(answer);
      if (left) toast(left.text, { tone: 'bad', detail: left.detail });
    };
    setBusy(true);
    setMoving(follow && base.fields.path !== '' && written.fields.path !== base.fields.path);
    setFailed(null);
    setAlong(follow);
    try {
      const saving = { page, body, patchPage, onlyMe, along: follow, sent: sent.current, moved };
      const saved = await savePage(saving, { ...written, base });
      if (saved.did === 'saved') done(saved, written, movedBelow);
      else if (saved.did === 'put-back') putBack(saved.back, written);
      else ask(saved.lost);
    } catch (failure) {
      fail(failure, written, movedTo);
    } finally {
      setBusy(false);
      setMoving(false);
    }
  };
  return { send, busy, moving, failed, lost, settle: () => setLost(null) };
}

function whatBecame(isUnknown: boolean, movedTo: string | null): string {
  const rest = isUnknown ? 'it is not known whether the rest was saved' : 'the rest was not saved';
  if (movedTo !== null) return `The page is at /${movedTo} now, but ${rest}. Your text is still here${isUnknown ? ': save again' : ''}.`;
  if (isUnknown) return 'No answer came, so it is not known whether it was saved. Your text is still here: save again.';
  return 'It was not saved. Your text is still here.';
}

/** Pages below that kept their address, with the first reason; null when all moved along. */
function orphanedDrafts({ left }: PageMoved): { text: string; detail: string } | null {
  const [first, ...more] = left;
  if (!first) return null;
  const others = more.length > 0 ? `, and ${more.length} more` : '';
  const text = `${left.length === 1 ? 'One page' : `${left.length} pages`} below did not move along`;
  return { text, detail: `/${first.path}: ${first.reason}${others}` };
}
