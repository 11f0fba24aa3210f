import { hours } from '../../staffing/format.ts';
import { sum } from '../../staffing/lists.ts';
import { PlaceButton } from './place-bar.tsx';
import type { PlaceBar } from './place-bars.ts';
import type { Scale } from './scale.ts';

export interface Places {
  readonly bars: readonly PlaceBar[];
  readonly lanes: number;
}

interface Props {
  places: Places;
  now: number;
  scale: Scale;
  canEdit: boolean;
}

/** Open places of all projects, above everybody: nobody's load. */
export function PlacesRow({ places: { bars, lanes }, now, scale, canEdit }: Props) {
  const line = -2 - lanes;
  return (
    <div className="row xp places" style={{ height: placesHeight({ bars, lanes }, scale) }}>
      <div className="c0">
        <p>
          <b>Open places</b> · {bars.length}
        </p>
        <p className="xs">{hours(sum(bars.map(({ place }) => place.hoursPerWeek)))} a week wanted</p>
      </div>
      <div className="tr">
        <div className="past" />
        {bars.map((bar) => (
          <PlaceButton key={bar.place.id} bar={bar} line={line + bar.lane} lane={bar.lane} now={now} scale={scale} edges={canEdit} />
        ))}
      </div>
    </div>
  );
}

export const placesHeight = ({ lanes }: Places, { lane }: Scale): number => Math.max(48, 14 + lanes * lane);
