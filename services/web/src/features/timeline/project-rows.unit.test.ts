import { expect, test } from '@jest/globals';
import { idOf } from '../../testing/portal.ts';
import { anAssignment, ana, aPerson, aProject, aTimeline, atlas, noor } from '../../testing/staffing.ts';
import { projectRows } from './project-rows.ts';

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
