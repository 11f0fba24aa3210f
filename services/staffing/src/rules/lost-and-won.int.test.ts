import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, newAssignment } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown) => portal.client.ask(method, path, { as: aManager, ...(body ? { body } : {}) });
const week = '2026-W50';

async function aFullWeek(state = 'agreed') {
  const ana = newPerson('Ana Duarte');
  const noor = newPerson('Noor Haddad');
  const atlas = newProject('Atlas', { state });
  const lead = newAssignment(ana, atlas, 'lead', { hoursPerWeek: 38 });
  const cover = newAssignment(noor, atlas, 'sidekick', { hoursPerWeek: 8 });
  expect((await portal.change([ana, noor, atlas, lead, cover])).status).toBe(201);
  const totals = async () => {
    const questions = [
      { what: 'remaining', args: { person: ana.id, week } },
      { what: 'remaining', args: { person: ana.id, week, withTentative: true } },
      { what: 'utilisation', args: { person: ana.id, week } },
      { what: 'projectEffective', args: { project: atlas.id, week } },
      { what: 'coverage', args: { project: atlas.id, week } },
      { what: 'fairness', args: { week } },
    ];
    return (await ask('post', '/figures', { questions })).body.answers;
  };
  const turn = (state: string, version: number, more: object = {}) => ({
    ...{ do: 'change', kind: 'project', id: atlas.id, version, patch: { state } },
    ...more,
  });
  const states = async () =>
    (await Promise.all([lead, cover].map(({ id }) => ask('get', `/assignments/${id}`)))).map(({ body }) => body.state);
  return { ana, noor, lead, totals, turn, states };
}

test('a lost project gives its hours back at once, says whose, and undo takes them again', async () => {
  const { ana, noor, totals, turn } = await aFullWeek();
  expect(await totals()).toEqual([0, 0, 0.95, 46, 'covered', 0.5]);
  const lost = turn('lost', 1);
  const preview = await ask('post', '/changes/preview', { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', commands: [lost] });
  const freed = [
    { code: 'hours-freed', severity: 'warning', person: ana.id, message: 'Atlas is lost: Ana Duarte gets 114 h back, 7 Dec – 27 Dec' },
    { code: 'hours-freed', severity: 'warning', person: noor.id, message: 'Atlas is lost: Noor Haddad gets 24 h back, 7 Dec – 27 Dec' },
  ];
  expect(preview.body.broken).toMatchObject(freed);
  expect((await portal.change([lost])).body.warnings).toMatchObject(freed);
  expect(await totals()).toEqual([38, 38, 0, 0, null, 1]);
  const other = newProject('Borealis');
  expect((await portal.change([other, newAssignment(ana, other, 'lead', { hoursPerWeek: 40 })])).status).toBe(201);
  expect((await ask('post', '/changes/2/undo')).body).toMatchObject({ broken: [{ code: 'over-allocated', person: ana.id }] });
  await ask('post', '/changes/3/undo');
  expect((await ask('post', '/changes/2/undo')).status).toBe(201);
  expect(await totals()).toEqual([0, 0, 0.95, 46, 'covered', 0.5]);
});

test('work of a proposal is tentative whatever was kept; winning confirms who is named, in one change set', async () => {
  const { lead, totals, turn, states } = await aFullWeek('proposal');
  expect(await totals()).toEqual([38, 0, 0, 0, null, 1]);
  const names = turn('agreed', 1, { confirm: [lead.id, '01ARZ3NDEKTSV4RRFFQ69G5FAV'] });
  expect((await portal.change([names])).body.errors).toMatchObject([{ path: 'commands.0.confirm' }]);
  expect((await portal.change([turn('lost', 1, { confirm: 'all' })])).body.errors).toMatchObject([{ path: 'commands.0.confirm' }]);
  const won = await portal.change([turn('agreed', 1, { confirm: [lead.id] })]);
  expect(won.body.items.map(({ id }: { id: string }) => id)).toHaveLength(2);
  expect(won.body.warnings).toMatchObject([{ code: 'hours-tentative', message: expect.stringContaining('Noor Haddad stays tentative') }]);
  expect(await states()).toEqual(['confirmed', 'tentative']);
  expect(await totals()).toEqual([0, 0, 0.95, 38, 'tentative', 1]);
  await ask('post', '/changes/2/undo');
  expect(await totals()).toEqual([38, 0, 0, 0, null, 1]);
  expect((await portal.change([turn('agreed', 3, { confirm: 'none' })])).status).toBe(201);
  expect(await states()).toEqual(['tentative', 'tentative']);
});
