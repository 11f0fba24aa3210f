import './places.css';
import type { CSSProperties } from 'react';
import { Link } from 'react-router-dom';
import type { PlannedBar } from './planned-bars.ts';
import { columnsOver, type Scale } from './scale.ts';

interface Props {
  bar: PlannedBar;
  /** Line of the grid for the arrow keys. */
  line: number;
  /** Lane of the row. */
  lane: number;
  now: number;
  scale: Scale;
}

/** A choice of a plan: an outline that leads to its reasons. */
export function PlannedLink({ bar: { span, text, title, to }, line, lane, now, scale }: Props) {
  const [column, end] = columnsOver(span, scale);
  const pad = now > span.left && span.left + span.width - now > scale.room ? now - span.left + 0.05 : 0;
  return (
    <Link
      to={to}
      tabIndex={-1}
      className={['bar', 'planned', span.cutStart && 'cs', span.cutEnd && 'ce'].filter(Boolean).join(' ')}
      style={{ '--l': span.left, '--w': span.width, '--lane': lane, '--p': pad } as CSSProperties}
      data-tip={title}
      aria-label={title}
      data-l={line}
      data-c={column}
      data-e={end}
    >
      <span className="t">
        <bdi>{text}</bdi>
      </span>
    </Link>
  );
}
