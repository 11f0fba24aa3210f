import { dayOf, openFrom, openTo, type Span } from '@sidekick/calendar';
import type { Log } from '@sidekick/store';
import type { ChangeSet } from '../../../log/change-set.ts';
import type { State } from '../../../state/state.ts';
import { meetsAny } from '../matching/pieces.ts';

export interface SheetNumbers {
  /** Of the change sets that last changed what stands in these days, those that a sheet made. */
  of(state: State, windows: readonly Span[]): Promise<ReadonlySet<number>>;
  add(number: number): void;
}

/** Which change sets sheets made: asked of the log once each, since an entry never changes in that. `epoch` names the database. */
export function sheetNumbers(log: Log<ChangeSet>, epoch: () => string): SheetNumbers {
  let of = '';
  const known = new Map<number, boolean>();
  return {
    async of(state, windows) {
      if (of !== epoch()) known.clear();
      of = epoch();
      const found = new Set<number>();
      for (const number of versionsIn(state, windows)) {
        const isKnown = known.get(number) ?? (await log.read(number - 1, 1))[0]?.entry.fromSheet === true;
        known.set(number, isKnown);
        if (isKnown) found.add(number);
      }
      return found;
    },
    add: (number) => void known.set(number, true),
  };
}

function versionsIn(state: State, windows: readonly Span[]): Set<number> {
  const versions = new Set<number>();
  for (const { record, version } of state.assignment.values())
    if (meetsAny({ from: openFrom(record.from), to: openTo(record.to) }, windows)) versions.add(version);
  for (const { record, version } of state.timeOff.values())
    if (meetsAny({ from: dayOf(record.from), to: dayOf(record.to) }, windows)) versions.add(version);
  for (const { version } of state.project.values()) versions.add(version);
  return versions;
}
