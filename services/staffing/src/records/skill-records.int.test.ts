import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { aManager, anEngineer, newAssignment, newRecord, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, as = aManager) =>
  portal.client.ask<any>(method, path, { as, headers, ...(body === undefined ? {} : { body }) });
const skill = (name: string, level: number) => ({ skill: name, level });
const newSkill = (name: string, spellings: string[] = []) => newRecord('skill', { name, spellings });
const skillsOf = async (id: string) => (await ask('get', `/people/${id}`)).body.skills;
const listed = async () =>
  (await ask('get', '/skills')).body.items.map((one: any) => [one.skill, one.people, one.projects, one.record?.spellings ?? null]);

describe('a skill with a record', () => {
  test('is told in the history by both names as it is renamed', async () => {
    const record = newSkill('Golang');
    await portal.change([record]);
    const change = (version: number, patch: object) => portal.change([{ do: 'change', kind: 'skill', id: record.id, version, patch }]);
    expect((await change(1, { name: 'Go' })).status).toBe(201);
    expect((await change(2, { name: 'Go lang', spellings: ['Golang'] })).status).toBe(201);
    expect((await change(3, { spellings: [] })).status).toBe(201);
    expect((await ask('get', '/changes')).body.items.map(({ summary }: { summary: string }) => summary)).toEqual([
      'Skill Go lang: other spellings changed',
      'Skill Go: renamed to Go lang, other spellings changed',
      'Skill Golang: renamed to Go',
      'Skill Golang: added',
    ]);
  });

  test('has its one name wherever it was named otherwise, in the change set that makes the record; its undo brings all of it back', async () => {
    const noor = newPerson('Noor Haddad', { skills: [skill('Postgres', 4), skill('Go', 2), skill('postgresql', 2)] });
    const ben = newPerson('Ben Carter', { skills: [skill('Go', 3)] });
    const atlas = newProject('Atlas', { requiredSkills: [skill('psql', 3)] });
    const cover = newAssignment(noor, atlas, 'sidekick');
    await portal.change([noor, ben, atlas, cover]);
    const questions = [{ what: 'coverage', args: { project: atlas.id, week: '2026-W51' } }];
    const coverage = async () => (await ask('post', '/figures', { questions })).body.answers;
    expect(await coverage()).toEqual(['below-skill']);

    const made = await portal.change([newSkill('PostgreSQL', ['Postgres', 'PSQL', 'postgresql'])]);
    expect(made.body.items.map(({ kind, id }: any) => [kind, id]).slice(1)).toEqual([
      ['person', noor.id],
      ['project', atlas.id],
    ]);
    expect(await skillsOf(noor.id)).toEqual([skill('PostgreSQL', 4), skill('Go', 2)]);
    expect(await skillsOf(ben.id)).toEqual([skill('Go', 3)]);
    expect(await coverage()).toEqual(['covered']);
    expect(await listed()).toEqual([
      ['Go', 2, 0, null],
      ['PostgreSQL', 1, 1, ['Postgres', 'PSQL']],
    ]);
    expect((await ask('post', '/changes/2/undo')).status).toBe(201);
    expect(await skillsOf(noor.id)).toHaveLength(3);
    expect((await listed()).map(([name]: string[]) => name)).toEqual(['Go', 'Postgres', 'postgresql', 'psql']);
  });

  test('is stored by that name whatever people type later, and follows when it is renamed; a use without a record is listed, not refused', async () => {
    const record = newSkill('JS', ['ECMAScript']);
    await portal.change([record]);
    const noor = newPerson('Noor Haddad', { skills: [skill('ecmascript', 2), skill('Ｊs', 4), skill('Cobol', 5)] });
    const body = noor.record;
    expect((await ask('put', `/people/${noor.id}`, body, { 'if-none-match': '*' })).status).toBe(201);
    expect((await ask('put', `/people/${noor.id}`, body, { 'if-none-match': '*' })).status).toBe(200);
    expect(await skillsOf(noor.id)).toEqual([skill('JS', 4), skill('Cobol', 5)]);
    const own = { ...anEngineer, person: noor.id };
    const patch = { skills: [skill('ECMAScript', 5)] };
    const mine = await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 2, patch }], { as: own });
    expect(mine.body.items).toMatchObject([{ record: { skills: [skill('JS', 5)] } }]);

    const renamed = { do: 'change', kind: 'skill', id: record.id, version: 1, patch: { name: 'JavaScript', spellings: [] } };
    expect((await portal.change([renamed])).status).toBe(201);
    expect(await skillsOf(noor.id)).toEqual([skill('JavaScript', 5)]);
    expect((await ask('get', `/skills/${record.id}`)).body).toMatchObject({ name: 'JavaScript', spellings: [], version: 4 });
    expect((await ask('delete', `/skills/${record.id}`, undefined, { 'if-match': '"4"' })).status).toBe(204);
    expect(await listed()).toEqual([['JavaScript', 1, 0, null]]);
  });

  test('shares no spelling with another, in one change set and after an undo too, and is for managers to write', async () => {
    const go = newSkill('Go', ['Golang']);
    await portal.change([go]);
    const told = (name: string, other: string) => `${name} is a spelling of the skill ${other} already`;
    expect((await portal.change([newSkill('Rust', ['RS', 'GOLANG'])])).body.errors).toEqual([
      { path: 'commands.0.record.spellings.1', message: told('GOLANG', 'Go') },
    ]);
    expect((await portal.change([newSkill('golang')], { as: anEngineer })).status).toBe(403);
    await portal.change([{ do: 'delete', kind: 'skill', id: go.id, version: 1 }]);
    await portal.change([newSkill('golang')]);
    const undone = await ask('post', '/changes/2/undo');
    expect([undone.status, undone.body.title]).toEqual([409, told('Golang', 'golang')]);
  });

  test('takes over the names of what is merged into it, and of several records one is left', async () => {
    const [ts, type] = [newSkill('TS'), newSkill('TypeScript', ['tsc'])];
    const noor = newPerson('Noor Haddad', { skills: [skill('Type Script', 2), skill('TS', 4)] });
    await portal.change([ts, type, noor]);
    const merge = { id: ulid(), skill: 'TypeScript', spellings: ['Type Script', 'ts'] };
    const merged = await ask('post', '/skills/merge', merge);
    expect(merged.status).toBe(201);
    expect(await skillsOf(noor.id)).toEqual([skill('TypeScript', 4)]);
    expect(await listed()).toEqual([['TypeScript', 1, 0, ['TS', 'tsc', 'Type Script']]]);
    expect((await ask('get', `/skills/${ts.id}`)).status).toBe(404);
    const again = await ask('post', '/skills/merge', { ...merge, id: ulid() });
    expect([again.status, again.body.type]).toEqual([409, 'urn:sidekick:problem:merged-already']);
    expect((await ask('post', '/changes/2/undo')).status).toBe(201);
    expect(await skillsOf(noor.id)).toEqual([skill('Type Script', 2), skill('TS', 4)]);
  });

  test('is told in the history and to the gateway, and is there after a start', async () => {
    const got: Envelope[] = [];
    await portal.bus.subscribe('gateway.live', async (event) => void got.push(event));
    const { id, ...command } = newSkill('PostGIS', ['Post GIS']);
    await portal.change([{ id, ...command }]);
    const event = await until('its event', () => got.find(({ subject }) => subject === id));
    expect(event).toMatchObject({ type: 'staffing.skill.changed.v1', data: { state: { id, name: 'PostGIS', spellings: ['Post GIS'] } } });
    await portal.change([{ do: 'change', kind: 'skill', id, version: 1, patch: { spellings: [] } }]);
    const [newest, first] = (await ask('get', '/changes')).body.items;
    expect([newest.summary, first.summary]).toEqual(['Skill PostGIS: other spellings changed', 'Skill PostGIS: added']);
    portal = await portal.restart();
    expect(await listed()).toEqual([['PostGIS', 0, 0, []]]);
  });
});
