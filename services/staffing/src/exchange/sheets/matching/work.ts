import { dayOf, openFrom, openTo, type Span } from '@sidekick/calendar';
import type { Assignment, AssignmentRole, SheetCorrections, SheetReading } from '@sidekick/contracts';
import type { Place } from '../cells/sheet.ts';
import { wordKey } from '../header/words.ts';
import { rounded } from '../rows/book.ts';
import type { Draft, Kept, Missing } from './draft.ts';
import { daysOf, groupsOf, type Here, held, type Wanted } from './held.ts';
import { patternedOf } from './new-records.ts';
import { isSameValue, meets, meetsAny, type Piece } from './pieces.ts';
import type { Resolved, Sheet } from './resolved.ts';
import { shareOf } from './standing.ts';
import { workWords } from './words.ts';

/** Whoever works on a project, and as what, by the names of the sheet. */
export interface Pair {
  readonly person: string;
  readonly project: string;
  readonly roles: readonly AssignmentRole[];
  /** In all, a week of seven days counting whole. */
  readonly hours: number;
}

interface WantedWork extends Span {
  readonly person: string;
  readonly project: string;
}

interface Work {
  readonly drafts: readonly Draft[];
  readonly missing: readonly Missing[];
  readonly kept: readonly Kept[];
  readonly pairs: readonly Pair[];
  readonly wanted: readonly WantedWork[];
}

type Row = SheetReading['assignments'][number];
interface Named {
  readonly row: Row;
  readonly person: string;
  readonly project: string;
  readonly place: Place | null;
  readonly span: Span;
  /** The role was said; a contributor of a sheet may be who nobody said anything of. */
  readonly isTold: boolean;
}
interface Standing extends Here {
  readonly record: Assignment;
}

const labelOf = (role: string, state: string): string => `${role} ${state}`;
const inHours = 0.0151;

/** Work of the sheet held against the assignments that stand here, one person and project at a time. */
export function workDrafts(sheet: Sheet, resolved: Resolved, windows: readonly Span[]): Work {
  const { traced, bySheet } = sheet;
  const named = namedIn(sheet, resolved);
  const wantedBy = groupsOf(named, ({ person, project }) => `${person}\n${project}`);
  const standing = groupsOf(standingIn(sheet, resolved, windows), ({ record: { person, project } }) => `${person}\n${project}`);
  const drafts: Draft[] = [];
  const missing: Missing[] = [];
  const kept: Kept[] = [];
  const roles = new Map<string, { roles: Set<AssignmentRole>; hours: number }>();
  for (const key of new Set([...wantedBy.keys(), ...standing.keys()])) {
    const [person = '', project = ''] = key.split('\n');
    const here = standing.get(key) ?? [];
    const wanted = (wantedBy.get(key) ?? []).map((one): Wanted => {
      const role = roleOf(one, here);
      const pair = JSON.stringify([one.row.person, one.row.project]);
      const known = roles.get(pair) ?? { roles: new Set(), hours: 0 };
      known.roles.add(role);
      known.hours += (one.row.hoursPerWeek * (one.span.to - one.span.from + 1)) / 7;
      roles.set(pair, known);
      return { ...one.span, value: one.row.hoursPerWeek, label: labelOf(role, one.row.state), place: one.place };
    });
    const patterned = patternedOf(sheet, resolved, person);
    const comparison = {
      ...{ by: byOf(traced.by), windows, tolerance: inHours },
      share: (span: Span) => shareOf(patterned, span),
    };
    const result = held(wanted, here, sheet, { comparison, addsUp: traced.by !== null });
    const words = ({ label, value, ...span }: Piece<string>) => {
      const [role = '', kind = ''] = label.split(' ');
      return workWords(resolved.nameOfPerson(person), resolved.nameOfProject(project), role, kind, value, span);
    };
    const byId = new Map(here.map((one) => [one.id, one]));
    for (const edit of result.edits) {
      const old = edit.do === 'create' ? undefined : byId.get(edit.id);
      const told = { kind: 'assignment' as const, place: edit.place, was: old ? words(old) : null };
      const byHand = old !== undefined && !bySheet.has(old.version);
      if (edit.do === 'create') {
        const body = { person, project, ...fieldsOf(edit.to) };
        drafts.push({ ...told, do: 'create', ref: null, body, words: words(edit.to), byHand });
      } else if (old && edit.do === 'change') {
        const body = changedFields(old.record, fieldsOf(edit.to));
        drafts.push({ ...told, do: 'change', id: old.id, version: old.version, body, words: words(edit.to), byHand });
      } else if (old) drafts.push({ ...told, do: 'delete', id: old.id, version: old.version, words: words(old), byHand });
    }
    const listed = (one: Here) => ({ kind: 'assignment' as const, id: one.id, words: words(one), byHand: !bySheet.has(one.version) });
    missing.push(...result.missing.map((one) => ({ ...listed(one), goes: one.goes })));
    kept.push(...result.kept.map(listed));
  }
  const pairs = [...roles].map(([pair, some]) => {
    const [person, project] = JSON.parse(pair) as [string, string];
    return { person, project, roles: [...some.roles], hours: rounded(some.hours, 1) };
  });
  return { drafts, missing, kept, pairs, wanted: named.map(({ person, project, span }) => ({ person, project, ...span })) };
}

