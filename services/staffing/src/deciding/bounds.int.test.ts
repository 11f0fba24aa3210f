import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, anEngineer, newAssignment, newRecord, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { ChangeSet } from '../log/change-set.ts';
import { aLeave, aPerson } from '../testing/builders.ts';
import { anOldFolder, aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const errors = async (command: object) => (await portal.change([command])).body.errors;
const ask = (method: string, path: string, more: object = {}) => portal.client.ask<any>(method, path, { as: aManager, ...more });

test('dates lie within twenty years of today, leave spans two years and work fifteen', async () => {
  const noor = newPerson('Noor Haddad');
  const atlas = newProject('Atlas', { to: null });
  await portal.change([noor, atlas]);
  const far = '0001-01-01';
  const refused: [object, string][] = [
    [newTimeOff(noor, far, '2026-12-24'), 'from'],
    [newTimeOff(noor, '2026-12-24', '9999-12-31'), 'to'],
    [newTimeOff(noor, '2026-12-24', '2028-12-25'), 'to'],
    [newAssignment(noor, atlas, 'lead', { from: '2026-12-07', to: '2041-12-31' }), 'to'],
    [newAssignment(noor, atlas, 'lead', { from: far, to: null }), 'from'],
    [newProject('Borealis', { from: '2026-12-07', to: '2047-12-31' }), 'to'],
    [newRecord('holiday', { region: 'PT', date: '2947-01-01', name: 'A day' }), 'date'],
    [newPerson('Ana', { contract: { from: far, to: null } }), 'contract.from'],
    [newPerson('Ana', { patterns: [{ from: far, hours: [8, 8, 8, 8, 8, 0, 0] }] }), 'patterns.0.from'],
  ];
  for (const [command, path] of refused) expect((await errors(command))[0]).toMatchObject({ path: `commands.0.record.${path}` });
  expect((await portal.change([newTimeOff(noor, '2026-12-24', '2028-12-24')])).status).toBe(201);
  expect(
    (await portal.change([newAssignment(noor, atlas, 'lead', { from: '2026-12-07', to: '2041-12-07', hoursPerWeek: 4 })])).status,
  ).toBe(201);
});

test('leave that an older release kept without bounds holds up nobody, stays readable, and can be deleted and brought back', async () => {
  const noor = ulid();
  const odd = Array.from({ length: 2000 }, () => aLeave(ulid(), noor, '0001-01-01', '9999-12-31', { state: 'requested' }));
  const old: ChangeSet = {
    ...{ at: '2026-11-29T09:00:00.000Z', account: aManager.account, accepted: [], undoes: null },
    changes: [
      { kind: 'person', id: noor, before: null, after: aPerson(noor) },
      ...odd.map((after) => ({ kind: 'timeOff' as const, id: after.id, before: null, after })),
    ],
    private: { name: 'Helena Prado', reason: null, warnings: [] },
  };
  await portal.close();
  portal = await aPortal({ folder: await anOldFolder([old]) });
  expect((await ask('get', '/decisions')).status).toBe(200);
  expect((await ask('get', '/timeline?from=2026-W49&to=2028-W40')).status).toBe(200);
  const { id = '' } = odd[0] ?? {};
  expect((await ask('get', `/time-off/${id}`)).body).toMatchObject({ from: '0001-01-01', to: '9999-12-31' });
  const gone = await ask('delete', `/time-off/${id}`, { headers: { 'if-match': '"1"' } });
  expect(gone.status).toBe(204);
  expect((await ask('post', '/changes/2/undo')).status).toBe(201);
  const ended = await ask('patch', `/time-off/${id}`, { headers: { 'if-match': '"3"' }, body: { state: 'declined' } });
  expect(ended.status).toBe(200);
});

test('nobody asks for leave ten times over one day', async () => {
  const noor = newPerson('Noor Haddad');
  await portal.change([noor]);
  const engineer = { ...anEngineer, person: noor.id };
  const days = Array.from({ length: 10 }, (_, index) => newTimeOff(noor, `2026-12-0${(index % 5) + 1}`, '2026-12-08'));
  expect((await portal.change(days, { as: engineer })).status).toBe(201);
  const more = await portal.change([newTimeOff(noor, '2026-12-08', '2026-12-09')], { as: engineer });
  expect(more.body.errors).toEqual([{ path: 'commands.0.record.from', message: '10 requests for leave hold one of these days already' }]);
  expect((await portal.change([newTimeOff(noor, '2026-12-09', '2026-12-09')], { as: engineer })).status).toBe(201);
});
