import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { aManager, anEngineer, newAssignment, newRecord, newTimeOff, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { changeOf } from '../kinds/change.ts';
import { anAssignment, aPerson, aProject } from '../testing/builders.ts';
import { anOldFolder, aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
});
afterEach(() => portal.close());

const ask = (method: string, path: string, more: object = {}) => portal.client.ask(method, path, { as: aManager, ...more });
const redact = (id: string, body: object = {}, as = aManager) => ask('post', `/people/${id}/redact`, { as, body });
const left = { contract: { from: '2026-01-01', to: '2026-11-20' } };

/** Everything that the database holds, as text. */
async function allThatIsKept(): Promise<string> {
  const lines: string[] = [];
  for await (const line of portal.store.dump()) lines.push(JSON.stringify(line));
  const snapshot = await portal.store.log('changes').loadSnapshot();
  return `${lines.join('\n')}${JSON.stringify(snapshot?.state ?? null)}`;
}

async function aLeaver() {
  const words = { private: { name: 'Noor Haddad', email: 'noor@example.org', note: 'Plays the oud' } };
  const noor = newPerson('Noor Haddad', { ...left, ...words });
  const ines = newPerson('Ines Costa', { private: { name: 'Ines Costa', email: 'ines@example.org', note: null } });
  const atlas = newProject('Atlas', { from: '2026-01-05' });
  const work = newAssignment(noor, atlas, 'sidekick', { from: '2026-02-02', to: '2026-03-01', private: { note: 'Noor on crutches' } });
  const leave = newTimeOff(noor, '2026-02-09', '2026-02-10', { private: { kind: 'sick', note: 'Broken leg of Noor' } });
  const added = await portal.change([noor, ines, atlas, work, leave], { reason: 'Noor asked for it' });
  expect(added.status).toBe(201);
  return { noor, ines, work, leave };
}

test('takes the words about somebody who left out of all that is kept, and leaves everybody else as they are', async () => {
  const { noor, ines, leave } = await aLeaver();
  const fixed = await ask('patch', `/people/${ines.id}`, { body: { operationsShare: 0.1 }, headers: { 'if-match': '"1"' } });
  expect(fixed.status).toBe(200);
  expect(await allThatIsKept()).toMatch(/crutches/);

  const answer = await redact(noor.id);
  expect(answer).toMatchObject({ status: 201, body: { number: 3 } });
  const kept = await allThatIsKept();
  for (const word of ['Noor', 'Haddad', 'noor@example.org', 'oud', 'leg', 'sick', 'crutches']) expect(kept).not.toContain(word);
  for (const word of ['Ines Costa', 'ines@example.org', 'Atlas']) expect(kept).toContain(word);

  const name = `Former colleague ${noor.id.slice(-4)}`;
  expect((await ask('get', `/people/${noor.id}`)).body).toMatchObject({ version: 3, private: { name, email: null, note: null } });
  expect((await ask('get', `/time-off/${leave.id}`)).body).toMatchObject({ version: 3, from: '2026-02-09', private: { kind: null } });
  const history = await ask('get', '/changes', { as: aManager });
  expect(history.body.items[0]).toMatchObject({ number: 3, summary: `${name}: name, address and notes removed for good` });
  expect(JSON.stringify(history.body)).not.toMatch(/Noor|oud|leg/);
});

test('takes why others were changed where their name stands in it, as a whole or by a part that nobody else is called', async () => {
  const { noor, ines } = await aLeaver();
  const omar = newPerson('Omar Haddad');
  const basin = newProject('Basin');
  const tight = newAssignment(ines, basin, 'sidekick', { hoursPerWeek: 60 });
  await portal.change([omar, basin], { reason: 'Mr Haddad is here from today' });
  await portal.change([tight], { reason: 'So that noor can go', accept: ['over-allocated'] });
  const { version } = (await ask('get', `/assignments/${tight.id}`)).body;
  await portal.change([{ do: 'change', kind: 'assignment', id: tight.id, version, patch: { hoursPerWeek: 61 } }], {
    ...{ reason: 'Noordwijk wants it', accept: ['over-allocated'] },
  });
  await portal.change([newPerson('Ben Carter')], { reason: 'Written by NOOR@example.org' });
  expect((await redact(noor.id)).status).toBe(201);
  const { items } = (await ask('get', '/changes')).body;
  expect(items.map(({ reason }: { reason: string | null }) => reason)).toEqual([
    ...[null, null, 'Noordwijk wants it', null, 'Mr Haddad is here from today', null],
  ]);
  expect(await allThatIsKept()).not.toMatch(/noor can go|NOOR@/);
});

