import { type ReactNode, useMemo } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { hours } from '../../staffing/format.ts';
import type { Bar } from './bars.ts';
import { overlaps } from './geometry.ts';
import { type PlaceBar, wantedInWeek } from './place-bars.ts';
import type { Drawn } from './slice.ts';
import type { Selection } from './use-selection.ts';
import type { ShownWeek } from './week-list.tsx';

/** Hours that are done of each assignment, by its id and the week's place in the figures. */
export type Done = ReadonlyMap<string, readonly number[]>;

export const useDone = (timeline: Drawn | undefined): Done =>
  useMemo(() => new Map(timeline?.assignments.map(({ id, effective }) => [id, effective])), [timeline]);

interface Props {
  bars: readonly Bar[];
  at: ShownWeek;
  done: Done;
  canEdit: boolean;
  selection: Selection;
  name: (bar: Bar) => ReactNode;
}

/**
 * Assignments of the week, each a button that opens what its bar would: the menu, or for those who may not change it what it says. While
 * several are chosen, it chooses.
 */
export function WeekBars({ bars, at, done, canEdit, selection: { selecting, ids, toggle }, name }: Props) {
  const [, patch] = useAddress();
  const inWeek = bars.filter(({ assignment }) => overlaps(assignment, at));
  return (
    <ul className="wkl-b">
      {inWeek.map((bar) => {
        const { assignment, tentative, although, title } = bar;
        const { id } = assignment;
        return (
          <li key={id}>
            <button
              type="button"
              data-bar={id}
              aria-label={title}
              aria-haspopup={selecting ? undefined : 'dialog'}
              aria-pressed={selecting ? ids.has(id) : undefined}
              className={tentative ? 'tentative' : undefined}
              onClick={() => (selecting ? toggle(id) : patch(canEdit ? { menu: id } : { edit: id }))}
            >
              <i className={`sw ${assignment.role}`} />
              <span className="n">{name(bar)}</span>
              <span className="m">
                {assignment.role}
                {tentative && ', tentative'}
                {although && ' · against a rule'}
              </span>
              <Hours done={done.get(id)?.[at.index] ?? 0} of={assignment.hoursPerWeek} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface PlacesProps {
  places: readonly PlaceBar[];
  at: ShownWeek;
  name: (bar: PlaceBar) => ReactNode;
  /** What the name does not say. */
  more?: (bar: PlaceBar) => string;
}

/** Open places of the week, each a button that opens what its outline would. */
export function WeekPlaces({ places, at, name, more }: PlacesProps) {
  const [, patch] = useAddress();
  const inWeek = places.filter(({ place }) => overlaps(place, at));
  if (inWeek.length === 0) return null;
  return (
    <ul className="wkl-b">
      {inWeek.map((bar) => {
        const { place, title } = bar;
        return (
          <li key={place.id}>
            <button
              type="button"
              data-place={place.id}
              aria-label={title}
              aria-haspopup="dialog"
              onClick={() => patch({ opening: place.id })}
            >
              <i className="sw place" />
              <span className="n">{name(bar)}</span>
              <span className="m">{more && `${more(bar)}, `}nobody yet</span>
              <Hours done={wantedInWeek([place], at.from)} of={place.hoursPerWeek} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Of a week, and where they differ what a whole one has. */
const Hours = ({ done, of }: { done: number; of: number }) => (
  <span className="h">
    {hours(done)}
    {Math.abs(done - of) > 0.05 && <small> of {hours(of)}</small>}
  </span>
);
