import { expect, test } from '@jest/globals';
import { idOf } from '../../testing/portal.ts';
import { anAssignment, ana, aPerson, aProject, aTimeline, atlas, noor } from '../../testing/staffing.ts';
import { gapDays, gapReasons, gapTitle, projectRows } from './project-rows.ts';

const rowOf = (roles: ('lead' | 'sidekick')[], openLead: boolean) => {
  const people = [aPerson(ana, 'Ana Duarte'), aPerson(noor, 'Noor Haddad')];
  const assignments = roles.map((role, at) => anAssignment(idOf(20 + at), at === 0 ? noor : ana, { role }));
  const timeline = aTimeline('2026-W48', '2027-W10', people, assignments);
  for (const project of timeline.projects) project.openLead = project.openLead.map(() => openLead);
  const records = {
    people: new Map(people.map((one) => [one.id, one])),
    projects: new Map([[atlas, aProject(atlas, 'Atlas')]]),
    assignments,
    timeOff: [],
  };
  const row = projectRows(timeline, records)[0];
  return {
    bars: row?.bars.map(({ assignment, lane }) => [assignment.role, lane]),
    open: row?.openLead.map(({ lane }) => lane),
    lanes: row?.lanes,
  };
};

test('a project that nobody leads keeps its first lane free for the lead: no bar is drawn over "No lead"', () => {
  expect(rowOf(['sidekick'], true)).toEqual({ bars: [['sidekick', 1]], open: [0], lanes: 2 });
});

test('where somebody leads, the lead has the first lane and no lane stays empty', () => {
  expect(rowOf(['sidekick', 'lead'], false)).toEqual({
    bars: [
      ['lead', 0],
      ['sidekick', 1],
    ],
    open: [],
    lanes: 2,
  });
});

test('a gap keeps its own ends beyond the weeks shown, week by week; an open one says from when', () => {
  const gap = { from: '2026-W50', to: '2027-W20', weeks: 24, states: ['none', ...Array(23).fill('thin')], hours: 188 } as const;
  const figure = { ...gap, states: [...gap.states] as ('none' | 'thin')[] };
  expect(gapTitle('Atlas', figure)).toBe('Atlas has no sidekick 7 Dec – 23 May · 24 weeks · 188 h');
  expect(gapReasons(figure)).toBe('no sidekick 7 Dec – 13 Dec, thin 14 Dec – 23 May');
  expect(gapDays(aProject(atlas, 'Atlas', { to: '2027-05-20' }), figure)).toEqual({ from: '2026-12-07', to: '2027-05-20' });
  const open = { ...figure, open: true };
  expect(gapDays(aProject(atlas, 'Atlas', { to: null }), open)).toEqual({ from: '2026-12-07', to: null });
  expect(gapTitle('Atlas', open)).toBe('Atlas has no sidekick from 7 Dec · 24 weeks · 188 h in the two years ahead');
});

test('runs without a lead keep their own ends, and a proposal is outlined by its dates', () => {
  const timeline = aTimeline('2026-W48', '2026-W52', [], []);
  for (const one of timeline.projects) one.openLeads = [{ from: '2026-W50', to: '2027-W03', weeks: 7, open: false }];
  const project = aProject(atlas, 'Atlas', { state: 'proposal', from: '2026-11-30', to: '2027-01-20' });
  const records = { people: new Map(), projects: new Map([[atlas, project]]), assignments: [], timeOff: [] };
  const row = projectRows(timeline, records)[0];
  expect(row?.openLead.map(({ from, to, span }) => [from, to, span.left, span.width])).toEqual([['2026-12-07', '2027-01-20', 2, 3]]);
  expect(row?.plan).toMatchObject({ left: 1, width: 4, cutEnd: true });
});
