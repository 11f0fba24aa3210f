import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { aManager, anEngineer, newRecord, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, as = aManager) =>
  portal.client.ask(method, path, { as, headers, ...(body === undefined ? {} : { body }) });
const noor = newPerson('Noor Haddad');
const ben = newPerson('Ben Carter');
const newTeam = (name: string, over: object = {}) => newRecord('team', { name, people: [noor.id, ben.id], lead: ben.id, ...over });

describe('a team', () => {
  test('is made, read, changed and removed as any record, and told in the history', async () => {
    await portal.change([noor, ben]);
    const { id, record } = newTeam('Platform');
    const made = await ask('put', `/teams/${id}`, record, { 'if-none-match': '*' });
    expect(made).toMatchObject({ status: 201, body: { id, ...record, sample: false, version: 2 } });
    const patched = await ask('patch', `/teams/${id}`, { lead: null, people: [noor.id] }, { 'if-match': '"2"' });
    expect(patched).toMatchObject({ status: 200, body: { name: 'Platform', people: [noor.id], lead: null } });
    expect((await ask('get', `/teams?person=${noor.id}`)).body.items).toMatchObject([{ id }]);
    expect((await ask('get', `/teams?person=${ben.id}`)).body.items).toEqual([]);
    expect((await ask('delete', `/teams/${id}`, undefined, { 'if-match': '"3"' })).status).toBe(204);
    const summaries = (await ask('get', '/changes')).body.items.map(({ summary }: { summary: string }) => summary);
    expect(summaries.slice(0, 3)).toEqual(['Team Platform: removed', 'Team Platform: people, lead changed', 'Team Platform: added']);
    expect((await ask('post', '/changes/4/undo')).status).toBe(201);
    portal = await portal.restart();
    expect((await ask('get', `/teams/${id}`)).body).toMatchObject({ id, name: 'Platform', people: [noor.id], version: 5 });
  });

  test('names people who are there, each once, with one of them as its lead, and no other team by its name', async () => {
    await portal.change([noor, ben]);
    const refusals: [object, string, string][] = [
      [newTeam('Web', { people: [noor.id, noor.id], lead: null }), 'people.1', 'A team names a person once'],
      [newTeam('Web', { people: [noor.id] }), 'lead', 'The lead of a team is one of its people'],
      [newTeam('Web', { people: [ulid()], lead: null }), 'people.0', 'There is no person of this id'],
    ];
    for (const [command, path, message] of refusals) {
      expect((await portal.change([command])).body.errors).toEqual([{ path: `commands.0.record.${path}`, message }]);
    }
    const web = newTeam('Web Team');
    expect((await portal.change([web])).status).toBe(201);
    const again = await portal.change([newTeam('ＷＥＢ  team')]);
    expect(again.body.errors).toEqual([{ path: 'commands.0.record.name', message: 'A team is called Web Team already' }]);
    const renamed = { do: 'change', kind: 'team', id: web.id, version: 2, patch: { name: 'web team' } };
    expect((await portal.change([renamed])).status).toBe(201);
  });

  test('keeps its people from being deleted, goes with the sample that it names, and is for managers to write', async () => {
    const sam = newPerson('Sam Sample', { sample: true });
    const web = newTeam('Web', { people: [noor.id, sam.id], lead: null });
    await portal.change([noor, ben, sam, web]);
    const gone = await portal.change([{ do: 'delete', kind: 'person', id: noor.id, version: 1 }]);
    expect(gone).toMatchObject({ status: 409, body: { usedBy: [{ kind: 'team', id: web.id, text: 'Team Web' }] } });
    expect((await ask('get', '/sample')).body).toMatchObject({
      records: { person: 1, team: 0 },
      madeByHand: [{ kind: 'team', id: web.id }],
    });
    const engineer = { ...anEngineer, person: noor.id };
    expect((await portal.change([newTeam('Mine')], { as: engineer })).status).toBe(403);
    expect((await ask('get', '/teams', undefined, {}, engineer)).body.items).toHaveLength(1);
  });

  test('is told to the gateway as an event, and in the snapshot', async () => {
    const got: Envelope[] = [];
    await portal.bus.subscribe('gateway.live', async (event) => void got.push(event));
    const { id, record, ...command } = newTeam('Platform');
    await portal.change([noor, ben, { id, record, ...command }]);
    const event = await until('its event', () => got.find(({ subject }) => subject === id));
    expect(event).toMatchObject({
      type: 'staffing.team.changed.v1',
      data: { reason: 'created', deleted: false, state: { id, ...record, sample: false } },
    });
    expect([...(await portal.staffing.snapshot())].map(({ subject }) => subject)).toContain(id);
  });
});
