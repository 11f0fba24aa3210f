import type { ReactNode } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { hours } from '../../staffing/format.ts';
import type { Bar } from './bars.ts';
import { overlaps } from './geometry.ts';
import type { Drawn } from './slice.ts';
import type { ShownWeek } from './week-list.tsx';

interface Props {
  bars: readonly Bar[];
  at: ShownWeek;
  timeline: Drawn;
  canEdit: boolean;
  name: (bar: Bar) => ReactNode;
}

/** Assignments of the week, each a button that opens what its bar would: the menu, or for those who may not change it what it says. */
export function WeekBars({ bars, at, timeline, canEdit, name }: Props) {
  const [, patch] = useAddress();
  const inWeek = bars.filter(({ assignment }) => overlaps(assignment, at));
  const effective = new Map(timeline.assignments.map((figure) => [figure.id, figure.effective[at.index] ?? 0]));
  return (
    <ul className="wkl-b">
      {inWeek.map((bar) => {
        const { assignment, tentative, although, title } = bar;
        const done = effective.get(assignment.id) ?? 0;
        return (
          <li key={assignment.id}>
            <button
              type="button"
              data-bar={assignment.id}
              aria-label={title}
              aria-haspopup="dialog"
              className={tentative ? 'tentative' : undefined}
              onClick={() => patch(canEdit ? { menu: assignment.id } : { edit: assignment.id })}
            >
              <i className={`sw ${assignment.role}`} />
              <span className="n">{name(bar)}</span>
              <span className="m">
                {assignment.role}
                {tentative && ', tentative'}
                {although && ' · against a rule'}
              </span>
              <span className="h">
                {hours(done)}
                {Math.abs(done - assignment.hoursPerWeek) > 0.05 && <small> of {hours(assignment.hoursPerWeek)}</small>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
