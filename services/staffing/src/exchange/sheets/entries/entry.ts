import { type Amount, amountIn, isUnit, withUnit } from './amount.ts';
import { bracketsOf, type Part, partsOf, unwrapped } from './split.ts';
import { capitalRole, isLeave, isTentativeWord, marksOf, roleOf, type SheetRole } from './words.ts';

export type EntryFault =
  | 'brackets'
  | 'two-amounts'
  | 'no-hours'
  | 'no-project'
  | 'negative'
  | 'unknown-word'
  | 'two-roles'
  | 'project-in-cell';

export interface Work {
  /** Null where the row names it. */
  readonly project: string | null;
  /** Null for leave of the whole week or day. */
  readonly amount: Amount | null;
  readonly isLeave: boolean;
  /** Null where the entry names none. */
  readonly role: SheetRole | null;
  readonly isTentative: boolean;
}
export type Entry = { readonly text: string } & ({ readonly fault: EntryFault } | { readonly work: Work });

/** Where the project of an entry comes from: the entry, the row, or (in a list) another cell, where no leave is named here either. */
export type Names = 'here' | 'in the row' | 'elsewhere';

/** The entries of a cell (S17-S20). What is no work (`-`, 0) gives none. */
export function entriesOf(cell: string, names: Names): Entry[] {
  const whole = partsOf(cell);
  return whole.flatMap((part) => {
    const entry = entryOf(part, names);
    return entry ? [entry] : [];
  });
}

const nothing = new Set(['-', '–', '—', '0']);

/** Null for no work. */
function entryOf({ text, isTentative }: Part, names: Names): Entry | null {
  if (nothing.has(text)) return null;
  const inner = isTentative ? null : unwrapped(text);
  const bracketed = bracketsOf(inner ?? text);
  if (!bracketed) return { text, fault: 'brackets' };
  const read = readEntry(bracketed.outside, bracketed.inside, names);
  if (read === null) return null;
  if (typeof read === 'string') return { text, fault: read };
  return { text, work: { ...read, isTentative: read.isTentative || isTentative || inner !== null } };
}

interface Words {
  /** Without question marks and tentative words. */
  words: string[];
  isTentative: boolean;
}

/** Colons and equals signs before or after an amount stand apart, as question marks do at either end of a word. */
function wordsOf(outside: string): Words {
  const spaced = outside
    .replaceAll(/(?<=[^\d\s])[:=](?=-?\d)/g, ' $& ')
    .split(/\s+/)
    .filter(Boolean);
  let isTentative = false;
  const words = spaced.flatMap((word) => {
    const bare = word.replace(/^\?{1,9}/, '').replace(/\?{1,9}$/, '');
    if (bare !== word) isTentative = true;
    if (isTentativeWord(bare)) isTentative = true;
    return bare === '' || isTentativeWord(bare) ? [] : [bare];
  });
  return { words, isTentative };
}

interface Found {
  at: number;
  /** Words that it takes: two with a unit apart. */
  length: number;
  amount: Amount;
}

function amountsIn(words: readonly string[]): Found[] {
  return words.flatMap((word, at): Found[] => {
    const amount = amountIn(word.replace(/[:=]$/, ''));
    if (!amount) return [];
    const next = words[at + 1]?.replace(/[:=]$/, '');
    return !amount.hasUnit && next !== undefined && isUnit(next)
      ? [{ at, length: 2, amount: withUnit(amount, next) }]
      : [{ at, length: 1, amount }];
  });
}

/** The amount of an entry: the only one with a unit, else the only one. */
function theAmount(found: readonly Found[]): Found | null | 'two-amounts' {
  const withUnits = found.filter(({ amount }) => amount.hasUnit);
  if (withUnits.length === 1) return withUnits[0] ?? null;
  return found.length > 1 ? 'two-amounts' : (found[0] ?? null);
}

