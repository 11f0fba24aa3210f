import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The part of a screen that lives in its address: null takes a key away. What opens is a step that Back closes. */
export function useAddress(): [URLSearchParams, (patch: Record<string, string | null>, how?: { replace?: boolean }) => void] {
  const [params, setParams] = useSearchParams();
  const patch = useCallback(
    (changes: Record<string, string | null>, how: { replace?: boolean } = {}) => {
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(changes)) {
            if (value === null) next.delete(key);
            else next.set(key, value);
          }
          return next;
        },
        { replace: how.replace ?? false, preventScrollReset: true },
      );
    },
    [setParams],
  );
  return [params, patch];
}
