import type { Log } from '@sidekick/store';
import type { ChangeSet } from '../../log/change-set.ts';

/** Change sets whose time is remembered: a number keeps its time for ever. */
const most = 20_000;

/** When change sets were made, by number; each is read from the log once. */
export function changeTimesOf(log: Pick<Log<ChangeSet>, 'read'>) {
  const known = new Map<number, string>();
  return async (numbers: readonly number[]): Promise<ReadonlyMap<number, string>> => {
    const times = new Map<number, string>();
    for (const number of new Set(numbers)) {
      const found = known.get(number) ?? (await log.read(number - 1, 1))[0]?.entry.at;
      if (found === undefined) continue;
      if (known.size >= most) known.clear();
      known.set(number, found);
      times.set(number, found);
    }
    return times;
  };
}
