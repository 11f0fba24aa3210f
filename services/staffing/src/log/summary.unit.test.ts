import { describe, expect, test } from '@jest/globals';
import { type Change, changeOf } from '../kinds/change.ts';
import { aHoliday, aLeave, anAssignment, aPerson, aProject, stateOf } from '../testing/builders.ts';
import { summaryOf } from './summary.ts';

const noor = aPerson('noor', { private: { name: 'Noor Haddad', email: null, note: null } });
const ben = aPerson('ben', { private: { name: 'Ben Carter', email: null, note: null } });
const atlas = aProject('atlas', { name: 'Atlas' });
const state = stateOf({ person: [noor, ben], project: [atlas] });
const cover = anAssignment('cover', 'noor', 'atlas', { from: '2026-12-07', to: '2026-12-27' });
const told = (...changes: Change[]) => summaryOf(state, { changes, at: '2026-11-30T09:00:00.000Z', undoes: null }, () => true);

describe('the sentence of a change set', () => {
  test('tells work, who was moved and from where', () => {
    expect(told(changeOf('assignment', 'cover', null, cover))).toBe('Noor Haddad sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec');
    const moved = { ...cover, person: 'ben', hoursPerWeek: 6.5, to: '2027-01-10' };
    expect(told(changeOf('assignment', 'cover', cover, moved))).toBe(
      'Ben Carter sidekick on Atlas, 6.5 h a week, 7 Dec – 10 Jan (was Noor Haddad, 8 h a week, 7 Dec – 27 Dec)',
    );
    expect(told(changeOf('assignment', 'cover', cover, null))).toBe('Noor Haddad sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec: removed');
    expect(told(changeOf('assignment', 'cover', cover, { ...cover, to: null, state: 'tentative' }))).toBe(
      'Noor Haddad sidekick on Atlas, 8 h a week, from 7 Dec, tentative (was 7 Dec – 27 Dec, confirmed)',
    );
    expect(told(changeOf('assignment', 'cover', cover, { ...cover, private: { reason: null, note: 'Noor asked for it' } }))).toBe(
      'Noor Haddad sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec, note changed',
    );
  });

  test('tells that somebody is away and never why', () => {
    const leave = aLeave('leave', 'noor', '2026-12-14', '2026-12-14', {
      state: 'requested',
      amount: { hours: 3 },
      private: { kind: 'surgery', note: 'x', reason: null },
    });
    expect(told(changeOf('timeOff', 'leave', null, leave))).toBe('Noor Haddad away 14 Dec, 3 h a day, requested');
    expect(told(changeOf('timeOff', 'leave', leave, { ...leave, state: 'approved' }))).toBe(
      'Noor Haddad away 14 Dec, 3 h a day, approved (was requested)',
    );
  });

  test('tells what changed of a person or project, names who is gone by their last name, and counts the rest', () => {
    expect(told(changeOf('person', 'noor', noor, { ...noor, operationsShare: 0.1, patterns: [] }))).toBe(
      'Noor Haddad: weekly pattern, operations share changed',
    );
    const gone = aPerson('gone', { private: { name: 'Rui Sousa', email: null, note: null } });
    const work = anAssignment('work', 'gone', 'nowhere', { from: '2026-12-07', to: '2026-12-27', role: 'lead' });
    const holiday = aHoliday('PT', '2026-12-08', { name: 'Immaculate Conception' });
    const sentence = told(
      changeOf('person', 'gone', gone, null),
      changeOf('assignment', 'work', work, null),
      changeOf('holiday', 'h', null, holiday),
      changeOf('project', 'atlas', null, atlas),
      changeOf('project', 'atlas', null, atlas),
    );
    expect(sentence).toBe(
      'Rui Sousa: removed; Rui Sousa lead on a project that is gone, 8 h a week, 7 Dec – 27 Dec: removed; Holiday Immaculate Conception in PT, 8 Dec: added; 2 more changes',
    );
    const added = changeOf('project', 'atlas', null, atlas);
    expect(told(added, added, added, added)).toMatch(/; 1 more change$/);
    expect(told(changeOf('project', 'atlas', atlas, { ...atlas, to: '2027-04-30' }))).toBe('Project Atlas: end changed');
    expect(summaryOf(state, { changes: [added], at: '2026-11-30T09:00:00.000Z', undoes: 7 }, () => true)).toBe(
      'Undo of 7: Project Atlas: added',
    );
  });
});
