import type { OpeningView } from '@sidekick/contracts';
import { useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { useOpenings } from '../../staffing/queries.ts';
import type { AssignStart } from './assign-draft.ts';
import { fillCommands, type Rest, restOf } from './place-fill.ts';

/** What a form that fills an open place begins with: all of it. */
export const startOfFill = ({ project, role, from, to, hoursPerWeek }: OpeningView): AssignStart => ({
  ...{ project, role, from, to, hours: hoursPerWeek },
});

/** An open place that is being filled, as it was when its form opened and as it stands now. */
export function useFilled(id: string | undefined) {
  const openings = useOpenings();
  const now = openings.data?.find((one) => one.id === id) ?? null;
  const [loaded, setLoaded] = useState(now);
  if (loaded === null && now !== null) setLoaded(now);
  const [ids] = useState(() => [ulid(), ulid()]);
  const kept = now ?? loaded;
  if (!id || !loaded || !kept) return null;
  return {
    loaded,
    now: kept,
    /** Somebody else has filled or removed it. */
    isGone: now === null,
    isChanged: now !== null && now.version !== loaded.version,
    restOf: (taken: Rest) => restOf(kept, taken),
    commands: (taken: Rest) => fillCommands(kept, restOf(kept, taken), ids),
  };
}
export type Filled = NonNullable<ReturnType<typeof useFilled>>;
