import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordKind, records } from '@sidekick/contracts';
import { aManager, newRecord } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
const noor = newPerson('Noor Haddad');
const atlas = newProject('Atlas', { to: null });
const refs = { person: noor.id, project: atlas.id };
const days = { from: '2026-12-07', to: '2026-12-27' };

interface Looks {
  good: object;
  names?: string[];
  days?: string[];
  numbers?: [string, number][];
  /** Numbers that may be none. */
  orNone?: string[];
}
/** A record of each kind that is taken, and what of it is a name, a day or a number with what it may be at the most. */
const kinds: Record<RecordKind, Looks> = {
  person: {
    good: { ...newPerson('Ana Duarte').record, contract: { from: null, to: null }, operationsShare: 0.1 },
    names: ['private.name'],
    days: ['contract.from', 'contract.to', 'patterns.0.from'],
    numbers: [
      ['patterns.0.hours.0', 24],
      ['operationsShare', 1],
    ],
  },
  project: {
    good: newProject('Basin').record,
    names: ['name'],
    days: ['from', 'to'],
    numbers: [
      ['minimumHours', 168],
      ['wantedHours', 168],
      ['priority', 99],
    ],
  },
  assignment: {
    good: { ...refs, role: 'sidekick', ...days, hoursPerWeek: 8 },
    days: ['from', 'to'],
    numbers: [['hoursPerWeek', 168]],
  },
  opening: {
    good: { project: atlas.id, role: 'lead', ...days, hoursPerWeek: 8, skills: [], private: { note: null } },
    days: ['from', 'to'],
    numbers: [['hoursPerWeek', 168]],
  },
  timeOff: {
    good: { person: noor.id, from: '2026-12-24', to: '2026-12-24', amount: { hours: 4 } },
    days: ['from', 'to'],
    numbers: [['amount.hours', 24]],
  },
  holiday: { good: { region: 'PT', date: '2026-12-08', name: 'A day' }, names: ['name'], days: ['date'], numbers: [['portion', 1]] },
  team: { good: { name: 'Data', people: [noor.id], lead: null }, names: ['name'] },
  skill: { good: { name: 'PostGIS', spellings: ['Post GIS'] }, names: ['name', 'spellings.0'] },
  wish: { good: { person: noor.id, skill: 'Rust' }, names: ['skill'] },
  view: { good: { name: 'Winter', screen: 'timeline', query: 'by=person' }, names: ['name'] },
  volunteer: { good: { ...refs, private: { note: null } } },
  rate: {
    good: { person: noor.id, project: null, from: '2026-01-01', amount: 8_550 },
    days: ['from'],
    numbers: [['amount', 1_000_000_000]],
  },
  budget: {
    good: { project: atlas.id, money: 500, hours: 120 },
    numbers: [
      ['money', 10_000_000_000_000],
      ['hours', 10_000_000],
    ],
    orNone: ['money', 'hours'],
  },
  settings: { good: { currency: 'EUR' } },
  weekNote: { good: { project: atlas.id, week: '2026-W50', private: { note: 'Steering' } }, days: ['week'] },
};

const bidi = String.fromCodePoint(0x202e);
const badNames = ['', '   ', 'x'.repeat(300), `Ana${bidi}etraud`, String.fromCodePoint(0x200b), 7, null];
const badDays = [
  '2026-02-30',
  '2027-02-29',
  '2026-13-01',
  '2026-00-10',
  '07.12.2026',
  '2026-12-7',
  'tomorrow',
  '',
  20_261_207,
  '0000-00-00',
];
const badNumbers = (most: number) => [most + 1, -1, -0.5, 'NaN', '8', '', '1e2', Number.NaN, Number.POSITIVE_INFINITY, true];

/** A record with another value at a path. */
function withAt(record: object, path: string, value: unknown): object {
  const copy = structuredClone(record) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = copy;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return copy;
}

const every = Object.entries(kinds) as [RecordKind, (typeof kinds)[RecordKind]][];
const rows = every.flatMap(([kind, { names = [], days: dayPaths = [], numbers = [] }]) => [
  ...names.map((path) => [kind, path, badNames] as const),
  ...dayPaths.map((path) => [kind, path, badDays] as const),
  ...numbers.map(([path, most]) => [kind, path, badNumbers(most)] as const),
]);

beforeAll(async () => {
  portal = await aPortal();
  expect((await portal.change([noor, atlas])).status).toBe(201);
});
afterAll(() => portal.close());

const head = async () => (await portal.client.ask<any>('get', '/changes?limit=1', { as: aManager })).body.items[0].number;

describe('what no field can be', () => {
  test('is looked at of every kind', () => {
    expect(Object.keys(kinds).sort()).toEqual(Object.keys(records).sort());
  });

  test.each(rows)('is refused at the field: %s %s', async (kind, path, values) => {
    const before = await head();
    let taken = 0;
    for (const value of values) {
      const other = newProject('Half done');
      const answer = await portal.change([other, newRecord(kind, withAt(kinds[kind].good, path, value))]);
      // JSON has no NaN and no infinity: they arrive as null.
      if (typeof value === 'number' && !Number.isFinite(value) && kinds[kind].orNone?.includes(path)) {
        expect([value, answer.status]).toEqual([value, 201]);
        expect((await portal.client.ask('post', `/changes/${answer.body.number}/undo`, { as: aManager })).status).toBe(201);
        taken++;
        continue;
      }
      expect([value, answer.status]).toEqual([value, 400]);
      const errors = answer.body.errors as { path: string; message: string }[];
      expect([value, ...errors.map((error) => error.path)].join(' ')).toContain(`commands.1.record.${path.split('.')[0]}`);
      expect(errors.every(({ message }) => message.length > 0 && !/invalid input|expected|received/i.test(message))).toBe(true);
    }
    expect((await head()) - before).toBe(2 * taken);
    const { items } = (await portal.client.ask<any>('get', '/projects', { as: aManager })).body;
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('Half done');
  });
});

describe('what looks odd and is right', () => {
  test.each(['🦊🌋', 'نور حداد', 'שרה לוי', '山田 太郎', "Zoë O'Brien-Łuczak", 'x'.repeat(120)])(
    'a name is kept as it is: %s',
    async (name) => {
      const person = newPerson(name);
      expect((await portal.change([person])).status).toBe(201);
      const { body } = await portal.client.ask<any>('get', `/people/${person.id}`, { as: aManager });
      expect(body.private.name).toBe(name);
    },
  );

  test('minus zero is zero', async () => {
    const work = newRecord('assignment', { ...kinds.assignment.good, hoursPerWeek: -0 });
    const raw = JSON.stringify(work).replace('"hoursPerWeek":0', '"hoursPerWeek":-0');
    expect(raw).toContain('-0');
    expect((await portal.change([JSON.parse(raw)])).status).toBe(201);
    const { body } = await portal.client.ask<any>('get', `/assignments/${work.id}`, { as: aManager });
    expect(Object.is(body.hoursPerWeek, 0)).toBe(true);
  });

  test('two people of one name are two people', async () => {
    const [first, second] = [newPerson('Rui Alves'), newPerson('Rui Alves')];
    expect((await portal.change([first, second])).status).toBe(201);
    const { items } = (await portal.client.ask<any>('get', '/people', { as: aManager })).body;
    expect(items.filter(({ private: { name } }: any) => name === 'Rui Alves').map(({ id }: any) => id)).toEqual([first.id, second.id]);
  });
});
