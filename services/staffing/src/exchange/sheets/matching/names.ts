import type { SheetNameIs } from '@sidekick/contracts';
import { wordKey } from '../header/words.ts';
import { stepsBetween } from '../rows/near.ts';
import { cellKey } from './cell-names.ts';

export interface Called {
  readonly id: string;
  readonly name: string;
}
interface Choice {
  readonly name: string;
  readonly as: SheetNameIs;
}

/** Who or what a name of the sheet is. */
export interface Who {
  readonly name: string;
  readonly key: string;
  readonly as: 'here' | 'same' | 'new' | 'out';
  /** Of a name that is left out too, so that what stands here of it stays. */
  readonly here: Called | null;
  /** The name of the sheet that it is the same as. */
  readonly same: string | null;
  readonly near: readonly Called[];
  readonly nearNames: readonly string[];
  /** Several records here have this name, and nobody said which it is. */
  readonly isAmbiguous: boolean;
}

const mostNear = 5;

/**
 * Each name of a sheet with what it is: as somebody chose, else the one record that is called so (without case, accents and repeated
 * blanks), else new. By keys. A choice that names what is not there counts as none.
 */
export function whoIsWho(
  names: readonly string[],
  known: readonly Called[],
  choices: readonly Choice[],
  nearPairs: readonly (readonly string[])[],
): Map<string, Who> {
  const byId = new Map(known.map((one) => [one.id, one]));
  const byKey = grouped(known, ({ name }) => wordKey(name));
  const byCell = grouped(known, ({ name }) => cellKey(name));
  const chosen = new Map(choices.map(({ name, as }) => [wordKey(name), as]));
  const inSheet = new Map(names.map((name) => [wordKey(name), name]));
  const nearBy = nearNamesBy(nearPairs);
  const found = new Map<string, Who>();
  for (const [key, name] of inSheet) {
    const called = byKey.get(key) ?? byCell.get(cellKey(name)) ?? [];
    const as = chosen.get(key);
    const record = as?.is === 'record' ? byId.get(as.id) : undefined;
    const same = as?.is === 'name' ? sameAs(key, as.name, chosen, inSheet) : undefined;
    const shared = {
      ...{ name, key, here: null, same: null, isAmbiguous: false },
      near: called.length > 1 ? called.slice(0, mostNear) : nearOf(key, known),
      nearNames: nearBy.get(key) ?? [],
    };
    if (record) found.set(key, { ...shared, as: 'here', here: record });
    else if (same !== undefined) found.set(key, { ...shared, as: 'same', same });
    else if (as?.is === 'out') found.set(key, { ...shared, as: 'out', here: called.length === 1 ? (called[0] as Called) : null });
    else if (called.length === 1 && as?.is !== 'new') found.set(key, { ...shared, as: 'here', here: called[0] as Called });
    else found.set(key, { ...shared, as: 'new', isAmbiguous: called.length > 1 && as?.is !== 'new' });
  }
  return found;
}

/** The names that differ from each by a slip of the hand: a few are enough to look at. */
function nearNamesBy(pairs: readonly (readonly string[])[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (name: string, other: string) => {
    const key = wordKey(name);
    const known = found.get(key) ?? [];
    if (known.length < mostNear) known.push(other);
    found.set(key, known);
  };
  for (const [a, b] of pairs) {
    if (a === undefined || b === undefined) continue;
    add(a, b);
    add(b, a);
  }
  return found;
}

/** The name of the sheet that a name is said to be the same as, which is the same as none itself. */
function sameAs(key: string, other: string, chosen: ReadonlyMap<string, SheetNameIs>, inSheet: ReadonlyMap<string, string>) {
  const target = wordKey(other);
  return target === key || chosen.get(target)?.is === 'name' ? undefined : inSheet.get(target);
}

function grouped(known: readonly Called[], keyOf: (one: Called) => string): Map<string, Called[]> {
  const groups = new Map<string, Called[]>();
  for (const one of known) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

const shortest = 4;
const long = 8;

/** Records whose name differs by a slip of the hand, as names of one sheet are held against each other (S13). */
function nearOf(key: string, known: readonly Called[]): Called[] {
  const letters = [...key];
  const near: Called[] = [];
  for (const one of known) {
    const other = [...wordKey(one.name)];
    const length = Math.min(letters.length, other.length);
    const most = length >= long ? 2 : 1;
    if (length < shortest || Math.abs(letters.length - other.length) > most) continue;
    const steps = stepsBetween(letters, other, most);
    if (steps > 0 && steps <= most) near.push(one);
    if (near.length === mostNear) break;
  }
  return near;
}
