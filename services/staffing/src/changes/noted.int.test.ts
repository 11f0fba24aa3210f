import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, anEngineer, newAssignment, newRecord } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

test('that a note changed is told to managers and the person alone, on work as on open places', async () => {
  const [noor, atlas] = [newPerson('Noor Haddad'), newProject('Atlas')];
  const work = newAssignment(noor, atlas, 'sidekick', { from: '2026-12-07', to: '2026-12-20' });
  const place = newRecord('opening', { project: atlas.id, role: 'lead', from: '2026-12-07', hoursPerWeek: 8 });
  expect((await portal.change([noor, atlas, work, place])).status).toBe(201);
  const note = (kind: string, { id }: { id: string }) => ({ do: 'change', kind, id, version: 1, patch: { private: { note: 'About it' } } });
  expect((await portal.change([note('assignment', work), note('opening', place)])).status).toBe(201);
  const told = async (as: typeof aManager) => (await portal.client.ask<any>('get', '/changes/2', { as })).body.summary.split('; ');
  const [onWork, onPlace] = await told(anEngineer);
  expect(await told(aManager)).toEqual([`${onWork}, note changed`, `${onPlace}, note changed`]);
  expect(await told({ ...anEngineer, person: noor.id })).toEqual([`${onWork}, note changed`, onPlace]);
  expect(`${onWork} ${onPlace}`).not.toContain('note');
});
