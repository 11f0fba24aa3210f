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
  portal.client.ask<any>(method, path, { as, headers, ...(body === undefined ? {} : { body }) });
const noor = newPerson('Noor Haddad');
const ben = newPerson('Ben Carter');
const newTeam = (name: string, over: object = {}) => newRecord('team', { name, people: [noor.id, ben.id], lead: ben.id, ...over });
const readTeam = async (id: string) => (await ask('get', `/teams/${id}`)).body;

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
    expect(await readTeam(id)).toMatchObject({ id, name: 'Platform', people: [noor.id], version: 5 });
  });

  test('names people who are there, each once, with one of them as its lead, and is for managers to write and all to read', async () => {
    const left = newPerson('Ada Long', { contract: { from: null, to: '2026-11-20' } });
    await portal.change([noor, ben, left]);
    const refusals: [object, string, string][] = [
      [newTeam('Web', { people: [noor.id, noor.id], lead: null }), 'people.1', 'A team names a person once'],
      [newTeam('Web', { people: [noor.id] }), 'lead', 'The lead of a team is one of its people'],
      [newTeam('Web', { people: [ulid()], lead: null }), 'people.0', 'There is no person of this id'],
      [newTeam('Web', { people: [noor.id, left.id], lead: null }), 'people.1', 'Has left: the contract ended on 20 Nov'],
    ];
    for (const [command, path, message] of refusals) {
      expect((await portal.change([command])).body.errors).toEqual([{ path: `commands.0.record.${path}`, message }]);
    }
    const engineer = { ...anEngineer, person: noor.id };
    expect((await portal.change([newTeam('Mine')], { as: engineer })).status).toBe(403);
    await portal.change([newTeam('Web')]);
    expect((await ask('get', '/teams', undefined, {}, engineer)).body.items).toHaveLength(1);
  });

  test('has a name that no other has, in whatever spelling, in one change set and after an undo too', async () => {
    await portal.change([noor, ben]);
    const [web, other] = [newTeam('Web Team'), newTeam('ＷＥＢ  team')];
    const message = (name: string) => `A team is called ${name} already`;
    expect((await portal.change([web, other])).body.errors).toEqual([
      { path: 'commands.0.record.name', message: message('ＷＥＢ team') },
      { path: 'commands.1.record.name', message: message('Web Team') },
    ]);
    expect((await portal.change([web])).status).toBe(201);
    expect((await portal.change([other])).body.errors).toEqual([{ path: 'commands.0.record.name', message: message('Web Team') }]);
    const renamed = { do: 'change', kind: 'team', id: web.id, version: 2, patch: { name: 'web team' } };
    expect((await portal.change([renamed])).status).toBe(201);
    expect((await portal.change([{ do: 'delete', kind: 'team', id: web.id, version: 3 }])).body.number).toBe(4);
    expect((await portal.change([other])).status).toBe(201);
    const undone = await ask('post', '/changes/4/undo');
    expect([undone.status, undone.body.title]).toEqual([409, message('ＷＥＢ team')]);
  });

  test('is left by whoever is deleted or has left, lead or not, in the change set that says so, and joined again by its undo', async () => {
    const { id, ...team } = newTeam('Platform');
    await portal.change([noor, ben, { id, ...team }]);
    const gone = await portal.change([{ do: 'delete', kind: 'person', id: ben.id, version: 1 }]);
    expect(gone).toMatchObject({
      status: 201,
      body: {
        items: [
          { id: ben.id, record: null },
          { kind: 'team', id },
        ],
      },
    });
    expect(await readTeam(id)).toMatchObject({ people: [noor.id], lead: null });
    expect((await ask('post', '/changes/2/undo')).status).toBe(201);
    expect(await readTeam(id)).toMatchObject({ people: [noor.id, ben.id], lead: ben.id });

    const ending = (to: string, version: number) => ({ do: 'change', kind: 'person', id: noor.id, version, patch: { contract: { to } } });
    expect((await portal.change([ending('2027-01-31', 1)])).status).toBe(201);
    expect((await readTeam(id)).people).toEqual([noor.id, ben.id]);
    expect((await portal.change([ending('2026-11-27', 4)])).status).toBe(201);
    expect(await readTeam(id)).toMatchObject({ people: [ben.id], lead: ben.id });
    const named = { do: 'change', kind: 'team', id, version: 5, patch: { name: 'Core' } };
    const both = await portal.change([{ do: 'delete', kind: 'person', id: ben.id, version: 3 }, named]);
    expect(both.body.errors).toEqual([{ path: 'commands.1.patch.people.0', message: 'There is no person of this id' }]);
  });

  test('loses whoever is made anonymous, in the history too, and with them why they were in it', async () => {
    const ada = newPerson('Ada Long', { contract: { from: null, to: '2026-12-01' } });
    const { id, ...team } = newTeam('Platform', { people: [noor.id, ada.id], lead: ada.id });
    await portal.change([noor, ada]);
    await portal.change([{ id, ...team }], { reason: 'Ada knows it best' });
    await portal.change([newTeam('Web', { people: [noor.id], lead: null })], { reason: 'A new product' });
    const left = { do: 'change', kind: 'person', id: ada.id, version: 1, patch: { contract: { to: '2026-11-27' } } };
    await portal.change([left]);
    expect((await ask('post', `/people/${ada.id}/redact`, {})).status).toBe(201);
    const made = (await ask('get', '/changes/2')).body;
    expect(made).toMatchObject({ reason: null, changes: [{ after: { people: [noor.id], lead: null } }] });
    expect((await ask('get', '/changes/3')).body.reason).toBe('A new product');
  });

  test('of the group loses its people of the sample; one of the sample goes with them, or stays when somebody of the group is in it', async () => {
    const sam = newPerson('Sam Sample', { sample: true });
    const mine = newTeam('Mine', { people: [noor.id, sam.id], lead: sam.id });
    const joined = newTeam('Joined', { people: [sam.id, ben.id], lead: ben.id, sample: true });
    const made = newTeam('Made up', { people: [sam.id], lead: sam.id, sample: true });
    await portal.change([noor, ben, sam, mine, joined, made]);
    expect((await ask('get', '/sample')).body).toMatchObject({ records: { person: 1, team: 1 }, madeByHand: [] });
    expect((await ask('delete', '/sample')).status).toBe(200);
    const left = (await ask('get', '/teams')).body.items;
    expect(left).toHaveLength(2);
    expect(left.find(({ name }: any) => name === 'Mine')).toMatchObject({ people: [noor.id], lead: null, sample: false });
    expect(left.find(({ name }: any) => name === 'Joined')).toMatchObject({ people: [ben.id], lead: ben.id, sample: false });
    expect((await ask('delete', '/sample')).status).toBe(404);
    expect((await ask('post', '/changes/2/undo')).status).toBe(201);
    expect((await ask('get', '/teams')).body.items).toHaveLength(3);
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
