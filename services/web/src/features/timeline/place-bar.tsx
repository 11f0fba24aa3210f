import './places.css';
import type { CSSProperties } from 'react';
import type { PlaceBar } from './place-bars.ts';
import { columnsOver, type Scale } from './scale.ts';

interface Props {
  bar: PlaceBar;
  /** Line of the grid for the arrow keys. */
  line: number;
  /** Lane of the row. */
  lane: number;
  now: number;
  scale: Scale;
  /** Whether its ends can be taken hold of. */
  edges: boolean;
}

/** An open place: an outline with its words. */
export function PlaceButton({ bar: { place, span, text, title }, line, lane, now, scale, edges }: Props) {
  const [column, end] = columnsOver(span, scale);
  const pad = now > span.left && span.left + span.width - now > scale.room ? now - span.left + 0.05 : 0;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={['bar', 'place', span.cutStart && 'cs', span.cutEnd && 'ce'].filter(Boolean).join(' ')}
      style={{ '--l': span.left, '--w': span.width, '--lane': lane, '--p': pad } as CSSProperties}
      data-tip={title}
      aria-label={title}
      aria-haspopup="dialog"
      data-place={place.id}
      data-l={line}
      data-c={column}
      data-e={end}
    >
      <span className="t">
        <bdi>{text}</bdi>
      </span>
      {edges && !span.cutStart && <i className="edge s" data-grip="start" />}
      {edges && !span.cutEnd && <i className="edge e" data-grip="end" />}
    </button>
  );
}
