import type { Heading } from '@sidekick/contracts';
import { type MouseEvent, useEffect, useState } from 'react';

/** Pixels from the top below which a heading counts as being read: the bar and a line of air. */
const reading = 96;

const inContents = (headings: Heading[]): Heading[] => headings.filter(({ level }) => level === 2 || level === 3);

/** The same list above the text, closed, where the window has no room for one beside it: on a phone. */
export function FoldedToc({ headings }: { headings: Heading[] }) {
  const shown = inContents(headings);
  if (shown.length < 2) return null;
  const close = ({ currentTarget }: MouseEvent<HTMLElement>) => currentTarget.closest('details')?.removeAttribute('open');
  return (
    <details className="toc-f">
      <summary>On this page</summary>
      <nav className="toc" aria-label="On this page">
        {shown.map(({ id, level, text }) => (
          <a key={id} href={`#${encodeURIComponent(id)}`} data-level={level} onClick={close}>
            {text}
          </a>
        ))}
      </nav>
    </details>
  );
}

/** Headings of levels 2 and 3; the one being read is marked. */
export function Toc({ headings }: { headings: Heading[] }) {
  const shown = inContents(headings);
  const current = useCurrentHeading(shown.map(({ id }) => id));
  if (shown.length < 2) return null;
  return (
    <section className="toc-s">
      <h2>On this page</h2>
      <nav className="toc" aria-label="On this page">
        {shown.map(({ id, level, text }) => (
          <a key={id} href={`#${encodeURIComponent(id)}`} data-level={level} aria-current={id === current ? 'true' : undefined}>
            {text}
          </a>
        ))}
      </nav>
    </section>
  );
}

function useCurrentHeading(ids: string[]): string | undefined {
  const [current, setCurrent] = useState<string | undefined>(ids[0]);
  const key = ids.join('\n');
  useEffect(() => {
    const names = key === '' ? [] : key.split('\n');
    const elements = names.map((id) => document.getElementById(id)).filter((element) => element !== null);
    const look = () => {
      const above = elements.filter((element) => element.getBoundingClientRect().top <= reading);
      const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2 && window.scrollY > 0;
      setCurrent((atEnd ? elements.at(-1) : (above.at(-1) ?? elements[0]))?.id);
    };
    if (typeof IntersectionObserver === 'undefined') return look();
    // It tells of each heading at first, once they are laid out.
    const observer = new IntersectionObserver(look, { rootMargin: `-${reading}px 0px 0px 0px`, threshold: [0, 1] });
    for (const element of elements) observer.observe(element);
    window.addEventListener('scrollend', look);
    return () => {
      observer.disconnect();
      window.removeEventListener('scrollend', look);
    };
  }, [key]);
  return current;
}
