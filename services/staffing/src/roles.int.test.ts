import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Identity } from '@sidekick/contracts';
import { aManager, anEngineer, anOps, newAssignment, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from './testing/harness.ts';

let portal: Portal;
const noor = newPerson('Noor Haddad');
const ines = newPerson('Ines Costa', { private: { name: 'Ines Costa', email: null, note: 'a private note' } });
const atlas = newProject('Atlas');
const engineer: Identity = { ...anEngineer, person: noor.id };
const askers = { nobody: null, engineer: anEngineer, manager: aManager, ops: anOps };

beforeAll(async () => {
  portal = await aPortal();
  await portal.change([noor, ines, atlas]);
});
afterAll(() => portal.close());

describe('the matrix of this service', () => {
  test('nothing is public, and every operation refuses exactly the roles that its access leaves out', async () => {
    for (const { method, path, access, operation } of portal.staffing.routes) {
      expect(access).not.toBe('public');
      for (const [name, identity] of Object.entries(askers)) {
        const allowed = identity !== null && (access === 'signed-in' || identity.roles.some((role) => access.includes(role)));
        const probe = path.replaceAll(/\{\w+\}/g, '0');
        const { status } = await portal.client.ask(method, probe, {
          as: identity,
          ...(method === 'get' || method === 'delete' ? {} : { body: {} }),
        });
        const refused = status === 401 || status === 403;
        expect({ operation, name, refused }).toEqual({ operation, name, refused: !allowed });
        if (identity === null) expect(status).toBe(401);
      }
    }
  });
});

describe('an engineer', () => {
  const change = (commands: unknown[], more = {}) => portal.change(commands, { as: engineer, ...more });

  test('asks for own time off, changes it and withdraws it while it is requested', async () => {
    const leave = newTimeOff(noor, '2026-12-14', '2026-12-16');
    const asked = await change([leave]);
    expect(asked.status).toBe(201);
    const version = asked.body.number;
    const patch = { private: { note: 'back on Thursday' } };
    const changed = await change([{ do: 'change', kind: 'timeOff', id: leave.id, version, patch }]);
    expect(changed.body.items[0].record).toMatchObject({ private: { note: 'back on Thursday' } });
    expect((await change([{ do: 'delete', kind: 'timeOff', id: leave.id, version: changed.body.number }])).status).toBe(201);
    expect((await portal.client.ask('post', `/changes/${version}/undo`, { as: engineer })).status).toBe(409);
  });

  test('may not approve it, ask for somebody else, or touch it once it is answered', async () => {
    const leave = newTimeOff(noor, '2026-12-21', '2026-12-22');
    const { number: version } = (await change([leave])).body;
    const approve = { do: 'change', kind: 'timeOff', id: leave.id, version, patch: { state: 'approved' } };
    expect((await change([approve])).status).toBe(403);
    expect((await change([newTimeOff(noor, '2026-12-21', '2026-12-22', { state: 'approved' })])).status).toBe(403);
    expect((await change([newTimeOff(ines, '2026-12-21', '2026-12-22')])).status).toBe(403);
    const moved = { do: 'change', kind: 'timeOff', id: leave.id, version, patch: { person: ines.id } };
    expect((await change([moved])).status).toBe(403);
    const answered = await portal.change([approve]);
    expect((await change([{ do: 'delete', kind: 'timeOff', id: leave.id, version: answered.body.number }])).status).toBe(403);
    expect((await portal.client.ask('post', `/changes/${answered.body.number}/undo`, { as: engineer })).status).toBe(403);
  });

  test('makes nothing part of the sample, which goes with one click', async () => {
    expect((await change([newTimeOff(noor, '2027-01-04', '2027-01-05', { sample: true })])).status).toBe(403);
    const leave = newTimeOff(noor, '2027-01-04', '2027-01-05');
    const { number: version } = (await change([leave])).body;
    const patch = (sample: boolean) => ({ do: 'change', kind: 'timeOff', id: leave.id, version, patch: { sample, to: '2027-01-06' } });
    expect((await change([patch(true)])).status).toBe(403);
    expect((await change([patch(false)])).status).toBe(201);
  });

  test('sets own skills, and nothing else of a person', async () => {
    const path = `/people/${noor.id}`;
    const tag = (await portal.client.ask('get', path, { as: engineer })).headers.get('etag') ?? '';
    const patch = (body: object, as: Identity = engineer) => portal.client.ask('patch', path, { as, body, headers: { 'if-match': tag } });
    expect((await patch({ operationsShare: 0.5 })).status).toBe(403);
    expect((await patch({ skills: [{ skill: 'Go', level: 3 }] }, anEngineer)).status).toBe(403);
    expect((await patch({ skills: [{ skill: 'Go', level: 3 }] })).body).toMatchObject({ skills: [{ skill: 'Go', level: 3 }] });
  });

  test('staffs nothing and accepts no broken rule', async () => {
    expect((await change([newAssignment(noor, atlas, 'lead')])).status).toBe(403);
    const leave = newTimeOff(noor, '2026-12-28', '2026-12-29');
    expect((await change([leave], { accept: ['joint-absence'], reason: 'please' })).status).toBe(403);
    expect(
      (await portal.client.ask('put', `/projects/${ulid()}`, { as: engineer, body: atlas.record, headers: { 'if-none-match': '*' } }))
        .status,
    ).toBe(403);
    expect((await portal.client.ask('delete', '/sample', { as: engineer })).status).toBe(403);
  });

  test('reads everybody, but not the note on somebody else, nor through a lost race', async () => {
    const list = await portal.client.ask('get', '/people', { as: engineer });
    expect(list.body.items).toHaveLength(2);
    expect(JSON.stringify(list.body)).not.toContain('a private note');
    const stale = await change([{ do: 'change', kind: 'person', id: ines.id, version: 9, patch: { skills: [] } }]);
    expect(stale).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:managers-only' } });
    expect(JSON.stringify(stale.body)).not.toContain('a private note');
    const own = await portal.client.ask('get', `/people/${ines.id}`, { as: { ...anEngineer, person: ines.id } });
    expect(own.body).toMatchObject({ private: { note: 'a private note' } });
  });
});