export const byOf = (by: 'week' | 'day' | null): 'week' | 'day' | 'exact' => by ?? 'exact';

/** What is left out of people and projects is not there. */
function namedIn({ traced: { reading, places }, corrections }: Sheet, { personOf, projectOf }: Resolved): Named[] {
  const roles = rolesTold(corrections);
  return reading.assignments.flatMap((row, at): Named[] => {
    const [person, project] = [personOf(row.person), projectOf(row.project)];
    if (person === null || project === null) return [];
    const role = roles.get(pairKey(row.person, row.project));
    const place = places.assignments[at] ?? null;
    const span = { from: dayOf(row.from), to: dayOf(row.to) };
    return [{ row: role ? { ...row, role } : row, person, project, place, span, isTold: role !== undefined || row.role !== 'contributor' }];
  });
}

const pairKey = (person: string, project: string): string => `${wordKey(person)}\n${wordKey(project)}`;
const rolesTold = ({ roles }: SheetCorrections): Map<string, AssignmentRole> =>
  new Map(roles.map(({ person, project, role }) => [pairKey(person, project), role]));

/** Without a role of its own it has that of the work which stands here in the same days, so that a sheet without roles takes none away. */
function roleOf({ row, span, isTold }: Named, here: readonly Standing[]): AssignmentRole {
  if (isTold) return row.role;
  const over = here.filter((one) => meets(one, span));
  const days = (one: Span) => Math.min(one.to, span.to) - Math.max(one.from, span.from);
  const best = over.reduce<Standing | null>((most, one) => (most === null || days(one) > days(most) ? one : most), null);
  return best?.record.role ?? row.role;
}

/** Assignments in the weeks of the sheet that it speaks of: of its people, or, where it goes by projects or is a list, of its projects. */
function standingIn({ traced: { reading }, state }: Sheet, resolved: Resolved, windows: readonly Span[]): Standing[] {
  const isByPeople = reading.layout === 'A' || reading.layout === 'B';
  const ids = new Set<string>();
  for (const who of (isByPeople ? resolved.people : resolved.projects).values()) {
    const ref = isByPeople ? resolved.personOf(who.name) : resolved.projectOf(who.name);
    if (ref !== null) ids.add(ref);
  }
  const out = [resolved.people, resolved.projects].flatMap((all) =>
    [...all.values()].flatMap(({ as, here }) => (as === 'out' && here ? [here.id] : [])),
  );
  const left = new Set(out);
  const found: Standing[] = [];
  for (const { record, version } of state.assignment.values()) {
    if (!ids.has(isByPeople ? record.person : record.project) || left.has(record.person) || left.has(record.project)) continue;
    const span = { from: openFrom(record.from), to: openTo(record.to) };
    if (!meetsAny(span, windows)) continue;
    found.push({ ...span, id: record.id, version, record, value: record.hoursPerWeek, label: labelOf(record.role, record.state) });
  }
  return found;
}

const fieldsOf = ({ label, value, ...span }: Piece<string>) => {
  const [role = '', state = ''] = label.split(' ');
  return { role, state, ...daysOf(span), hoursPerWeek: rounded(value, 2) };
};

/** Of the fields those that differ from the record. */
export function changedFields(record: object, fields: Record<string, unknown>): Record<string, unknown> {
  const kept = record as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => {
      const old = kept[key];
      return typeof value === 'number' && typeof old === 'number'
        ? !isSameValue(value, old)
        : JSON.stringify(value) !== JSON.stringify(old);
    }),
  );
}
