import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, anEngineer, newRecord } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ask = (method: string, path: string, more: object = {}) => portal.client.ask<any>(method, path, { as: aManager, ...more });
const noteOn = (project: { id: string }, week: string, note: string) =>
  newRecord('weekNote', { project: project.id, week, private: { note } });

test('a week of a project has one note, which says nothing in the history but that it is there, and is taken back', async () => {
  const atlas = newProject('Atlas');
  const note = noteOn(atlas, '2026-W50', ' Steering group ');
  expect((await portal.change([atlas])).status).toBe(201);
  expect((await portal.change([note])).status).toBe(201);
  expect((await ask('get', `/week-notes?project=${atlas.id}`)).body.items).toMatchObject([
    { id: note.id, week: '2026-W50', private: { note: 'Steering group' }, version: 2 },
  ]);
  expect(await portal.change([noteOn(atlas, '2026-W50', 'Again')])).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'commands.0.record.week', message: 'The week has a note already' }] },
  });
  const patch = { private: { note: 'Moved to Friday' } };
  expect((await portal.change([{ do: 'change', kind: 'weekNote', id: note.id, version: 2, patch }])).status).toBe(201);
  const told = (await ask('get', '/changes')).body.items.map(({ summary }: { summary: string }) => summary);
  expect(told.slice(0, 2)).toEqual(['Note on Atlas, the week of 7 Dec: words changed', 'Note on Atlas, the week of 7 Dec: added']);
  expect((await ask('get', '/changes', { as: anEngineer })).body.items).toHaveLength(1);
  expect((await ask('get', '/week-notes', { as: anEngineer })).status).toBe(403);
  expect((await ask('post', '/changes/3/undo')).status).toBe(201);
  expect((await ask('get', `/week-notes/${note.id}`)).body.private.note).toBe('Steering group');
});

test('a note goes with its project, and is one with it in an undo', async () => {
  const atlas = newProject('Atlas');
  await portal.change([atlas, noteOn(atlas, '2026-W50', 'Steering group')]);
  expect((await portal.change([{ do: 'delete', kind: 'project', id: atlas.id, version: 1 }])).status).toBe(201);
  expect((await ask('get', '/week-notes')).body.items).toEqual([]);
  expect((await ask('post', '/changes/2/undo')).status).toBe(201);
  expect((await ask('get', '/week-notes')).body.items).toHaveLength(1);
});

test('what a note said of whoever is made anonymous goes from the history once the note says something else', async () => {
  const [atlas, noor] = [newProject('Atlas'), newPerson('Noor Haddad', { contract: { from: null, to: '2026-11-20' } })];
  const note = noteOn(atlas, '2026-W50', 'Ask Noor Haddad before');
  expect((await portal.change([atlas, noor, note])).status).toBe(201);
  const patch = { private: { note: 'Steering group' } };
  expect((await portal.change([{ do: 'change', kind: 'weekNote', id: note.id, version: 1, patch }])).status).toBe(201);
  expect((await ask('post', `/people/${noor.id}/redact`, { body: {} })).status).toBe(201);
  expect(JSON.stringify([(await ask('get', '/changes')).body, (await ask('get', '/changes/1')).body])).not.toContain('Noor');
  expect((await ask('get', '/week-notes')).body.items).toMatchObject([{ private: { note: 'Steering group' } }]);
});
