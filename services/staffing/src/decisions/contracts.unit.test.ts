import { describe, expect, test } from '@jest/globals';
import { figuresOf } from '../figures/index.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { decisionsOf } from './decisions.ts';

const aMonday = '2026-11-30';
const named = (name: string) => ({ private: { name, email: null, note: null } });
const ana = aPerson('ana', named('Ana Duarte'));
const diego = (to: string) => aPerson('diego', { ...named('Diego Ruiz'), employment: 'freelance', contract: { from: null, to } });
type Lists = Parameters<typeof stateOf>[0];

/** Ana leads Atlas and Diego backs her up, both to the end of it unless said otherwise. */
const group = (to: string, work: Parameters<typeof anAssignment>[3] = {}, more: Lists = {}): Lists => ({
  person: [ana, diego(to)],
  project: [aProject('atlas', { name: 'Atlas', to: '2027-06-27' })],
  ...more,
  assignment: [
    anAssignment('a', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 20, to: '2027-06-27' }),
    anAssignment('b', 'diego', 'atlas', { to: '2027-06-27', ...work }),
    ...(more.assignment ?? []),
  ],
});
const told = (lists: Lists, weeks = 16) =>
  decisionsOf(figuresOf(stateOf(lists)), aMonday, weeks).items.find(({ kind }) => kind === 'contract-end');

describe('the end of a contract', () => {
  const ends = (to: string) => {
    const data = aProject('data', { name: 'Data Hub', policy: 'no-sidekick', to: '2027-06-27' });
    const leading = anAssignment('d', 'diego', 'data', { role: 'lead', hoursPerWeek: 20, to: '2027-06-27' });
    const lists = group(to);
    return told({ ...lists, project: [...(lists.project ?? []), data], assignment: [...(lists.assignment ?? []), leading] });
  };

  test('tells what loses cover then and whom it leaves alone', () => {
    expect(ends('2027-01-24')?.detail).toBe(
      'Sidekick on Atlas 8 h and lead on Data Hub 20 h until then: hand over, or extend the contract. 8 project-weeks lose cover in the 8 weeks after: Atlas (Ana is left alone). Then nobody leads Data Hub.',
    );
  });

  test('is to be decided with two weeks to go once it is eight weeks away, and today once it is two', () => {
    const words = (to: string) => [ends(to)?.title, ends(to)?.decideBy];
    expect(words('2027-01-29')).toEqual(['Diego Ruiz’s contract ends 29 Jan', '2027-01-28']);
    expect(words('2027-01-25')).toEqual(['Diego Ruiz’s contract ends 25 Jan, in 8 weeks', '2027-01-08']);
    expect(words('2026-12-18')).toEqual(['Diego Ruiz’s contract ends 18 Dec, in 18 days', '2026-12-03']);
    expect(words('2026-12-14')).toEqual(['Diego Ruiz’s contract ends 14 Dec, in 2 weeks', '2026-11-30']);
    expect(words('2026-11-30')).toEqual(['Diego Ruiz’s contract ends 30 Nov, today is the last day', '2026-11-30']);
  });

  const alone = '8 project-weeks lose cover in the 8 weeks after: Atlas (Ana is left alone).';

  test('is held against the weeks after as they would be, not against a week that is cut, on leave or closed', () => {
    expect(told(group('2027-01-26'))?.detail).toContain(alone);
    const onLeave = { timeOff: [aLeave('t', 'diego', '2027-01-18', '2027-01-24')] };
    expect(told(group('2027-01-24', {}, onLeave))?.detail).toContain(alone);
    const days = ['2027-01-18', '2027-01-19', '2027-01-20', '2027-01-21', '2027-01-22'];
    expect(told(group('2027-01-24', {}, { holiday: days.map((day) => aHoliday('*', day)) }))?.detail).toContain(alone);
    // Noor comes in Diego's place.
    const noor = { person: [ana, diego('2027-01-26'), aPerson('noor')] };
    const after = { assignment: [anAssignment('n', 'noor', 'atlas', { from: '2027-01-27', to: '2027-06-27' })] };
    expect(told({ ...group('2027-01-26', { to: '2027-01-26' }, after), ...noor })?.detail).toContain('No project loses cover');
  });

  test('leaves nobody alone where somebody else still backs them up', () => {
    const more = {
      person: [ana, diego('2027-01-24'), aPerson('noor')],
      assignment: [anAssignment('n', 'noor', 'atlas', { hoursPerWeek: 2 })],
    };
    expect(told({ ...group('2027-01-24', {}, more) })?.detail).toContain('8 project-weeks lose cover in the 8 weeks after: Atlas.');
  });

  test('is told where work ends some days before it, with the day, and where the work ended long before it is not', () => {
    expect(told(group('2027-01-31', { to: '2027-01-29' }))?.detail).toBe(
      `Sidekick on Atlas 8 h until 29 Jan: hand over, or extend the contract. ${alone}`,
    );
    expect(told(group('2026-12-31', { to: '2026-12-18' }))?.detail).toContain('8 h until 18 Dec: hand over');
    expect(told(group('2027-01-31', { to: '2027-01-03' }))).toBeUndefined();
  });

  test('is told of one week too where it is to be decided in it', () => {
    expect(told(group('2026-12-14'), 1)?.decideBy).toBe('2026-11-30');
    expect(told(group('2026-12-21'), 1)?.decideBy).toBe('2026-12-04');
    expect(told(group('2026-12-22'), 1)).toBeUndefined();
    expect(told(group('2026-12-22'), 2)?.decideBy).toBe('2026-12-07');
  });
});
