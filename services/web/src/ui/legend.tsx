import type { ReactNode } from 'react';
import { useNarrow } from './narrow.ts';

/** What the marks of a chart mean. On a phone it scrolls sideways: from the keyboard too. */
export function Legend({ children }: { children: ReactNode }) {
  const isNarrow = useNarrow();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend of a chart, no fieldset
    <div className="legend" role="group" aria-label="Legend" tabIndex={isNarrow ? 0 : undefined}>
      {children}
    </div>
  );
}
