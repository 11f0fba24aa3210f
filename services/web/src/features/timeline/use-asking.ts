import type { Command, PreviewAnswer } from '@sidekick/contracts';
import { useCallback, useEffect, useRef } from 'react';
import { preview } from '../../staffing/changes.ts';

const restMs = 120;

/** Asks what commands would break and change once they have rested under a pointer; an answer that came too late is dropped. */
export function useAsking() {
  const asked = useRef<AbortController | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    asked.current?.abort();
  }, []);
  useEffect(() => forget, [forget]);
  const ask = useCallback(
    (commands: readonly Command[], answered: (answer: PreviewAnswer) => void) => {
      forget();
      const controller = new AbortController();
      asked.current = controller;
      timer.current = setTimeout(() => {
        preview([...commands], controller.signal)
          .then((answer) => {
            if (!controller.signal.aborted) answered(answer);
          })
          // A preview that fails leaves what goes on as it is: saving says what is wrong.
          .catch(() => undefined);
      }, restMs);
    },
    [forget],
  );
  return { ask, forget };
}
