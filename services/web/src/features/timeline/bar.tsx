import { type CSSProperties, memo, useContext } from 'react';
import { BarMarks } from './bar-marks.ts';
import type { Bar } from './bars.ts';
import { spanOf } from './geometry.ts';
import { columnsOver, type Scale } from './scale.ts';

interface Props {
  bar: Bar;
  /** Line of the grid for the arrow keys. */
  line: number;
  now: number;
  scale: Scale;
  /** Shown as picked up by the keyboard. */
  moving: boolean;
  edges: boolean;
}

/** Everything that a bar tells, line by line. */
export const wordsOf = ({ title, note, notches }: Bar): string[] => [
  title,
  ...(note === null ? [] : [`Note: ${note}`]),
  ...notches.map((notch) => notch.title),
];

/** One assignment. Role is told by fill and word, tentative by dashes; a notch is leave, the dashed end is after the contract. */
export const BarButton = memo(function BarButton({ bar, line, now, scale, moving, edges }: Props) {
  const { assignment, span, notches, undone, days } = bar;
  const [column, end] = columnsOver(span, scale);
  const { cut, selected } = useContext(BarMarks);
  const isSelected = selected.has(assignment.id);
  const second = cut?.id === assignment.id ? spanOf({ from: cut.day, to: assignment.to }, scale) : null;
  const right = span.left + span.width;
  // The label starts after today, so that the line never runs through it.
  const pad = now > span.left && right - now > scale.room ? now - span.left + 0.05 : 0;
  const style = { '--l': span.left, '--w': span.width, '--lane': bar.lane, '--p': pad } as CSSProperties;
  const words = wordsOf(bar).join('\n');
  const classes = [
    'bar',
    assignment.role,
    bar.tentative && 'tentative',
    undone && undone.left <= span.left && 'gone',
    span.cutStart && 'cs',
    span.cutEnd && 'ce',
    moving && 'moving',
    isSelected && 'sel',
  ];
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.filter(Boolean).join(' ')}
      style={style}
      data-tip={words}
      aria-label={words}
      aria-pressed={isSelected || undefined}
      data-bar={assignment.id}
      data-l={line}
      data-c={column}
      data-e={end}
    >
      {assignment.role === 'sidekick' && (
        <svg className="h" aria-hidden="true">
          <rect className="hatch" width="100%" height="100%" />
        </svg>
      )}
      {bar.although && (
        <i className="mk" aria-hidden="true">
          !
        </i>
      )}
      {bar.note !== null && (
        <i className="mk nk" aria-hidden="true">
          “
        </i>
      )}
      <span className="t">
        <bdi>{bar.name}</bdi>
        {'\u00a0· '}
        {bar.perWeek.replace(' ', '\u00a0')}
      </span>
      {notches.map((notch) => (
        <i key={notch.key} className="nt" style={{ '--nl': notch.left, '--nw': notch.width } as CSSProperties}>
          {notch.width > 0.5 || days.length > 0 ? notch.word : ''}
        </i>
      ))}
      {days.map(({ left, text }) => (
        <i key={left} className="dh" style={{ '--nl': left } as CSSProperties} aria-hidden="true">
          {text}
        </i>
      ))}
      {undone && (
        <i className="un" style={{ '--nl': undone.left } as CSSProperties}>
          {undone.width > 1 ? 'not done' : ''}
        </i>
      )}
      {second && <i className="cut" style={{ '--nl': second.left } as CSSProperties} />}
      {edges && !span.cutStart && <i className="edge s" data-grip="start" />}
      {edges && !span.cutEnd && <i className="edge e" data-grip="end" />}
    </button>
  );
});
