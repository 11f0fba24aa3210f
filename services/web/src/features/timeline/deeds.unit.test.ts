import { expect, test } from '@jest/globals';
import { weeksFrom } from '@sidekick/calendar/iso';
import { byId } from '../../staffing/lists.ts';
import { idOf } from '../../testing/portal.ts';
import { anAssignment, ana, aPerson, aProject, atlas, noor } from '../../testing/staffing.ts';
import {
  duplicate,
  endToday,
  firstSplit,
  handed,
  inState,
  insideSplit,
  overNewest,
  removal,
  renewed,
  shifted,
  split,
  splitDays,
  withHours,
} from './deeds.ts';
import { scaleOf } from './scale.ts';

const names = { people: byId([aPerson(ana, 'Ana Duarte'), aPerson(noor, 'Noor Haddad')]), projects: byId([aProject(atlas, 'Atlas')]) };
const lead = anAssignment(idOf(21), ana, { to: '2027-01-03' });
const today = '2026-11-30';
const scale = scaleOf(weeksFrom('2026-W48', 16), 'week');

test('a split keeps every day and every hour: the first part ends the day before the second begins', () => {
  const { commands, said } = split(lead, '2026-12-07', names);
  expect(commands).toMatchObject([
    { do: 'change', id: lead.id, version: 4, patch: { to: '2026-12-06' } },
    { do: 'create', record: { person: ana, project: atlas, role: 'lead', from: '2026-12-07', to: '2027-01-03', hoursPerWeek: 24 } },
  ]);
  expect(said).toBe('Ana Duarte, lead on Atlas, split at 7 Dec 2026');
  expect(split({ ...lead, to: null }, '2026-12-07', names).commands[1]).toMatchObject({ record: { from: '2026-12-07', to: null } });
});

test('a split lies inside: never at the first day, never after the last, and not at all in one day', () => {
  const days = splitDays(lead);
  expect(days).toEqual({ from: '2026-10-06', to: '2027-01-03' });
  expect([days && insideSplit('2026-10-01', days), days && insideSplit('2027-02-01', days)]).toEqual(['2026-10-06', '2027-01-03']);
  expect(splitDays({ from: today, to: today })).toBeNull();
});

test('a split is offered at the Monday after today, of what lies later near its middle', () => {
  expect(firstSplit(lead, today, scale)).toBe('2026-12-07');
  expect(firstSplit({ ...lead, from: '2026-12-14', to: '2027-01-03' }, today, scale)).toBe('2026-12-21');
  expect(firstSplit({ ...lead, from: '2026-12-09', to: '2026-12-10' }, today, scale)).toBe('2026-12-10');
});

test('a duplicate follows on the same weekday, as long as the first; without an end nothing follows', () => {
  const short = { ...lead, from: '2026-12-09', to: '2026-12-18' };
  expect(duplicate(short, names)?.commands).toMatchObject([{ do: 'create', record: { from: '2026-12-23', to: '2027-01-01' } }]);
  expect(duplicate({ ...lead, to: null }, names)).toBeNull();
});

test('only what runs past today ends today', () => {
  expect(endToday(lead, today, names)?.commands).toMatchObject([{ patch: { to: today } }]);
  expect([
    endToday({ ...lead, to: today }, today, names),
    endToday({ ...lead, from: '2026-12-01' }, today, names),
    endToday({ ...lead, to: null }, today, names)?.said,
  ]).toEqual([null, null, 'Ana Duarte, lead on Atlas, ends today, 30 Nov']);
});

test('what stands so already is left out, and what changes nothing is nothing to do', () => {
  const other = anAssignment(idOf(22), noor, { state: 'tentative' });
  const deed = inState([lead, other], 'tentative', names);
  expect([deed?.commands.map(({ id }) => id), deed?.said]).toEqual([[lead.id], 'Ana Duarte, lead on Atlas, now tentative']);
  expect([withHours([lead], 24, names), handed([other], noor, names), shifted([lead], 0, names)]).toEqual([null, null, null]);
});

test('several move by weeks together, open ends stay open', () => {
  const other = anAssignment(idOf(22), noor, { from: '2026-12-28', to: null });
  const deed = shifted([lead, other], -2, names);
  expect(deed?.commands).toMatchObject([{ patch: { from: '2026-09-21', to: '2026-12-20' } }, { patch: { from: '2026-12-14', to: null } }]);
  expect(deed?.said).toBe('2 assignments, 2 weeks earlier');
});

test('somebody else’s change of other fields is kept; where they changed the same, or it is deleted, nothing is forced', () => {
  const deed = inState([lead], 'tentative', names);
  const newest = (over: Record<string, unknown>) => ({ version: 5, record: { ...lead, ...over } });
  if (!deed) throw new Error('nothing to do');
  expect(renewed(deed, newest({ hoursPerWeek: 16 }))?.commands).toMatchObject([{ version: 5, patch: { state: 'tentative' } }]);
  expect(renewed(deed, newest({ state: 'tentative' }))).toBeNull();
  expect(renewed(deed, { version: null, record: null })).toBeNull();
  expect(renewed(split(lead, '2026-12-07', names), newest({ hoursPerWeek: 16 }))).toBeNull();
  expect(renewed(removal([lead], names), newest({ hoursPerWeek: 16 }))).toBeNull();
});

test('a deed on several holds over what others changed beside it, and not over what it would overwrite or what is gone', () => {
  const other = anAssignment(idOf(22), noor);
  const deed = shifted([lead, other], 1, names);
  if (!deed) throw new Error('nothing to do');
  const beside = { ...other, version: 6, hoursPerWeek: 4 };
  expect(overNewest(deed, [lead, beside])?.commands).toMatchObject([{ version: 4 }, { version: 6, patch: { from: '2026-10-12' } }]);
  expect(overNewest(deed, [lead, { ...beside, from: '2026-10-06' }])).toBeNull();
  expect(overNewest(deed, [lead])).toBeNull();
});
