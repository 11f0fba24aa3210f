import { expect, test } from '@jest/globals';
import { idOf } from '../testing/portal.ts';
import { ana, aPerson } from '../testing/staffing.ts';
import { whyOff } from './days-off.ts';

const person = aPerson(ana, 'Ana Duarte', {
  moves: [{ from: '2027-02-01', region: 'ES' }],
  contract: { from: '2026-12-01', to: null },
});
const aDay = (region: string, date: string, portion = 1) => ({
  ...{ id: idOf(41), version: 1, region, date, name: `Of ${region}`, portion, sample: false },
});

test('why nothing of a day is worked: the contract, the pattern, a holiday of the region then or of every region', () => {
  const holidays = [
    aDay('PT', '2027-01-29'),
    aDay('PT', '2027-02-02'),
    aDay('ES', '2027-02-03'),
    aDay('*', '2026-12-24'),
    aDay('PT', '2026-12-08', 0.5),
  ];
  const why = (day: string) => whyOff(person, holidays, day);
  expect(['2026-11-30', '2026-12-05', '2026-12-08', '2026-12-24'].map(why)).toEqual([
    'outside the contract',
    'no working day',
    null,
    'Of *',
  ]);
  expect(['2027-01-29', '2027-02-02', '2027-02-03'].map(why)).toEqual(['Of PT', null, 'Of ES']);
});
