import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type DumpLine, sqliteStore } from '@sidekick/store';
import { aManager, newAssignment, newRecord, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { ChangeSet } from '../log/change-set.ts';
import { changeSetUpcasts } from '../log/upcast.ts';
import { staffingSchema } from '../schema.ts';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  portal.client.ask<any>(method, path, { as: aManager, headers, ...(body === undefined ? {} : { body }) });
const schemaNow = async () => {
  for await (const line of portal.store.dump()) if (line.is === 'store') return line.schema;
  return null;
};

/** The same log and snapshot, in which one kind of record goes by another word: to whoever does not know the word, a kind of a newer release. */
async function calling(kind: string, word: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-staffing-'));
  const renamed = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(`"kind":"${kind}"`, `"kind":"${word}"`));
  const store = sqliteStore({ file: join(folder, 'staffing.db'), schema: staffingSchema });
  const log = store.log<ChangeSet>('changes', { upcasts: changeSetUpcasts });
  async function* lines(): AsyncIterable<DumpLine> {
    for await (const line of portal.store.dump()) yield renamed(line);
  }
  await store.load(lines());
  const kept = await portal.store.log('changes').loadSnapshot();
  if (!kept) throw new Error('there is a snapshot');
  const state = renamed(kept.state) as { records: Record<string, unknown> };
  state.records[word] = state.records[kind];
  delete state.records[kind];
  await log.saveSnapshot({ ...kept, state });
  await store.close();
  await portal.close();
  portal = await aPortal({ folder, snapshotEvery: 2 });
}

test('a team outlives a release that knows no teams, which goes on with all else, keeps snapshots and makes people anonymous', async () => {
  const noor = newPerson('Noor Haddad');
  const ben = newPerson('Ben Carter');
  const { id, record, ...command } = newRecord('team', { name: 'Platform', people: [noor.id, ben.id], lead: ben.id });
  await portal.change([noor, ben]);
  await portal.change([{ id, record, ...command }], { reason: 'Ben asked for it' });
  await portal.change([newPerson('Ines Costa')]);
  const before = (await ask('get', `/teams/${id}`)).body;

  await calling('team', 'squad');
  expect((await ask('get', '/teams')).body.items).toEqual([]);
  expect((await ask('get', '/changes/2')).body.summary).toBe('Something that a newer release made: added');
  expect((await portal.change([newPerson('Jonas Weber')])).status).toBe(201);
  const left = { do: 'change', kind: 'person', id: ben.id, version: 1, patch: { contract: { to: '2026-11-27' } } };
  expect((await portal.change([left])).status).toBe(201);
  expect((await ask('post', `/people/${ben.id}/redact`, {})).status).toBe(201);
  await portal.change([newPerson('Ada Long')]);
  await portal.change([newPerson('Tom Reis')]);
  portal = await portal.restart();
  const snapshot = await portal.store.log('changes').loadSnapshot();
  expect(snapshot?.head).toBeGreaterThan(6);

  await calling('squad', 'team');
  expect((await ask('get', `/teams/${id}`)).body).toEqual(before);
  expect((await ask('get', '/changes/2')).body).toMatchObject({ summary: 'Team Platform: added', reason: null });
  expect((await ask('get', '/people')).body.items).toHaveLength(6);
  const mended = await ask('patch', `/teams/${id}`, { people: [noor.id], lead: null }, { 'if-match': '"2"' });
  expect(mended).toMatchObject({ status: 200, body: { name: 'Platform', people: [noor.id] } });
});

test('releases from before teams are shut out by the first team or skill, and by nothing else', async () => {
  const noor = newPerson('Noor Haddad');
  await portal.change([noor]);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 1 });
  expect((await portal.change([newRecord('skill', { name: 'Go' })])).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 2 });
});

test('releases that pass over offers go on until something is said to one, for they could not take that out again', async () => {
  const noor = newPerson('Noor Haddad');
  const [atlas, basin] = [newProject('Atlas'), newProject('Basin')];
  await portal.change([noor, atlas, basin]);
  const offer = (project: string, more: object = {}) => newRecord('volunteer', { person: noor.id, project, ...more });
  expect((await portal.change([offer(atlas.id), newRecord('wish', { person: noor.id, skill: 'Go' })])).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 2 });
  expect((await portal.change([offer(basin.id, { private: { note: 'I wrote it' } })])).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 3 });
});

test('releases that would drop the note on an assignment are shut out by the first one', async () => {
  const [noor, atlas] = [newPerson('Noor Haddad'), newProject('Atlas')];
  const work = newAssignment(noor, atlas, 'sidekick', { from: '2026-12-07', to: '2026-12-20' });
  await portal.change([noor, atlas, work]);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 1 });
  const noted = { do: 'change', kind: 'assignment', id: work.id, version: 1, patch: { private: { note: 'Mornings only' } } };
  expect((await portal.change([noted])).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 4 });
});

test('releases that know no dates first planned are shut out by the first project that slips', async () => {
  const { id, record, ...command } = newProject('Atlas');
  await portal.change([{ id, record, ...command }]);
  const change = (version: number, patch: object) => portal.change([{ do: 'change', kind: 'project', id, version, patch }]);
  expect((await change(1, { priority: 1 })).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 1 });
  expect((await change(2, { baseline: { from: '2026-10-05', to: '2027-03-14' } })).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 3 });
});

test('releases that know no sets of leave are shut out by the first leave that comes again', async () => {
  const noor = newPerson('Noor Haddad');
  await portal.change([noor, newTimeOff(noor, '2026-12-04', '2026-12-04')]);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 1 });
  const set = ulid();
  await portal.change(['2026-12-11', '2026-12-18'].map((day) => newTimeOff(noor, day, day, { set })));
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 4 });
});

test('releases that know one region of a person are shut out by the first move, and by no company day', async () => {
  const noor = newPerson('Noor Haddad', { region: 'PT' });
  await portal.change([noor, newRecord('holiday', { region: '*', date: '2026-12-24', name: 'Closed' })]);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 1 });
  const patch = { moves: [{ from: '2027-02-01', region: 'de-by' }] };
  const moved = await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 1, patch }]);
  expect(moved.status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 4 });
});

test('releases that would leave what others wrote of somebody are shut out as the first one is made anonymous of whom others wrote', async () => {
  const left = { contract: { from: '2026-01-01', to: '2026-11-20' } };
  const [noor, ben] = [newPerson('Noor Haddad', left), newPerson('Ben Carter', left)];
  await portal.change([noor, ben]);
  await portal.change([newPerson('Ines Costa')], { reason: 'In the place of Noor' });
  expect((await ask('post', `/people/${ben.id}/redact`, {})).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 1 });
  expect((await ask('post', `/people/${noor.id}/redact`, {})).status).toBe(201);
  expect(await schemaNow()).toEqual({ version: 4, oldestReader: 4 });
});
