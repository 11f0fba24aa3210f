import { type CsvKind, minorDigits } from '@sidekick/contracts';
import { namesOfSkill } from '../../../kinds/one-name.ts';
import { keyOf } from '../../../state/names.ts';
import { Fault } from '../cells/fault.ts';
import { type CsvSpec, columnOf, specOf } from './column.ts';
import * as as from './fields.ts';

const ofPerson = columnOf<'person'>();
const people = specOf('person', {
  refs: [],
  words: ['person', 'people'],
  knownBy: 'name',
  keys: ({ private: { name } }) => [keyOf(name)],
  columns: [
    ofPerson('name', 'private.name', { ...as.name, write: ({ private: { name } }) => name }),
    ofPerson('email', 'private.email', { ...as.text, read: (given) => given.trim(), write: ({ private: { email } }) => email }),
    ofPerson('employment', 'employment', { ...as.choice('employed', 'freelance'), write: ({ employment }) => employment }),
    ofPerson('time zone', 'timeZone', { isText: true, read: (given) => given.trim(), write: ({ timeZone }) => timeZone }),
    ofPerson('region', 'region', { ...as.text, read: (given) => given.trim(), write: ({ region }) => region }),
    ofPerson('moves', 'moves', { ...as.moves, write: ({ moves }) => moves && as.movesText(moves) }),
    ofPerson('contract from', 'contract.from', { ...as.openDay, write: ({ contract }) => contract.from }),
    ofPerson('contract to', 'contract.to', { ...as.openDay, write: ({ contract }) => contract.to }),
    ofPerson('weekly hours', 'patterns', { ...as.patterns, write: ({ patterns }) => as.patternsText(patterns) }),
    ofPerson('operations share', 'operationsShare', { ...as.portion, write: ({ operationsShare }) => operationsShare }),
    ofPerson('skills', 'skills', { ...as.levels, write: ({ skills }) => as.levelsText(skills) }),
    ofPerson('note', 'private.note', { ...as.text, write: ({ private: { note } }) => note }),
  ],
  finish(body, isNew, { today, timeZone }) {
    const { contract, private: words } = body as { contract?: { from?: string | null; to?: string | null }; private?: object };
    if (contract) body['contract'] = { from: contract.from ?? null, to: contract.to ?? null };
    if (words) body['private'] = { email: null, note: null, ...words };
    if (!isNew) return;
    body['patterns'] ??= [as.fullWeek(40, today)];
    body['timeZone'] ??= timeZone;
  },
});

const ofSkill = columnOf<'skill'>();
const skills = specOf('skill', {
  refs: [],
  words: ['skill', 'skills'],
  knownBy: 'name or spelling',
  keys: (record) => namesOfSkill(record).map(keyOf),
  columns: [
    ofSkill('name', 'name', { ...as.name, write: ({ name }) => name }),
    ofSkill('spellings', 'spellings', { ...as.names, write: ({ spellings }) => as.namesText(spellings) }),
  ],
});

const ofProject = columnOf<'project'>();
const projects = specOf('project', {
  refs: [],
  words: ['project', 'projects'],
  knownBy: 'name',
  keys: ({ name }) => [keyOf(name)],
  columns: [
    ofProject('name', 'name', { ...as.name, write: ({ name }) => name }),
    ofProject('client', 'client', { ...as.plainText, write: ({ client }) => client }),
    ofProject('description', 'description', { ...as.plainText, write: ({ description }) => description }),
    ofProject('from', 'from', { ...as.day, write: ({ from }) => from }),
    ofProject('to', 'to', { ...as.openDay, write: ({ to }) => to }),
    ofProject('state', 'state', { ...as.choice('proposal', 'agreed', 'lost'), write: ({ state }) => state }),
    ofProject('priority', 'priority', { ...as.number, write: ({ priority }) => priority }),
    ofProject('policy', 'policy', { ...as.choice('sidekick', 'no-sidekick'), write: ({ policy }) => policy }),
    ofProject('minimum hours', 'minimumHours', { ...as.number, write: ({ minimumHours }) => minimumHours }),
    ofProject('wanted hours', 'wantedHours', { ...as.number, write: ({ wantedHours }) => wantedHours }),
    ofProject('required skills', 'requiredSkills', { ...as.levels, write: ({ requiredSkills }) => as.levelsText(requiredSkills) }),
    ofProject('dates first planned', 'baseline', { ...as.range, write: ({ baseline }) => baseline && as.rangeText(baseline) }),
  ],
});

