import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, newAssignment } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const noor = newPerson('Noor Haddad');
const atlas = newProject('Atlas', { from: '2026-12-07', to: '2026-12-27' });
const lead = newAssignment(noor, atlas, 'lead', { hoursPerWeek: 24 });
const first = { from: '2026-12-07', to: '2026-12-27' };
const read = async () => (await portal.client.ask<any>('get', `/projects/${atlas.id}`, { as: aManager })).body;
const slip = (version: number, patch: object, more: unknown[] = []) =>
  portal.change([{ do: 'change', kind: 'project', id: atlas.id, version, patch }, ...more]);

test('a project that slips keeps the dates first planned beside its new ones, and Undo takes both back with the work', async () => {
  await portal.change([noor, atlas, lead]);
  expect(await read()).not.toHaveProperty('baseline');
  const stretch = { do: 'change', kind: 'assignment', id: lead.id, version: 1, patch: { to: '2027-01-10' } };
  const slipped = await slip(1, { to: '2027-01-10', baseline: first }, [stretch]);
  expect(slipped.status).toBe(201);
  expect(await read()).toMatchObject({ from: '2026-12-07', to: '2027-01-10', baseline: first });
  await slip(2, { to: '2027-01-17' });
  expect(await read()).toMatchObject({ to: '2027-01-17', baseline: first });
  for (const number of [3, 2]) {
    expect((await portal.client.ask('post', `/changes/${number}/undo`, { as: aManager })).status).toBe(201);
  }
  expect(await read()).toMatchObject(first);
  expect(await read()).not.toHaveProperty('baseline');
});

test('dates first planned may have no end, and are told to nobody else', async () => {
  await portal.change([noor, atlas]);
  expect((await slip(1, { baseline: { from: '2026-12-07', to: null } })).status).toBe(201);
  expect((await read()).baseline).toEqual({ from: '2026-12-07', to: null });
  const told = JSON.stringify([...(await portal.staffing.snapshot())]);
  expect(told).toContain(atlas.id);
  expect(told).not.toContain('baseline');
  expect((await slip(2, { baseline: null })).status).toBe(201);
  expect(await read()).not.toHaveProperty('baseline');
});

test('dates first planned are dates: not backwards, not far off, not of other members', async () => {
  await portal.change([noor, atlas]);
  const refused = async (baseline: object) => (await slip(1, { baseline })).body.errors;
  expect(await refused({ from: '2026-12-07', to: '2026-12-01' })).toMatchObject([{ path: 'commands.0.patch.baseline.to' }]);
  expect(await refused({ from: '1926-12-07', to: '2026-12-27' })).toMatchObject([{ path: 'commands.0.patch.baseline.from' }]);
  expect(await refused({ from: '2026-02-30', to: null })).toMatchObject([{ path: 'commands.0.patch.baseline.from' }]);
  expect(await refused({ to: null })).toMatchObject([{ path: 'commands.0.patch.baseline.from' }]);
});
