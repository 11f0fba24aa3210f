import type { Assignment, RecordKind, TimeOff } from '@sidekick/contracts';
import type { State } from '../state.ts';
import type { AnyRecord, Change, ChangeSet } from './change-set.ts';
import { dayWord, hoursWord, personName, projectName, spanWord } from './words.ts';

/** Names of records as they are now, or as the changes last knew them, so that a deleted person still has one. */
interface Names {
  person(id: string): string;
  project(id: string): string;
}

function namesOf(state: State, changes: readonly Change[]): Names {
  const find = <K extends 'person' | 'project'>(kind: K, id: string) => {
    const change = changes.find((one) => one.kind === kind && one.id === id);
    return change?.before ?? change?.after ?? null;
  };
  return {
    person: (id) => {
      if (state.person.has(id)) return personName(state, id);
      const known = find('person', id);
      return known && 'employment' in known ? known.private.name : personName(state, id);
    },
    project: (id) => {
      if (state.project.has(id)) return projectName(state, id);
      const known = find('project', id);
      return known && 'client' in known ? known.name : projectName(state, id);
    },
  };
}

/** One sentence for a change set, e.g. "Noor Haddad sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec". Never tells why somebody is away. */
export function summaryOf(
  state: State,
  { changes, at, undoes, redacts }: Pick<ChangeSet, 'changes' | 'at' | 'undoes' | 'redacts'>,
): string {
  const names = namesOf(state, changes);
  if (redacts) return `${names.person(redacts.person)}: name, address and notes removed for good`;
  const told = changes.slice(0, 3).map((change) => sentence(change, names, at));
  const more = changes.length > 3 ? `; ${changes.length - 3} more changes` : '';
  return `${undoes === null ? '' : `Undo of ${undoes}: `}${told.join('; ')}${more}`;
}

/** What a record says, as a phrase without who did what to it. */
export const summaryOfRecord = (state: State, kind: RecordKind, record: AnyRecord, changes: readonly Change[] = []): string =>
  phrase(kind, record, namesOf(state, changes), 'from' in record ? record.from : '');

function sentence(change: Change, names: Names, at: string): string {
  const { kind, before, after } = change;
  if (!after) return before ? `${phrase(kind, before, names, at)}: removed` : '';
  if (!before)
    return kind === 'assignment' || kind === 'timeOff' ? phrase(kind, after, names, at) : `${phrase(kind, after, names, at)}: added`;
  if (kind === 'assignment') return assignmentChange(before, after, names, at);
  if (kind === 'timeOff' && before.state !== after.state) return `${phrase(kind, after, names, at)} (was ${before.state})`;
  return `${phrase(kind, after, names, at)}: ${changedWords(before, after)}`;
}

function phrase(kind: RecordKind, record: AnyRecord, names: Names, near: string): string {
  switch (kind) {
    case 'assignment':
      return assignmentPhrase(record as Assignment, names, near);
    case 'timeOff':
      return timeOffPhrase(record as TimeOff, names, near);
    case 'holiday': {
      const holiday = record as Extract<AnyRecord, { date: string }>;
      return `Holiday ${holiday.name} in ${holiday.region}, ${dayWord(holiday.date, near)}`;
    }
    case 'person':
      return names.person(record.id);
    case 'project':
      return `Project ${names.project(record.id)}`;
  }
}

function assignmentPhrase(one: Assignment, names: Names, near: string): string {
  const state = one.state === 'tentative' ? ', tentative' : '';
  return `${names.person(one.person)} ${one.role} on ${names.project(one.project)}, ${hoursWord(one.hoursPerWeek)} a week, ${spanWord(one.from, one.to, near)}${state}`;
}

function timeOffPhrase(one: TimeOff, names: Names, near: string): string {
  const part =
    'hours' in one.amount ? `, ${hoursWord(one.amount.hours)} a day` : one.amount.portion < 1 ? `, ${one.amount.portion} of each day` : '';
  return `${names.person(one.person)} away ${spanWord(one.from, one.to, near)}${part}, ${one.state}`;
}

function assignmentChange(before: Assignment, after: Assignment, names: Names, near: string): string {
  const was: string[] = [];
  if (before.person !== after.person) was.push(names.person(before.person));
  if (before.project !== after.project) was.push(names.project(before.project));
  if (before.role !== after.role) was.push(before.role);
  if (before.hoursPerWeek !== after.hoursPerWeek) was.push(`${hoursWord(before.hoursPerWeek)} a week`);
  if (before.from !== after.from || before.to !== after.to) was.push(spanWord(before.from, before.to, near));
  if (before.state !== after.state) was.push(before.state);
  return `${assignmentPhrase(after, names, near)}${was.length > 0 ? ` (was ${was.join(', ')})` : ''}`;
}

const memberWords = new Map([
  ['operationsShare', 'operations share'],
  ['timeZone', 'time zone'],
  ['minimumHours', 'minimum hours'],
  ['wantedHours', 'wanted hours'],
  ['requiredSkills', 'required skills'],
  ['patterns', 'weekly pattern'],
  ['private', 'details'],
  ['amount', 'amount'],
]);

/** The members that differ, in words: "weekly pattern, contract changed". */
function changedWords(before: AnyRecord, after: AnyRecord): string {
  const old = new Map(Object.entries(before));
  const differ = Object.entries(after).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old.get(key)));
  if (differ.length === 0) return 'saved unchanged';
  return `${differ.map(([key]) => memberWords.get(key) ?? key).join(', ')} changed`;
}
