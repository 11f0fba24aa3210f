import { Conflict, type FieldError } from '@sidekick/service-kit';
import type { State } from '../state.ts';
import { outOfBounds } from './bounds.ts';
import type { AnyRecord, Change } from './change-set.ts';
import { type Draft, invalid } from './draft.ts';
import { misnamed } from './misnamed.ts';
import { summaryOfRecord } from './summary.ts';
import { dayWord } from './words.ts';

/**
 * Refuses what cannot be: an end before its start, ids of records that are not there, a record that goes while others
 * name it; and, unless `today` is null, names of no region, skills named twice and dates out of bounds. `after` is the state the changes lead to. Throws InvalidInput with a path each, Conflict `in-use`.
 */
export function refuseImpossible(after: State, { changes, places }: Draft, today: string | null): void {
  const errors = changes.flatMap((change) => {
    const place = places.get(change.id) ?? '';
    return [...impossible(after, change), ...(today === null ? [] : [...misnamed(change), ...outOfBounds(after, change, today)])].map(
      ({ path, message }) => ({
        path: [place, path].filter(Boolean).join('.'),
        message,
      }),
    );
  });
  if (errors.length > 0) throw invalid(errors);
  refuseOrphans(after, changes);
}

function impossible(after: State, change: Change): FieldError[] {
  if (!change.after) return [];
  switch (change.kind) {
    case 'person':
      return [
        ...backwards('contract.to', change.after.contract.from, change.after.contract.to),
        ...twice(change.after.patterns.map(({ from }) => from)),
        ...zone(change.after.timeZone),
      ];
    case 'project':
      return backwards('to', change.after.from, change.after.to);
    case 'assignment':
      return [
        ...backwards('to', change.after.from, change.after.to),
        ...unknown(after.person, 'person', change.after.person),
        ...unknown(after.project, 'project', change.after.project),
      ];
    case 'timeOff':
      return [...backwards('to', change.after.from, change.after.to), ...unknown(after.person, 'person', change.after.person)];
    case 'holiday':
      return [];
  }
}

const backwards = (path: string, from: string | null, to: string | null): FieldError[] =>
  from !== null && to !== null && to < from
    ? [{ path, message: `The end is before the start: ${dayWord(to, from)} < ${dayWord(from, to)}` }]
    : [];

const unknown = (records: ReadonlyMap<string, unknown>, path: string, id: string): FieldError[] =>
  records.has(id) ? [] : [{ path, message: `There is no ${path} of this id` }];

function twice(days: readonly string[]): FieldError[] {
  const index = days.findIndex((day, at) => days.indexOf(day) < at);
  return index < 0 ? [] : [{ path: `patterns.${index}.from`, message: `Two patterns begin on ${days[index]}` }];
}

function zone(timeZone: string): FieldError[] {
  if (knownZones.has(timeZone)) return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    knownZones.add(timeZone);
    return [];
  } catch {
    return [{ path: 'timeZone', message: `No time zone is called ${timeZone}` }];
  }
}
/** Asking Intl costs more than all other checks of a change set together. */
const knownZones = new Set<string>();

/** A person or project may go only together with what names them. */
function refuseOrphans(after: State, changes: readonly Change[]): void {
  const gone = new Set(changes.filter(({ kind, after: left }) => !left && (kind === 'person' || kind === 'project')).map(({ id }) => id));
  if (gone.size === 0) return;
  const usedBy: { kind: string; id: string; text: string }[] = [];
  const note = (kind: 'assignment' | 'timeOff', record: AnyRecord) =>
    usedBy.push({ kind, id: record.id, text: summaryOfRecord(after, kind, record, changes) });
  for (const { record } of after.assignment.values()) if (gone.has(record.person) || gone.has(record.project)) note('assignment', record);
  for (const { record } of after.timeOff.values()) if (gone.has(record.person)) note('timeOff', record);
  if (usedBy.length === 0) return;
  const rest = usedBy.length > 1 ? ` and ${usedBy.length - 1} more` : '';
  throw new Conflict('in-use', `Still named by: ${usedBy[0]?.text}${rest}`, { usedBy: usedBy.slice(0, 100), usedByCount: usedBy.length });
}
