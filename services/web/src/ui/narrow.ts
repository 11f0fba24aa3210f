import { useSyncExternalStore } from 'react';

const narrow = '(max-width:860px)';

/** Whether the screen is a phone's: one column, sheets from below. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const query = matchMedia(narrow);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(narrow).matches,
  );
