import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { anEngineer, newAssignment, newRecord } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ines = newPerson('Ines Costa', { skills: [{ skill: 'Node', level: 4 }] });
const noor = newPerson('Noor Haddad', { skills: [{ skill: 'Node', level: 3 }] });
const atlas = newProject('Atlas');
const core = newRecord('team', { name: 'Core', people: [ines.id], lead: ines.id });
const days = 'from=2026-12-07&to=2026-12-27';

const get = (path: string) => portal.client.ask<any>('get', path, { as: anEngineer });
const figures = (questions: object[]) => portal.client.ask<any>('post', '/figures', { as: anEngineer, body: { questions } });

test('what ranges over people is cut by team, and an unknown team is told at its path', async () => {
  await portal.change([ines, noor, atlas, core, newAssignment(noor, atlas, 'sidekick', { hoursPerWeek: 20 })]);
  const range = { days: ['2026-12-07', '2026-12-27'] };
  const cut = { ...range, team: core.id };
  const asked = [
    { what: 'utilisation', args: range },
    { what: 'utilisation', args: cut },
    { what: 'fairness', args: range },
    { what: 'fairness', args: cut },
  ];
  expect((await figures(asked)).body.answers).toEqual([expect.closeTo(0.25, 9), 0, expect.closeTo(0.5, 9), 1]);
  const unknown = { what: 'fairness', args: { ...range, team: ulid() } };
  const refused = await figures([asked[0] ?? {}, unknown]);
  expect(refused).toMatchObject({ status: 400, body: { type: 'urn:sidekick:problem:unknown-team' } });
  expect(refused.body.errors).toEqual([{ path: 'questions.1.args.team', message: 'There is no team of this id' }]);
  const both = { what: 'utilisation', args: { ...cut, person: noor.id } };
  expect((await figures([both])).body.type).toBe('urn:sidekick:problem:person-or-team');

  expect((await get(`/figures/capacity?${days}&team=${core.id}`)).body.people.map(({ id }: { id: string }) => id)).toEqual([ines.id]);
  const free = await get(`/figures/free?${days}&skill=node&level=2&hours=60&team=${core.id}`);
  expect(free.body.people.map(({ person }: { person: string }) => person)).toEqual([ines.id]);
  for (const path of [`/figures/capacity?${days}`, `/figures/free?${days}`]) {
    expect((await get(`${path}&team=${ulid()}`)).body.errors).toEqual([{ path: 'team', message: 'There is no team of this id' }]);
  }
});

test('capacity and free hours follow what changes, and a bad query is told at its field', async () => {
  await portal.change([ines, noor, atlas]);
  const path = `/figures/free?${days}&skill=Node&level=4&hours=100`;
  expect((await get(path)).body).toMatchObject({ head: 1, people: [{ person: ines.id, hours: 114 }], leftOut: [{ reason: 'level' }] });
  await portal.change([newAssignment(ines, atlas, 'lead', { hoursPerWeek: 10 })]);
  expect((await get(path)).body).toMatchObject({ head: 2, people: [], leftOut: [{ reason: 'hours', hours: 84 }, { reason: 'level' }] });
  expect((await get(`/figures/capacity?${days}&by=day`)).body.group.whole.confirmed).toBeCloseTo(30, 9);
  for (const [wrong, field] of [
    ['level=6', 'level'],
    ['hours=1e2', 'hours'],
    ['skill=%20', 'skill'],
    ['team=core', 'team'],
  ]) {
    const { status, body } = await get(`/figures/free?${days}&${wrong}`);
    expect([status, body.errors[0].path]).toEqual([400, field]);
  }
  expect((await get(`/figures/capacity?from=2026-02-30&to=2026-03-01`)).status).toBe(400);
});
