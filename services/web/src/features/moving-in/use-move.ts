import { SheetMoved, SheetMovePreview } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask, bodyOf } from '../../api/ask.ts';
import { useOnlyMe, useStillMe } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { followingOf } from '../../staffing/following.ts';
import type { Move } from './corrections.ts';

interface Preview {
  /** The newest answer; it stays while a correction is read. */
  readonly answer: SheetMovePreview | null;
  readonly error: Error | null;
  /** A reading is under way. */
  readonly busy: boolean;
  readonly again: () => void;
}

/** How the portal reads a sheet with what was corrected: asked again with every correction, the newest answer counts. */
export function usePreviewOf({ name, content, corrections }: Move): Preview {
  const [state, setState] = useState<Omit<Preview, 'again'>>({ answer: null, error: null, busy: false });
  const [count, setCount] = useState(0);
  const said = JSON.stringify(corrections);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `count` asks again
  useEffect(() => {
    if (content === '') return setState({ answer: null, error: null, busy: false });
    const stop = new AbortController();
    setState((old) => ({ ...old, busy: true }));
    const body = bodyOf('previewSheetMove', { name, content, corrections: JSON.parse(said) });
    ask(SheetMovePreview, '/staffing-sheets/moves/preview', { method: 'POST', body, signal: stop.signal }).then(
      (answer) => !stop.signal.aborted && setState({ answer, error: null, busy: false }),
      (error: unknown) =>
        !stop.signal.aborted &&
        setState((old) => ({ ...old, error: error instanceof Error ? error : new Error(String(error)), busy: false })),
    );
    return () => stop.abort();
  }, [name, content, said, count]);
  return { ...state, again: () => setCount((old) => old + 1) };
}

/** Writes what a preview told, under one id until it went: sent again after a lost answer it is the same change set. */
export function useCommit() {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const last = useRef({ of: '', id: '' });
  const onlyMe = useOnlyMe();
  const stillMe = useStillMe();
  const commit = async ({ name, content, corrections }: Move, expects: string): Promise<SheetMoved | null> => {
    if (last.current.of !== expects) last.current = { of: expects, id: ulid() };
    setBusy(true);
    setError(null);
    try {
      onlyMe();
      const body = bodyOf('commitSheet', { name, content, corrections, expects, id: last.current.id });
      const moved = await ask(SheetMoved, '/staffing-sheets/commit', { method: 'POST', body });
      last.current = { of: '', id: '' };
      await followingOf(client).catchUp();
      return stillMe() ? moved : null;
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { commit, busy, error, reset: () => setError(null) };
}
