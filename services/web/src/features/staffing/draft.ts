import { useCallback, useState } from 'react';
import { onForget } from '../../app/forget.ts';

const kept = new Map<string, unknown>();
onForget(() => kept.clear());

/**
 * State of a form that outlives its closing: opened again under the same key, what was typed is still there. `clear` forgets it,
 * after a save or when told to. Lives as long as the page.
 */
export function useDraft<T extends object>(
  key: string,
  initial: () => T,
): [T, (patch: Partial<T>) => void, { clear: () => void; restored: boolean }] {
  const [restored] = useState(() => kept.has(key));
  const [state, setState] = useState<T>(() => (kept.get(key) as T | undefined) ?? initial());
  const patch = useCallback(
    (change: Partial<T>) =>
      setState((old) => {
        const next = { ...old, ...change };
        kept.set(key, next);
        return next;
      }),
    [key],
  );
  const clear = useCallback(() => {
    kept.delete(key);
  }, [key]);
  return [state, patch, { clear, restored }];
}
