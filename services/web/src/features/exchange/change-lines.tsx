import { useCallback, useRef, useState } from 'react';
import { useNarrow } from '../../ui/narrow.ts';
import { scrolledTo, usePrinting, useScrolled } from '../../ui/scrolled.ts';
import type { Line } from './lines.ts';

/** Pixels of a line: on a phone its parts stand below each other. */
const heights = { wide: 32, narrow: 64 };
/** Pixels beyond the view that are drawn as well. */
const beyond = 400;
const doesWords = { new: 'new', change: 'changes', remove: 'goes' } as const;

/** What changes, line by line; of thousands, those in view are drawn. */
export function ChangeLines({ lines }: { lines: readonly Line[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const height = heights[useNarrow() ? 'narrow' : 'wide'];
  const [view, setView] = useState({ top: 0, height: 600 });
  const read = useCallback((element: HTMLElement) => {
    const [top, seen] = [scrolledTo(element), element.clientHeight];
    setView((old) => (old.top === top && old.height === seen ? old : { top, height: seen }));
  }, []);
  useScrolled(scroller, read);
  // Nothing is measured where there is no layout.
  const all = usePrinting() || view.height === 0;
  const start = all ? 0 : Math.max(0, Math.floor((view.top - beyond) / height));
  const end = all ? lines.length : Math.min(lines.length, Math.ceil((view.top + view.height + beyond) / height));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section ref={scroller} className="xch" tabIndex={0} aria-label="What changes">
      <table aria-rowcount={lines.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th className="num">Row</th>
            <th>What</th>
            <th>Column</th>
            <th>Before</th>
            <th>After</th>
          </tr>
        </thead>
        <tbody>
          <Space height={start * height} />
          {lines.slice(start, end).map((line, at) => (
            <ChangeLine key={line.key} line={line} height={height} index={start + at + 2} />
          ))}
          <Space height={(lines.length - end) * height} />
        </tbody>
      </table>
    </section>
  );
}

/** In the place of lines that are not drawn. */
const Space = ({ height }: { height: number }) => (height > 0 ? <tr style={{ height }} /> : null);

function ChangeLine({ line: { row, what, does, head, before, after }, height, index }: { line: Line; height: number; index: number }) {
  const isField = does === 'change';
  return (
    <tr className={does} aria-rowindex={index} style={{ height }}>
      <td className="num">{row}</td>
      <td title={what}>
        <bdi>{what}</bdi>
      </td>
      <td>{isField ? head : <i className="xch-d">{doesWords[does]}</i>}</td>
      <td title={before}>{isField && <Value text={before} />}</td>
      <td title={after}>{does !== 'remove' && <Value text={after} />}</td>
    </tr>
  );
}

const Value = ({ text }: { text: string }) => (text === '' ? <i className="muted">blank</i> : <bdi>{text}</bdi>);
