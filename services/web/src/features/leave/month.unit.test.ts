import { expect, test } from '@jest/globals';
import { idOf } from '../../testing/portal.ts';
import { aLeave, ana, aPerson, jonas, noor } from '../../testing/staffing.ts';
import { daysOfMonth, monthIn, monthRows, monthWeeks } from './month.ts';

const people = [
  aPerson(jonas, 'Jonas Weber', { region: 'ES' }),
  aPerson(ana, 'Ana Duarte', {
    patterns: [
      { from: '2026-12-16', hours: [8, 8, 0, 8, 8, 0, 0] },
      { from: '2026-01-01', hours: [8, 8, 8, 8, 8, 0, 0] },
    ],
  }),
  aPerson(noor, 'Noor Haddad', { contract: { from: null, to: '2026-11-30' } }),
];
const holiday = (id: string, region: string, date: string) => ({
  id,
  version: 1,
  region,
  date,
  name: 'A holiday',
  portion: 1,
  sample: false,
});
const holidays = [holiday(idOf(41), 'PT', '2026-12-08'), holiday(idOf(42), 'ES', '2026-12-07'), holiday(idOf(43), 'PT', '2027-12-08')];
const over = aLeave(idOf(31), ana, { from: '2026-12-28', to: '2027-01-05', state: 'approved' });
const first = aLeave(idOf(32), ana, { from: '2026-11-20', to: '2026-12-01' });
const declined = aLeave(idOf(33), jonas, { from: '2026-12-14', to: '2026-12-18', state: 'declined' });

test('a month has its days, in leap years too; an address that names none is that of today', () => {
  expect(daysOfMonth('2028-02')).toHaveLength(29);
  expect(daysOfMonth('2026-12').at(-1)).toBe('2026-12-31');
  expect(['2027-02', '2027-13', '2027-2', '27-02', null].map((text) => monthIn(text, '2026-11-30'))).toEqual([
    '2027-02',
    ...Array(4).fill('2026-11'),
  ]);
});

test('leave ends at the edges of the month; holidays are those of the region, days off those of the pattern in force', () => {
  const rows = monthRows('2026-12', people, [over, first, declined], holidays);
  expect(rows.map(({ person }) => person.private.name)).toEqual(['Ana Duarte', 'Jonas Weber']);
  const [row, other] = rows;
  expect(row?.leave.map(({ one, first, last }) => [one.id, first, last])).toEqual([
    [first.id, 1, 1],
    [over.id, 28, 31],
  ]);
  expect(row?.holidays.map(({ at }) => at)).toEqual([8]);
  expect(row?.off).toEqual([16, 23, 30]);
  expect(other).toMatchObject({ leave: [], off: [], outside: [], holidays: [{ at: 7 }] });
});

test('days outside of the contract are told apart, and whoever is not here in the month is not in it', () => {
  const [row] = monthRows('2026-11', [aPerson(noor, 'Noor', { contract: { from: '2026-11-03', to: '2026-11-27' } })], [], []);
  expect(row?.outside).toEqual([
    { first: 1, last: 2 },
    { first: 28, last: 30 },
  ]);
});

test('the weeks of a month are whole, and each names what of the leave lies in it', () => {
  const weeks = monthWeeks('2026-12', people, [over, first, declined], holidays);
  expect(weeks.map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2026-11-30 2026-12-06',
    '2026-12-07 2026-12-13',
    '2026-12-14 2026-12-20',
    '2026-12-21 2026-12-27',
    '2026-12-28 2027-01-03',
  ]);
  expect(weeks.map(({ away }) => away.map(({ from, to }) => `${from} ${to}`))).toEqual([
    ['2026-11-30 2026-12-01'],
    [],
    [],
    [],
    ['2026-12-28 2027-01-03'],
  ]);
  expect(weeks[1]?.holidays.map(({ date }) => date)).toEqual(['2026-12-07', '2026-12-08']);
});

test('holidays are those of the region that a person is in that day, and company days, one of two on a day', () => {
  const moved = aPerson(noor, 'Noor Haddad', { moves: [{ from: '2026-12-08', region: 'ES' }] });
  const days = [
    ...['2026-12-07', '2026-12-08', '2026-12-24'].flatMap((date, index) => [
      { ...holiday(idOf(50 + index), 'PT', date), portion: 0.5 },
      holiday(idOf(60 + index), 'ES', date),
    ]),
    { ...holiday(idOf(70), '*', '2026-12-24'), portion: 0.5 },
    holiday(idOf(71), '*', '2026-12-31'),
  ];
  const [row] = monthRows('2026-12', [moved], [], days);
  expect(row?.holidays.map(({ at, one }) => [at, one.region, one.portion])).toEqual([
    [7, 'PT', 0.5],
    [8, 'ES', 1],
    [24, 'ES', 1],
    [31, '*', 1],
  ]);
  const weeks = monthWeeks('2026-12', [moved], [], days);
  expect(weeks.map((week) => week.holidays.map(({ date, region }) => `${date.slice(8)} ${region}`))).toEqual([
    [],
    ['07 PT', '08 ES'],
    [],
    ['24 ES', '24 *'],
    ['31 *'],
  ]);
});