const ofAssignment = columnOf<'assignment'>();
const assignments = specOf('assignment', {
  refs: [
    { path: 'person', mayBeNone: false },
    { path: 'project', mayBeNone: false },
  ],
  words: ['assignment', 'assignments'],
  knownBy: 'person, project, role, days and state',
  keys: ({ person, project, role, from, to, state }) => [JSON.stringify([person, project, role, from, to, state])],
  columns: [
    ofAssignment('role', 'role', { ...as.choice('lead', 'sidekick', 'contributor'), write: ({ role }) => role }),
    ofAssignment('from', 'from', { ...as.day, write: ({ from }) => from }),
    ofAssignment('to', 'to', { ...as.openDay, write: ({ to }) => to }),
    ofAssignment('hours per week', 'hoursPerWeek', { ...as.number, write: ({ hoursPerWeek }) => hoursPerWeek }),
    ofAssignment('state', 'state', { ...as.choice('confirmed', 'tentative'), write: ({ state }) => state }),
    ofAssignment('note', 'private.note', { ...as.text, write: ({ private: { note } }) => note }),
  ],
});

const ofLeave = columnOf<'timeOff'>();
const timeOff = specOf('timeOff', {
  refs: [{ path: 'person', mayBeNone: false }],
  words: ['entry of time off', 'entries of time off'],
  knownBy: 'person, days and how much of each',
  keys: ({ person, from, to, amount }) => [JSON.stringify([person, from, to, amount])],
  columns: [
    ofLeave('from', 'from', { ...as.day, write: ({ from }) => from }),
    ofLeave('to', 'to', { ...as.day, write: ({ to }) => to }),
    ofLeave('portion', 'amount.portion', {
      ...{ ...as.portion, cleared: { to: undefined } },
      write: ({ amount }) => ('portion' in amount ? amount.portion : ''),
    }),
    ofLeave('hours', 'amount.hours', {
      ...{ ...as.number, cleared: { to: undefined } },
      write: ({ amount }) => ('hours' in amount ? amount.hours : ''),
    }),
    ofLeave('state', 'state', { ...as.choice('requested', 'approved', 'declined'), write: ({ state }) => state }),
    ofLeave('kind', 'private.kind', { ...as.text, write: ({ private: { kind } }) => kind }),
    ofLeave('note', 'private.note', { ...as.text, write: ({ private: { note } }) => note }),
    ofLeave('asked together', 'set', { cleared: { to: undefined }, read: (given) => given.trim(), write: ({ set }) => set }),
  ],
  finish(body, isNew) {
    const amount = body['amount'] as { portion?: number; hours?: number } | undefined;
    if (!amount) return;
    if (amount.portion !== undefined && amount.hours !== undefined)
      throw new Fault('portion and hours: fill in one of them, and leave the other blank');
    if (amount.portion !== undefined || amount.hours !== undefined) return;
    if (!isNew) throw new Fault('portion and hours: fill in one of them, 1 being the whole day');
    delete body['amount'];
  },
});

const ofHoliday = columnOf<'holiday'>();
const holidays = specOf('holiday', {
  refs: [],
  words: ['holiday', 'holidays'],
  knownBy: 'region, day and name',
  keys: ({ region, date, name }) => [JSON.stringify([region, date, keyOf(name)])],
  columns: [
    ofHoliday('region', 'region', { isText: true, read: (given) => given.trim(), write: ({ region }) => region }),
    ofHoliday('date', 'date', { ...as.day, write: ({ date }) => date }),
    ofHoliday('name', 'name', { ...as.name, write: ({ name }) => name }),
    ofHoliday('portion', 'portion', { ...as.portion, write: ({ portion }) => portion }),
  ],
});

const ofRate = columnOf<'rate'>();
const rates = specOf('rate', {
  refs: [
    { path: 'person', mayBeNone: false },
    { path: 'project', mayBeNone: true },
  ],
  words: ['rate', 'rates'],
  knownBy: 'person, project and day',
  keys: ({ person, project, from }) => [JSON.stringify([person, project, from])],
  columns: [
    ofRate('from', 'from', { ...as.day, write: ({ from }) => from }),
    ofRate('amount per hour', 'amount', {
      isNumber: true,
      write: ({ amount }, { currency }) => as.minorText(amount, minorDigits(currency)),
      read: (given, writing, { currency }) => as.minorIn(given, minorDigits(currency), writing),
    }),
    ofRate('currency', 'currency', {
      write: (_rate, { currency }) => currency,
      cleared: { to: undefined },
      read(given, _writing, { currency }) {
        if (given.trim().toUpperCase() !== currency) throw new Fault(`Amounts are kept in ${currency} here; this row says ${given.trim()}`);
        return undefined;
      },
    }),
  ],
});

/** What a file of each kind holds. */
export const specs: Readonly<Record<CsvKind, CsvSpec>> = {
  ...{ people, skills, projects, assignments, holidays, rates },
  'time-off': timeOff,
};
