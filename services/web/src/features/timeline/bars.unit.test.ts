import { expect, test } from '@jest/globals';
import type { AssignmentView, PersonView, TimelineAnswer } from '@sidekick/contracts';
import { byId } from '../../staffing/lists.ts';
import { idOf } from '../../testing/portal.ts';
import { aLeave, anAssignment, ana, aPerson, aProject, atlas } from '../../testing/staffing.ts';
import { wordsOf } from './bar.tsx';
import { barsOf } from './bars.ts';

const columns = { first: '2026-11-30', weeks: 8 };
type Figure = TimelineAnswer['assignments'][number];

function barOf(over: Partial<AssignmentView> = {}, person: Partial<PersonView> = {}, figure: Partial<Figure> = {}, name = 'Ana Duarte') {
  const assignment = anAssignment(idOf(21), ana, { from: '2026-12-07', to: '2027-01-03', ...over });
  const records = {
    people: byId([aPerson(ana, 'Ana Duarte', person)]),
    projects: byId([aProject(atlas, 'Atlas')]),
    assignments: [assignment],
    timeOff: [aLeave(idOf(31), ana, { state: 'approved', from: '2026-12-14', to: '2026-12-20' })],
  };
  const figures = new Map([[assignment.id, { id: assignment.id, planned: [24], effective: [24], ...figure }]]);
  const [bar] = barsOf([assignment], columns, records, figures, () => name).bars;
  if (!bar) throw new Error('no bar');
  return bar;
}

test('a notch of leave stands at its days on the grid, wherever the bar begins', () => {
  expect(barOf().notches.map(({ left, width }) => [left, width])).toEqual([[2, 1]]);
  expect(barOf({ from: '2026-11-30' }).notches.map(({ left }) => left)).toEqual([2]);
});

test('the role is told once, also where the name has it', () => {
  expect(barOf().title).toMatch(/ · lead · 24 h a week · /);
  expect(barOf({}, {}, {}, 'Atlas · lead').title).toMatch(/^\u2068?Atlas · lead\u2069? · 24 h a week · /);
});

test('work behind the end of the contract is drawn as not done, and said', () => {
  const bar = barOf({}, { contract: { from: null, to: '2026-12-20' } });
  expect(bar.undone).toMatchObject({ left: 3, width: 2 });
  expect(bar.title).toContain('not done after 20 Dec: the contract ends');
  expect(barOf().undone).toBeNull();
  // Until Sunday is not behind a contract until Friday, as no save is refused for it; but for who works on weekends.
  const friday = { contract: { from: null, to: '2027-01-01' } };
  expect(barOf({}, friday).undone).toBeNull();
  expect(barOf({}, { ...friday, patterns: [{ from: '2020-01-01', hours: [0, 0, 0, 0, 0, 8, 8] }] }).undone).not.toBeNull();
});

test('a bar saved against a rule is marked, with the reason in words for those who may read it', () => {
  const accepted = ['over-allocated', 'joint-absence'];
  expect(barOf({ accepted, private: { reason: 'Two weeks only' } }).although).toBe(
    'Saved although the person is over-allocated, and lead and sidekick are away on the same days: Two weeks only',
  );
  expect(barOf({ accepted: ['over-allocated'] }).title).toContain('Saved although the person is over-allocated');
  expect(barOf().although).toBeNull();
});

test('a note is told for those who may read it, and apart from the line of facts', () => {
  const bar = barOf({ private: { reason: null, note: 'Mornings · only' } });
  expect([bar.note, bar.title.includes('Mornings'), barOf().note]).toEqual(['Mornings · only', false, null]);
  expect(wordsOf(bar)).toEqual([bar.title, 'Note: Mornings · only', 'Ana Duarte is away 14 Dec – 20 Dec']);
});

test('work on a proposal is tentative, whatever was kept', () => {
  expect(barOf({}, {}, { counts: 'tentative' }).tentative).toBe(true);
  expect([barOf().tentative, barOf({ state: 'tentative' }).tentative]).toEqual([false, true]);
});