function readEntry(outside: string, inside: readonly string[], names: Names): Work | EntryFault | null {
  const { words, isTentative } = wordsOf(outside);
  const inner = inside.map((text) => ({ ...marksOf(text), isAmount: holdsAmount(text) }));
  if (inner.some(({ isAmount }) => isAmount) || inside.includes('')) return 'brackets';
  const found = theAmount(amountsIn(words));
  if (found === 'two-amounts') return found;
  const before = words.slice(0, found?.at ?? words.length);
  const behind = found ? words.slice(found.at + found.length) : [];
  const placed = names === 'here' ? placedHere(before, behind) : placedElsewhere(before, behind, names);
  const marks = marksOf(placed.marks.join(' '));
  const roles = new Set([...inner.flatMap((one) => one.roles), ...marks.roles, ...placed.roles]);
  if (placed.fault) return placed.fault;
  const fault = faultOf(found, placed);
  if (fault) return fault;
  if (found?.amount.value === 0) return null;
  if (marks.unknown !== null || inner.some(({ unknown }) => unknown !== null)) return 'unknown-word';
  if (roles.size > 1) return 'two-roles';
  const [role = null] = roles;
  return {
    ...{ project: placed.project, amount: found?.amount ?? null, isLeave: placed.isLeave, role },
    isTentative: isTentative || marks.isTentative || inner.some((one) => one.isTentative),
  };
}

const holdsAmount = (text: string): boolean => {
  const words = text.split(/[\s,;/|]+/).filter(Boolean);
  return (
    words.some((word) => amountIn(word) !== null) &&
    marksOf(words.filter((word) => !amountIn(word) && !isUnit(word)).join(' ')).unknown === null
  );
};

interface Placed {
  project: string | null;
  isLeave: boolean;
  roles: SheetRole[];
  /** Words that can only be roles and tentative words. */
  marks: readonly string[];
  fault: EntryFault | null;
  needsProject: boolean;
}

function faultOf(found: Found | null, placed: Placed): EntryFault | null {
  if (!found) return placed.isLeave ? null : 'no-hours';
  if (placed.needsProject && placed.project === null && !placed.isLeave && found.amount.value !== 0) return 'no-project';
  return found.amount.value < 0 ? 'negative' : null;
}

const edges = /^[-–—:=]$/;
/** Without the sign between project and amount. */
function nameOf(words: readonly string[], signAt: 'end' | 'start'): string {
  const kept = [...words];
  const at = signAt === 'end' ? kept.length - 1 : 0;
  if (kept.length > 0 && edges.test(kept[at] ?? '')) kept.splice(at, 1);
  const text = kept.join(' ');
  return signAt === 'end' ? text.replace(/[:=]$/, '').trim() : text.replace(/^[:=]/, '').trim();
}

function placedHere(before: readonly string[], behind: readonly string[]): Placed {
  const isFirst = before.length > 0;
  const words = [...(isFirst ? before : behind)];
  const roles: SheetRole[] = [];
  const capital = capitalRole(words.at(-1) ?? '');
  if (capital) {
    words.pop();
    roles.push(capital);
  }
  const name = nameOf(words, isFirst ? 'end' : 'start');
  const leave = isLeave(name);
  const project = name === '' || leave ? null : name;
  return { project, isLeave: leave, roles, marks: isFirst ? behind : [], fault: null, needsProject: true };
}

function placedElsewhere(before: readonly string[], behind: readonly string[], names: Names): Placed {
  const all = [...before, ...behind];
  const none = { project: null, isLeave: false, roles: [], marks: [], fault: null, needsProject: false };
  if (names === 'elsewhere') return { ...none, marks: all };
  const named = [nameOf(before, 'end'), nameOf(behind, 'start')].filter((text) => text !== '');
  if (named.length === 1 && isLeave(named[0] as string)) return { ...none, isLeave: true };
  return marksOf(named.join(' ')).unknown === null ? { ...none, marks: named } : { ...none, fault: 'project-in-cell' };
}

/** The role that a name carries in brackets, `Jo Rask (SK)`; brackets with anything else stay in the name. */
export function roleInName(text: string): { name: string; role: SheetRole | null } {
  const [, name = '', inside = ''] = /^([^([]{1,200}) [([]([^()[\]]{1,40})[)\]]$/.exec(text) ?? [];
  const role = roleOf(inside);
  return role ? { name: name.trim(), role } : { name: text, role: null };
}
