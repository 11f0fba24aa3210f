import { useCallback, useEffect, useRef } from 'react';

/** Asks whether what called it still stands on screen: an answer that comes later leads nobody away from where they went meanwhile. */
export function useIsMounted(): () => boolean {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return useCallback(() => here.current, []);
}
