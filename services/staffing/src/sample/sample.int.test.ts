import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, newAssignment, newTimeOff } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

test('the sample goes in one change set with what was made by hand around it, is told before, and comes back by undo', async () => {
  const ask = (method: string, path: string) => portal.client.ask(method, path, { as: aManager });
  expect((await ask('delete', '/sample')).status).toBe(404);
  const sample = newPerson('Sam Sample', { sample: true });
  const project = newProject('Sample project', { sample: true });
  const mine = newPerson('Noor Haddad');
  const atlas = newProject('Atlas');
  const byHand = newAssignment(sample, atlas, 'lead');
  const kept = newAssignment(mine, atlas, 'sidekick');
  await portal.change([sample, project, mine, atlas, byHand, kept, newAssignment(mine, project, 'lead', { sample: true })]);
  const leave = newTimeOff(sample, '2026-12-10', '2026-12-11');
  await portal.change([leave]);
  expect((await ask('get', '/sample')).body).toEqual({
    records: {
      person: 1,
      project: 1,
      assignment: 1,
      timeOff: 0,
      holiday: 0,
      team: 0,
      skill: 0,
      rate: 0,
      budget: 0,
      settings: 0,
      volunteer: 0,
      wish: 0,
      opening: 0,
      view: 0,
      weekNote: 0,
    },
    madeByHand: [
      { kind: 'assignment', id: byHand.id, text: 'Sam Sample lead on Atlas, 8 h a week, 7 Dec – 27 Dec 2026' },
      { kind: 'timeOff', id: leave.id, text: 'Sam Sample away 10 Dec – 11 Dec 2026, requested' },
    ],
  });
  const gone = await ask('delete', '/sample');
  expect(gone).toMatchObject({ status: 200, body: { number: 3 } });
  expect(gone.body.items).toHaveLength(5);
  expect((await ask('get', '/people')).body.items).toMatchObject([{ id: mine.id }]);
  expect((await ask('get', '/assignments')).body.items).toMatchObject([{ id: kept.id }]);
  expect((await ask('post', '/changes/3/undo')).status).toBe(201);
  expect((await ask('get', '/people')).body.items).toHaveLength(2);
});
