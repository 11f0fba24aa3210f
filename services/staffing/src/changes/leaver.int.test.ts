import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, newAssignment, newRecord, newTimeOff } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ask = (method: string, path: string, more: object = {}) => portal.client.ask<any>(method, path, { as: aManager, ...more });
const lists = ['people', 'assignments', 'time-off', 'teams', 'volunteers', 'wishes'];
const all = async () => Promise.all(lists.map(async (name) => (await ask('get', `/${name}`)).body.items));
const withoutVersions = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, inner) => (key === 'version' ? 0 : inner)));

const day = '2026-12-18';

async function aGroup() {
  const [noor, ines] = [newPerson('Noor Haddad'), newPerson('Ines Costa')];
  const atlas = newProject('Atlas');
  const lead = newAssignment(noor, atlas, 'lead', { from: '2026-11-23', to: '2027-03-14', hoursPerWeek: 24 });
  const request = newTimeOff(noor, '2027-01-11', '2027-01-15', { state: 'requested' });
  const team = newRecord('team', { name: 'Platform', people: [noor.id, ines.id], lead: noor.id });
  const wish = newRecord('wish', { person: noor.id, skill: 'Go' });
  const other = newProject('Basin');
  const offer = newRecord('volunteer', { person: noor.id, project: other.id });
  expect((await portal.change([noor, ines, atlas, other, lead, request, team, wish, offer])).status).toBe(201);
  const goes = (kind: string, { id }: { id: string }) => ({ do: 'delete', kind, id, version: 1 });
  const changes = (kind: string, { id }: { id: string }, patch: object) => ({ do: 'change', kind, id, version: 1, patch });
  const taken = newAssignment(ines, atlas, 'lead', { from: '2026-12-19', to: '2027-03-14', hoursPerWeek: 24 });
  const commands = [
    changes('person', noor, { contract: { to: day } }),
    changes('assignment', lead, { to: day }),
    taken,
    goes('timeOff', request),
    goes('volunteer', offer),
    goes('wish', wish),
    changes('team', team, { lead: ines.id }),
  ];
  return { noor, ines, atlas, lead, commands };
}

test('somebody leaves with one change set, whose undo brings back all of it', async () => {
  const { noor, ines, atlas, commands } = await aGroup();
  const before = await all();
  expect((await portal.change(commands)).status).toBe(201);
  const [people, work, leave, [team], offers, wishes] = await all();
  expect(people.find(({ id }: { id: string }) => id === noor.id).contract.to).toBe(day);
  expect(work.map(({ person, from, to }: never) => [person, from, to])).toEqual([
    [noor.id, '2026-11-23', day],
    [ines.id, '2026-12-19', '2027-03-14'],
  ]);
  expect([leave, offers, wishes, team.lead]).toEqual([[], [], [], ines.id]);
  const crew = await ask('post', '/figures', {
    body: { questions: [{ what: 'crew', args: { project: atlas.id, weeks: ['2026-W52', '2026-W52'] } }] },
  });
  expect(crew.body.answers[0][0].leading).toEqual([ines.id]);
  expect((await ask('post', '/changes/2/undo')).status).toBe(201);
  expect(withoutVersions(await all())).toEqual(withoutVersions(before));
});

test('of somebody who leaves nothing is done where one of the records was changed meanwhile', async () => {
  const { lead, commands } = await aGroup();
  const meanwhile = await ask('patch', `/assignments/${lead.id}`, { body: { to: '2026-12-13' }, headers: { 'if-match': '"1"' } });
  expect(meanwhile.status).toBe(200);
  const before = await all();
  expect(await portal.change(commands)).toMatchObject({ status: 412, body: { current: { id: lead.id, version: 2 } } });
  expect(await all()).toEqual(before);
});
