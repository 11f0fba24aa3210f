import { Icon } from '../../ui/icons.tsx';
import { overlaps } from './geometry.ts';
import { capital, placeWords, type Rest, restsInWords } from './place-fill.ts';
import type { Filled as Place } from './use-filled.ts';

/** What the place that is being filled asks for, and what became of it meanwhile. */
export function Filled({ filling: { now, isGone, isChanged } }: { filling: Place }) {
  return (
    <>
      <p className="mid">{capital(`${now.role} wanted: ${placeWords(now)}.`)}</p>
      {now.private?.note && (
        <p className="mid">
          <bdi>{now.private.note}</bdi>
        </p>
      )}
      <div role="status">
        {isGone && <PlaceGone />}
        {isChanged && (
          <div className="conf fd" data-ask>
            <Icon name="info" />
            <span>Somebody changed the place while you had it open: above is what it asks for now.</span>
          </div>
        )}
      </div>
    </>
  );
}

/** Nothing can be saved of it: what was typed stands in the form to be copied. */
export const PlaceGone = () => (
  <div className="conf bad0 fd" data-ask>
    <Icon name="warn" />
    <span>
      <b>This place is not open any more.</b> Somebody has filled or removed it meanwhile; the history of its project says who.
    </span>
  </div>
);

/** What of the place stays open, said before it is saved. */
export function StillOpen({ filling: { now, isGone, rest, taken } }: { filling: Place & { rest: Rest[] | null; taken: Rest } }) {
  if (isGone || rest === null) return null;
  const words = !overlaps(now, taken)
    ? 'These days are none of the place: all of it stays open.'
    : rest.length === 0
      ? 'The whole place is filled.'
      : `Still open after this: ${restsInWords(rest)}.`;
  return (
    <div className="conf fd">
      <Icon name="info" />
      <span>{words}</span>
    </div>
  );
}
