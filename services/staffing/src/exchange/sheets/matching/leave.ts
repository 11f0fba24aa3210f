import { dayOf, type Span } from '@sidekick/calendar';
import type { TimeOff } from '@sidekick/contracts';
import { rounded } from '../rows/book.ts';
import type { Draft, Kept, Missing } from './draft.ts';
import { daysOf, groupsOf, type Here, held, type Wanted } from './held.ts';
import { patternedOf } from './new-records.ts';
import { meets, meetsAny, type Piece } from './pieces.ts';
import type { Resolved, Sheet } from './resolved.ts';
import { hoursOf, shareOf } from './standing.ts';
import { leaveWords } from './words.ts';
import { byOf, changedFields } from './work.ts';

interface Standing extends Here {
  readonly record: TimeOff;
}
const inPortions = 0.0006;

/** Leave of the sheet held against what is asked for or approved here, one person at a time. */
export function leaveDrafts(
  sheet: Sheet,
  resolved: Resolved,
  windows: readonly Span[],
): { drafts: Draft[]; missing: Missing[]; kept: Kept[] } {
  const { traced, bySheet } = sheet;
  const wantedBy = groupsOf(wantedIn(sheet, resolved), ({ person }) => person);
  const standing = groupsOf(standingIn(sheet, resolved, windows), ({ record }) => record.person);
  const drafts: Draft[] = [];
  const missing: Missing[] = [];
  const kept: Kept[] = [];
  for (const person of new Set([...wantedBy.keys(), ...standing.keys()])) {
    const here = standing.get(person) ?? [];
    const wanted = (wantedBy.get(person) ?? []).map((one) => answered(one, here));
    const patterned = patternedOf(sheet, resolved, person);
    const comparison = { by: byOf(traced.by), windows, tolerance: inPortions, share: (span: Span) => shareOf(patterned, span) };
    const result = held(wanted, here, sheet, { comparison, addsUp: traced.by !== null });
    const words = ({ label, value, ...span }: Piece<string>) => leaveWords(resolved.nameOfPerson(person), rounded(value, 4), label, span);
    const byId = new Map(here.map((one) => [one.id, one]));
    for (const edit of result.edits) {
      const old = edit.do === 'create' ? undefined : byId.get(edit.id);
      const told = { kind: 'timeOff' as const, place: edit.place, was: old ? words(old) : null };
      const byHand = old !== undefined && !bySheet.has(old.version);
      if (edit.do === 'create')
        drafts.push({ ...told, do: 'create', ref: null, body: { person, ...fieldsOf(edit.to) }, words: words(edit.to), byHand });
      else if (old && edit.do === 'change') {
        const body = changedFields(old.record, fieldsOf(edit.to));
        drafts.push({ ...told, do: 'change', id: old.id, version: old.version, body: patched(body), words: words(edit.to), byHand });
      } else if (old) drafts.push({ ...told, do: 'delete', id: old.id, version: old.version, words: words(old), byHand });
    }
    const listed = (one: Here) => ({ kind: 'timeOff' as const, id: one.id, words: words(one), byHand: !bySheet.has(one.version) });
    missing.push(...result.missing.map((one) => ({ ...listed(one), goes: one.goes })));
    kept.push(...result.kept.map(listed));
  }
  return { drafts, missing, kept };
}

function wantedIn({ traced: { reading, places } }: Sheet, { personOf }: Resolved): (Wanted & { person: string })[] {
  return reading.timeOff.flatMap((row, at) => {
    const person = personOf(row.person);
    if (person === null || row.portion <= 0) return [];
    const span = { from: dayOf(row.from), to: dayOf(row.to) };
    return [{ ...span, person, value: row.portion, label: row.state, place: places.timeOff[at] ?? null }];
  });
}

/** What was approved here stays so, where the sheet still asks. */
function answered(one: Wanted, here: readonly Standing[]): Wanted {
  const isApproved = one.label === 'requested' && here.some((other) => other.label === 'approved' && meets(one, other));
  return isApproved ? { ...one, label: 'approved' } : one;
}

/** Leave in the weeks of the sheet of its people; where it goes by projects or is a list, only if it has leave at all. */
function standingIn({ traced: { reading }, state }: Sheet, { people, personOf }: Resolved, windows: readonly Span[]): Standing[] {
  const isByPeople = reading.layout === 'A' || reading.layout === 'B';
  if (!isByPeople && reading.timeOff.length === 0) return [];
  const ids = new Set([...people.values()].map(({ name }) => personOf(name)));
  const found: Standing[] = [];
  for (const { record, version } of state.timeOff.values()) {
    const span = { from: dayOf(record.from), to: dayOf(record.to) };
    if (record.state === 'declined' || !ids.has(record.person) || !meetsAny(span, windows)) continue;
    found.push({ ...span, id: record.id, version, record, value: portionOf(record, state), label: record.state });
  }
  return found;
}

/** Hours of a day as a portion of the longest of the week. */
export function portionOf({ person, from, amount }: TimeOff, state: Sheet['state']): number {
  if ('portion' in amount) return amount.portion;
  const known = state.person.get(person)?.record;
  const longest = Math.max(...(known ? hoursOf(known, dayOf(from)) : [8]));
  return longest > 0 ? Math.min(1, amount.hours / longest) : 1;
}

const fieldsOf = ({ label, value, ...span }: Piece<string>) => ({
  ...daysOf(span),
  amount: { portion: Math.min(1, rounded(value, 4)) },
  state: label,
});

/** In a merge patch hours would stay beside a portion. */
const patched = (body: Record<string, unknown>): Record<string, unknown> =>
  'amount' in body ? { ...body, amount: { hours: null, ...(body['amount'] as object) } } : body;
