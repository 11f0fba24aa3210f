import type { ReactNode } from 'react';

/** A table of the screen; where it is wider than its place it scrolls sideways, by keyboard too. */
export const Table = ({ label, heads, children }: { label: string; heads: ReactNode; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reachable by keyboard
  <section className="scrollx" aria-label={label} tabIndex={0}>
    <table className="qs">
      <thead>
        <tr>{heads}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);