test('takes a note that stayed with work as it passed to somebody else, and leaves that one what was written of them', async () => {
  const { noor, ines, work } = await aLeaver();
  const handed = { do: 'change', kind: 'assignment', id: work.id, version: 1, patch: { person: ines.id } };
  expect((await portal.change([handed])).status).toBe(201);
  const read = await ask('get', `/assignments/${work.id}`);
  expect(read.body).toMatchObject({ person: ines.id, private: { reason: null } });
  expect(read.body.private).not.toHaveProperty('note');
  const noted = { ...handed, version: 2, patch: { private: { note: 'Mornings only' } } };
  expect((await portal.change([noted])).status).toBe(201);
  expect((await redact(noor.id)).status).toBe(201);
  expect((await ask('get', `/assignments/${work.id}`)).body.private.note).toBe('Mornings only');
  expect(await allThatIsKept()).not.toContain('crutches');
});

test('takes such a note from what a build of before kept, where it is now and in the history', async () => {
  const [noor, ines] = [aPerson(ulid(), { private: { name: 'Noor Haddad', email: null, note: null }, ...left }), aPerson(ulid())];
  const atlas = aProject(ulid());
  const work = anAssignment(ulid(), noor.id, atlas.id, { private: { reason: 'She asked', note: 'On crutches' } });
  const handed = { ...work, person: ines.id };
  const sets = [
    [
      ...[noor, ines].map((one) => changeOf('person', one.id, null, one)),
      changeOf('project', atlas.id, null, atlas),
      changeOf('assignment', work.id, null, work),
    ],
    [changeOf('assignment', work.id, work, handed)],
  ];
  await portal.close();
  const words = { name: 'Helena', reason: null, warnings: [] };
  const entry = { at: '2026-11-20T08:00:00.000Z', account: ulid(), accepted: [], undoes: null, private: words };
  portal = await aPortal({ folder: await anOldFolder(sets.map((changes) => ({ ...entry, changes }))), snapshotEvery: 2 });
  expect((await ask('get', `/assignments/${work.id}`)).body.private).toEqual({ reason: 'She asked', note: 'On crutches' });
  expect((await redact(noor.id)).status).toBe(201);
  expect((await ask('get', `/assignments/${work.id}`)).body).toMatchObject({ person: ines.id, private: { reason: null } });
  expect(await allThatIsKept()).not.toMatch(/crutches|She asked/);
});

test('takes the name from texts that have been changed since, and leaves those that stand', async () => {
  const { noor, ines } = await aLeaver();
  const basin = newProject('Basin', { description: 'Ask Noor Haddad', client: 'Acme' });
  const team = newRecord('team', { name: 'Team Noor', people: [ines.id], lead: null });
  const view = newRecord('view', { name: 'Mine', screen: 'timeline', query: 'q=noor%20haddad' });
  const place = newRecord('opening', {
    project: basin.id,
    role: 'lead',
    from: '2026-12-07',
    hoursPerWeek: 8,
    private: { note: 'For Noor' },
  });
  const stays = newProject('Stays', { description: 'Noor knows' });
  const gone = newProject('Noor’s own');
  expect((await portal.change([basin, team, view, place, stays, gone])).status).toBe(201);
  const change = (kind: string, { id }: { id: string }, patch: object, version = 2) => ({ do: 'change', kind, id, version, patch });
  const edited = [
    change('project', basin, { description: 'Ask the team' }),
    change('team', team, { name: 'Platform' }),
    change('view', view, { query: 'by=person' }),
    change('opening', place, { private: { note: 'For whoever comes' } }),
    change('project', stays, { priority: 1 }),
    { do: 'delete', kind: 'project', id: gone.id, version: 2 },
  ];
  expect((await portal.change(edited)).status).toBe(201);
  expect((await redact(noor.id)).status).toBe(201);
  const { items } = (await ask('get', `/changes?subject=${basin.id}`)).body;
  expect(items[0].changes[0]).toMatchObject({ before: { description: '', client: 'Acme' }, after: { description: 'Ask the team' } });
  const kept = await allThatIsKept();
  expect(kept).not.toMatch(/Ask Noor|Team Noor|For Noor|noor%20|Noor’s/);
  expect(kept).toContain('For whoever comes');
  expect((await ask('get', `/projects/${stays.id}`)).body.description).toBe('Noor knows');
  const undone = await ask('get', `/changes?subject=${stays.id}`);
  expect(undone.body.items[0].changes[0].before.description).toBe('Noor knows');
  expect((await ask('get', `/changes?subject=${team.id}`)).body.items[0].changes[0].before.name).toBe(
    `Former colleague ${noor.id.slice(-4)}`,
  );
});

