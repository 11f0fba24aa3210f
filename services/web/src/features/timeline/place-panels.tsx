import { useIsFetching } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { lists } from '../../staffing/held.ts';
import { useOpenings } from '../../staffing/queries.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { AssignForm } from './assign-form.tsx';
import type { Records } from './bars.ts';
import { PlaceForm } from './place-form.tsx';
import { PlacePopover } from './place-popover.tsx';

/** What of an open place is open; the address names it by its id. */
export const placeKeys = ['opening', 'fill', 'change'] as const;
export const closedPlaces = { opening: null, fill: null, change: null };

interface Props {
  records: Records;
  today: string;
  canEdit: boolean;
  scroller: RefObject<HTMLDivElement | null>;
  onClose: () => void;
}

/** The open place that the address names: its menu, its form, or the form that fills it. */
export function PlacePanels({ records, today, canEdit, scroller, onClose }: Props) {
  const [params, patch] = useAddress();
  const openings = useOpenings();
  const [menu, fill, change] = placeKeys.map((key) => params.get(key)) as [string | null, string | null, string | null];
  const found = (id: string | null) => openings.data?.find((one) => one.id === id) ?? null;
  useFocusBack(menu ?? fill ?? change, scroller);
  const loaded = useIsFetching({ queryKey: lists.openings.queryKey }) === 0 && openings.data !== undefined;
  const seen = useSeen({ kind: 'opening', id: change, there: found(change) !== null, loaded });
  // What is typed while filling is kept apart from what is typed of the place.
  const filling = useSeen({ kind: 'assignment', id: fill === null ? null : `fill ${fill}`, there: found(fill) !== null, loaded });
  const isGone = loaded && ((fill !== null && !filling) || (change !== null && !seen));
  if (canEdit && isGone) return <Gone onClose={onClose} />;
  if (canEdit && fill && filling) return <AssignForm key={fill} fills={fill} {...{ records, today, onClose }} />;
  if (canEdit && fill && !loaded)
    return (
      <Sheet title="Fill an open place" onClose={onClose}>
        <Lines count={6} />
      </Sheet>
    );
  if (canEdit && change && seen) return <PlaceForm key={change} id={change} place={found(change)} {...{ records, today, onClose }} />;
  const shown = found(menu);
  if (!shown) return null;
  const anchor = () => outlineOf(shown.id, scroller.current);
  return (
    <PlacePopover
      key={shown.id}
      place={shown}
      onFill={() => patch({ ...closedPlaces, fill: shown.id })}
      onForm={() => patch({ ...closedPlaces, change: shown.id })}
      {...{ records, canEdit, anchor, scroller, onClose }}
    />
  );
}

const outlineOf = (id: string | null, grid: HTMLElement | null): HTMLElement | null =>
  [...(grid?.querySelectorAll<HTMLElement>('[data-place]') ?? [])].find((one) => one.dataset['place'] === id) ?? null;

/** The form that the menu of a place opened returns the focus to the outline, for the menu is gone by then. */
function useFocusBack(id: string | null, scroller: Props['scroller']): void {
  const last = useRef(id);
  last.current = id ?? last.current;
  useEffect(
    () => () => {
      if (document.activeElement === document.body) outlineOf(last.current, scroller.current)?.focus({ preventScroll: true });
    },
    [scroller],
  );
}

const Gone = ({ onClose }: { onClose: () => void }) => (
  <Sheet title="An open place" onClose={onClose}>
    <p className="mid">This place is not open any more: somebody has filled or removed it. The history of its project says who.</p>
  </Sheet>
);
