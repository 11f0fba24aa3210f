import { expect, test } from '@jest/globals';
import { idOf } from '../../testing/portal.ts';
import { anAssignment, ana, aProject, atlas, jonas } from '../../testing/staffing.ts';
import { choicesFor, choicesForPlace, datesBy, slipBase, slipCommands, usualChoice } from './slip.ts';

const today = '2026-11-30';
const was = { from: '2026-10-05', to: '2027-03-14' };
const later = { from: '2026-10-05', to: '2027-03-28' };
const whole = { from: '2026-10-05', to: '2027-03-14' };
const coming = { from: '2026-12-28', to: '2027-01-31' };
const open = { from: '2026-11-02', to: null };

test('work moves as far as the start has moved, else as far as the end', () => {
  expect(datesBy('move', coming, was, later)).toEqual({ from: '2027-01-11', to: '2027-02-14' });
  expect(datesBy('move', coming, was, { from: '2026-10-12', to: '2027-04-30' })).toEqual({ from: '2027-01-04', to: '2027-02-07' });
  expect(datesBy('move', { from: '2026-12-28', to: null }, was, later)).toEqual({ from: '2027-01-11', to: null });
  expect(datesBy('stretch', coming, was, later)).toEqual({ from: '2026-12-28', to: '2027-03-28' });
  expect(datesBy('end', open, was, later)).toEqual({ from: '2026-11-02', to: '2027-03-14' });
});

test('what would change nothing, turn dates round or move days that were worked is not offered', () => {
  expect(choicesFor(coming, was, later, today)).toEqual(['move', 'stretch', 'keep']);
  expect(choicesFor(whole, was, later, today)).toEqual(['stretch', 'keep']);
  expect(choicesFor(open, was, later, today)).toEqual(['stretch', 'keep', 'end']);
  expect(choicesFor(coming, was, was, today)).toEqual(['stretch', 'keep']);
  expect(choicesFor({ from: '2027-02-01', to: '2027-02-28' }, was, { from: '2026-10-05', to: '2027-01-17' }, today)).toEqual([
    'move',
    'keep',
  ]);
});

test('usually work to come goes along, and what was to last until the end does so still', () => {
  expect(usualChoice(coming, was, later, today)).toBe('move');
  expect(usualChoice(whole, was, later, today)).toBe('stretch');
  expect(usualChoice({ from: '2026-10-05', to: '2026-12-31' }, was, later, today)).toBe('keep');
  expect(usualChoice(open, was, later, today)).toBe('keep');
});

test('work that starts together is listed as elsewhere: who leads, who backs up, who contributes', () => {
  const roles = ['contributor', 'sidekick', 'lead'] as const;
  const work = roles.map((role, index) => anAssignment(idOf(40 + index), ana, { role, project: atlas, from: '2026-12-07' }));
  expect(slipBase(aProject(atlas, 'Atlas'), work, [], today).work.map(({ role }) => role)).toEqual(['lead', 'sidekick', 'contributor']);
});

test('a slip is one change set of what changes, in which the project keeps its dates the first time', () => {
  const assignments = [
    anAssignment(idOf(21), ana),
    anAssignment(idOf(22), jonas, { role: 'sidekick', ...coming }),
    anAssignment(idOf(23), jonas, { from: '2026-10-05', to: '2026-11-15' }),
    anAssignment(idOf(24), jonas, { project: idOf(12) }),
  ];
  const base = slipBase(aProject(atlas, 'Atlas'), assignments, [], today);
  expect([base.work.map(({ id }) => id), base.over]).toEqual([[idOf(21), idOf(22)], 1]);
  expect(slipCommands(base, later, { [idOf(22)]: 'keep' }, today)).toEqual([
    { do: 'change', kind: 'project', id: atlas, version: 1, patch: { to: '2027-03-28', baseline: was } },
    { do: 'change', kind: 'assignment', id: idOf(21), version: 4, patch: { to: '2027-03-28' } },
  ]);
  const again = slipBase(aProject(atlas, 'Atlas', { baseline: { from: '2026-09-07', to: '2027-01-31' } }), [], [], today);
  expect(slipCommands(again, later, {}, today)).toEqual([
    { do: 'change', kind: 'project', id: atlas, version: 1, patch: { to: '2027-03-28' } },
  ]);
  expect(slipCommands(base, was, {}, today)).toBeNull();
});

test('open places that are not over go with the slip, stay or are given up, in the same change set', () => {
  const place = (id: number, over: { from: string; to: string | null }) => ({
    ...{ id: idOf(id), version: 7, project: atlas, role: 'lead' as const, hoursPerWeek: 24, skills: [] },
    ...{ private: null, sample: false, ...over },
  });
  const places = [place(71, coming), place(72, whole), place(73, { from: '2026-10-05', to: '2026-11-15' }), place(74, open)];
  const base = slipBase(aProject(atlas, 'Atlas'), [], [...places, { ...place(75, coming), project: idOf(12) }], today);
  expect(base.places.map(({ id }) => id)).toEqual([idOf(72), idOf(74), idOf(71)]);
  expect(choicesForPlace(open, was, later, today)).toEqual(['stretch', 'keep', 'remove']);
  expect(choicesFor(coming, was, later, today)).not.toContain('remove');
  const change = { do: 'change', kind: 'opening', version: 7 };
  expect(slipCommands(base, later, {}, today)?.slice(1)).toEqual([
    { ...change, id: idOf(72), patch: { to: '2027-03-28' } },
    { ...change, id: idOf(71), patch: { from: '2027-01-11', to: '2027-02-14' } },
  ]);
  expect(slipCommands(base, later, { [idOf(72)]: 'keep', [idOf(71)]: 'remove' }, today)?.slice(1)).toEqual([
    { do: 'delete', kind: 'opening', id: idOf(71), version: 7 },
  ]);
});
