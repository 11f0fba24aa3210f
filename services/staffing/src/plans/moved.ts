import { everyRegion, regionsOf } from '@sidekick/contracts';
import { effective, type Ledger, numbersAbout } from '../log/ledger.ts';
import { keyOf } from '../state/names.ts';

/** Kinds of records that a plan is made of; of others, such as teams and views, it knows nothing. */
const readKinds = ['person', 'project', 'assignment', 'timeOff', 'holiday'] as const;

interface Subjects {
  readonly people: ReadonlySet<string>;
  readonly projects: ReadonlySet<string>;
}

/**
 * Numbers of the change sets after `head` that changed what a plan read of these people and projects, ascending; what was taken back
 * again counts as nothing, and so do `own`, those that the plan itself made.
 */
export function movedSince({ state, history }: Ledger, head: number, { people, projects }: Subjects, own: ReadonlySet<number>): number[] {
  const ofKinds = new Set(readKinds.flatMap((kind) => (history.byKind.get(kind) ?? []).filter((number) => number > head)));
  if (ofKinds.size === 0) return [];
  const about = [...people, ...projects].flatMap((id) => numbersAbout(history, id, false));
  const numbers = [...new Set([...about, ...holidaysFor({ state, history }, head, people)])].filter((number) => ofKinds.has(number));
  const since = numbers.filter((number) => number > head).sort((a, b) => a - b);
  return effective(history, since).filter((number) => !own.has(number));
}

/** Change sets that touched a holiday of a region of these people; of one that is gone nobody knows whose it was. */
function holidaysFor({ state, history }: Ledger, head: number, people: ReadonlySet<string>): number[] {
  if (!history.byKind.get('holiday')?.some((number) => number > head)) return [];
  const records = [...people].flatMap((id) => state.person.get(id)?.record ?? []);
  const regions = new Set(records.flatMap((person) => regionsOf(person).map(({ region }) => keyOf(region ?? ''))));
  return [...history.touches].flatMap(([id, { kind, numbers }]) => {
    if (kind !== 'holiday' || !numbers.some((number) => number > head)) return [];
    const region = state.holiday.get(id)?.record.region;
    const isTheirs = region === undefined || region === everyRegion || regions.has(keyOf(region));
    return isTheirs ? numbers : [];
  });
}
