import { hours } from '../../staffing/format.ts';
import { PlaceButton } from './place-bar.tsx';
import type { PlaceBar } from './place-bars.ts';
import type { Scale } from './scale.ts';

export interface Places {
  readonly bars: readonly PlaceBar[];
  readonly lanes: number;
  /** Places of these weeks, also those that the filter leaves out. */
  readonly all: number;
  /** Hours that those shown want in the week that wants most. */
  readonly most: number;
}

interface Props {
  places: Places;
  now: number;
  scale: Scale;
  canEdit: boolean;
}

/** Open places of all projects that the filter leaves, above everybody: nobody's load. */
export function PlacesRow({ places, now, scale, canEdit }: Props) {
  const { bars, lanes, all, most } = places;
  const line = -2 - lanes;
  return (
    <div className="row xp places" style={{ height: placesHeight(places, scale) }}>
      <div className="c0">
        <p>
          <b>Open places</b> · {bars.length === all ? all : `${bars.length} of ${all} shown`}
        </p>
        <p className="xs">At most {hours(most)} wanted in a week</p>
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
