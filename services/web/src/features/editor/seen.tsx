import { type ReactNode, useEffect, useRef } from 'react';

/** Brings what is new into sight: Save stays at the top of a long text while its answer would stand above the window. */
export function Seen({ when, children }: { when: unknown; children: ReactNode }) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (when) own.current?.scrollIntoView?.({ block: 'nearest' });
  }, [when]);
  return (
    <div ref={own} className="seen">
      {children}
    </div>
  );
}