test('a second time takes nothing from reasons that say no more than that somebody is a former colleague', async () => {
  const { noor, ines } = await aLeaver();
  expect((await redact(noor.id)).status).toBe(201);
  const fixed = await portal.change([{ do: 'change', kind: 'person', id: ines.id, version: 1, patch: { operationsShare: 0.1 } }], {
    reason: 'A former colleague asked for it',
  });
  expect(fixed.status).toBe(201);
  expect((await redact(noor.id)).status).toBe(201);
  expect((await ask('get', `/changes/${fixed.body.number}`)).body.reason).toBe('A former colleague asked for it');
});

test('is whole after a start, and nothing brings the words back', async () => {
  const { noor } = await aLeaver();
  expect((await redact(noor.id)).status).toBe(201);
  expect((await ask('post', '/changes/2/undo')).body).toMatchObject({ type: 'urn:sidekick:problem:redaction' });
  portal = await portal.restart();
  const person = await ask('get', `/people/${noor.id}`);
  expect(person.body.private.name).toBe(`Former colleague ${noor.id.slice(-4)}`);
  expect((await ask('post', '/changes/1/undo')).body).toMatchObject({ type: 'urn:sidekick:problem:changed-since' });
  expect(await allThatIsKept()).not.toContain('Noor');
});

test('takes the name from what the accounts of the person changed', async () => {
  const { noor } = await aLeaver();
  expect(await allThatIsKept()).toContain(aManager.name);
  const other = { ...aManager, account: ulid(), name: 'Somebody Else' };
  expect((await redact(noor.id, { accounts: [aManager.account] }, other)).status).toBe(201);
  expect(await allThatIsKept()).not.toContain(aManager.name);
});

test('also of a person who was deleted', async () => {
  const gone = newPerson('Omar Said');
  await portal.change([gone]);
  expect((await ask('delete', `/people/${gone.id}`, { headers: { 'if-match': '"1"' } })).status).toBe(204);
  expect((await redact(gone.id)).status).toBe(201);
  expect((await ask('post', '/changes/2/undo')).status).toBe(201);
  expect((await ask('get', `/people/${gone.id}`)).body.private.name).toBe(`Former colleague ${gone.id.slice(-4)}`);
  expect(await allThatIsKept()).not.toContain('Omar');
});

test('is told to others whatever changed of the person, also when nothing of them is left', async () => {
  const got: Envelope[] = [];
  await portal.bus.subscribe('search.index', async (event) => void got.push(event));
  const about = (id: string, number: number) =>
    until(`event ${number}`, () => got.find(({ subject, sequence }) => subject === id && sequence === number));
  const [gone, kept] = [newPerson('Omar Said'), newPerson('Noor Haddad', left)];
  await portal.change([gone, kept]);
  expect((await ask('delete', `/people/${gone.id}`, { headers: { 'if-match': '"1"' } })).status).toBe(204);
  expect((await redact(gone.id)).body).toMatchObject({ number: 3, items: [] });
  expect(await about(gone.id, 3)).toMatchObject({
    type: 'staffing.person.changed.v1',
    data: { reason: 'redacted', deleted: true, state: null },
  });
  expect((await redact(kept.id)).body.number).toBe(4);
  expect((await redact(kept.id, { accounts: [aManager.account] })).body.number).toBe(5);
  expect(await about(kept.id, 5)).toMatchObject({
    data: { deleted: false, state: { private: { name: expect.stringContaining('Former') } } },
  });
  expect(got.filter(({ sequence }) => sequence >= 3).map(({ sequence }) => sequence)).toEqual([3, 4, 5]);
});

test('refuses whoever is still here, whoever nobody knows, and all but managers', async () => {
  const here = newPerson('Ines Costa');
  const today = newPerson('Last Day', { contract: { from: '2026-01-01', to: '2026-11-30' } });
  await portal.change([here, today]);
  for (const { id } of [here, today]) {
    expect(await redact(id)).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:still-here' } });
  }
  expect((await redact(ulid())).status).toBe(404);
  expect((await redact(here.id, {}, anEngineer)).status).toBe(403);
  expect((await ask('get', '/changes')).body.items).toHaveLength(1);
});

test('answers what is stored when it is sent again', async () => {
  const { noor } = await aLeaver();
  const id = ulid();
  const first = await redact(noor.id, { id });
  expect((await redact(noor.id, { id })).body).toEqual(first.body);
});
