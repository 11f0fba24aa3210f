import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aManager, anEngineer, newAssignment, newRecord } from '@sidekick/testing';
import { ulid } from 'ulid';
import type { ChangeSet } from '../log/change-set.ts';
import { anAssignment, aPerson, aProject } from '../testing/builders.ts';
import { anOldFolder, aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, as = aManager) =>
  portal.client.ask<any>(method, path, { as, ...(body === undefined ? {} : { body }) });
const skill = (name: string, level: number) => ({ skill: name, level });
const decomposed = 'Qualita\u0308t';

test('a skill in another case, with other blanks or in another Unicode form covers what the project requires', async () => {
  const noor = newPerson('Noor Haddad', { skills: [skill('react', 4), skill(decomposed, 3), skill('CI\u00a0 CD', 3)] });
  const ana = newPerson('Ana Duarte', { skills: [skill('ＲＥＡＣＴ', 3), skill('Quali\u00adtät', 3), skill('ci cd', 3)] });
  const atlas = newProject('Atlas', { requiredSkills: [skill('React', 3), skill('Qualität', 3), skill('CI CD', 2)] });
  const cover = newAssignment(noor, atlas, 'sidekick');
  expect((await portal.change([noor, ana, atlas, cover])).status).toBe(201);
  const questions = [{ what: 'coverage', args: { project: atlas.id, week: '2026-W51' } }];
  expect((await ask('post', '/figures', { questions })).body.answers).toEqual(['covered']);
  const slot = await ask('get', `/candidates?project=${atlas.id}&role=sidekick&from=2026-12-28&to=2027-01-10`);
  expect(slot.body.candidates).toHaveLength(2);
  expect((await ask('get', '/skills')).body.items.map((one: any) => [one.skill, one.people, one.spellings.length])).toEqual([
    ['CI CD', 2, 2],
    ['Qualität', 2, 2],
    ['React', 2, 3],
  ]);
});

test('one person or project names a skill once, whatever its spelling, and no name holds what nobody can see', async () => {
  const twice = newPerson('Noor', { skills: [skill('Go', 2), skill('go', 3)] });
  expect((await portal.change([twice])).body.errors).toEqual([
    { path: 'commands.0.record.skills.1.skill', message: 'A skill is named twice: Go and go' },
  ]);
  const asked = newProject('Atlas', { requiredSkills: [skill('Qualität', 2), skill(decomposed, 3)] });
  expect((await portal.change([asked])).body.errors).toMatchObject([{ path: 'commands.0.record.requiredSkills.1.skill' }]);
  const unseen = [
    [newPerson('Ab\u0000c'), 'private.name'],
    [newPerson('Ab\u202ec'), 'private.name'],
    [newPerson('Noor', { skills: [skill('Go\u200b', 2)] }), 'skills.0.skill'],
    [newProject('At\u202elas'), 'name'],
    [newProject('Atlas', { client: 'Har\u0007bour' }), 'client'],
    [newRecord('holiday', { region: 'PT', date: '2027-01-06', name: 'A\u2066b' }), 'name'],
  ] as const;
  for (const [command, path] of unseen) {
    const { status, body } = await portal.change([command]);
    expect([status, body.errors]).toEqual([
      400,
      [{ path: `commands.0.record.${path}`, message: expect.stringContaining('cannot be seen') }],
    ]);
  }
});

test('a region is one that is known, in one spelling; what is meant is offered, and a missing calendar is an alarm until it is there', async () => {
  const noor = newPerson('Noor Haddad', { region: 'pt' });
  await portal.change([noor]);
  expect((await ask('get', `/people/${noor.id}`)).body.region).toBe('PT');
  const meant = await portal.change([newPerson('Ana', { region: 'Portugal' })]);
  expect(meant.body.errors).toEqual([
    { path: 'commands.0.record.region', message: 'No region is called Portugal: did you mean PT (Portugal)?' },
  ]);
  const told = async (region: string) => (await portal.change([newPerson('Ana', { region })])).body.errors[0].message;
  expect(await told('espana')).toContain('did you mean ES (Spain)?');
  expect(await told('UK')).toMatch(/did you mean GB \(United Kingdom\) or UA \(Ukraine\)\?$/);
  expect(await told(' \u00a0')).toBe('This may not be blank');
  const known = (await ask('get', '/holidays/regions')).body.items;
  expect(known).toContainEqual({ code: 'GB-ENG', name: 'United Kingdom, England', calendar: true });
  const alarms = async () => (await ask('get', '/decisions')).body.items.filter((one: any) => one.kind === 'no-calendar');
  expect(await alarms()).toMatchObject([{ region: 'PT', known: true, years: [2026, 2027], people: [noor.id] }]);
  const day = (date: string) => newRecord('holiday', { region: 'Pt', date, name: 'A holiday' });
  await portal.change([day('2026-12-08')]);
  expect(await alarms()).toMatchObject([{ years: [2027] }]);
  await portal.change([day('2027-01-01')]);
  expect(await alarms()).toEqual([]);
});

/** A log as releases before wrote it: names as they were typed. */
async function anOldLog(): Promise<{ noor: string; atlas: string }> {
  const [noor, atlas, work] = [ulid(), ulid(), ulid()];
  const old: ChangeSet = {
    ...{ at: '2026-11-29T09:00:00.000Z', account: aManager.account, accepted: [], undoes: null },
    changes: [
      {
        ...{ kind: 'person', id: noor, before: null },
        after: {
          ...aPerson(noor, { region: 'Portugal', skills: [skill('Go', 2), skill('go', 4), skill(decomposed, 3), skill('Qualität', 3)] }),
          private: { name: 'Noor  Hadda\u0308d', email: null, note: null },
        },
      },
      { kind: 'project', id: atlas, before: null, after: aProject(atlas, { name: 'Atlas', requiredSkills: [skill('GO', 3)] }) },
      { kind: 'assignment', id: work, before: null, after: anAssignment(work, noor, atlas) },
    ],
    private: { name: 'Helena Prado', reason: null, warnings: [] },
  };
  await portal.close();
  portal = await aPortal({ folder: await anOldFolder([old]) });
  return { noor, atlas };
}

test('what was kept in other forms is read in the one form; two levels of one skill are told, and merged as one change set', async () => {
  const { noor, atlas } = await anOldLog();
  const read = async () => (await ask('get', `/people/${noor}`)).body;
  expect(await read()).toMatchObject({ region: 'Portugal', private: { name: 'Noor Haddäd' } });
  expect((await read()).skills).toEqual([skill('Go', 2), skill('go', 4), skill('Qualität', 3)]);
  const questions = [{ what: 'coverage', args: { project: atlas, week: '2026-W51' } }];
  expect((await ask('post', '/figures', { questions })).body.answers).toEqual(['covered']);
  const told = (await ask('get', '/decisions')).body.items;
  expect(told.find((one: any) => one.kind === 'skill-spellings')).toMatchObject({ spellings: ['GO', 'Go', 'go'], people: [noor] });
  expect(told.find((one: any) => one.kind === 'no-calendar')).toMatchObject({ region: 'Portugal', known: false, people: [noor] });
  const kept = { do: 'change', kind: 'person', id: noor, version: 1, patch: { operationsShare: 0.1 } };
  expect((await portal.change([kept])).status).toBe(201);

  const merge = { id: ulid(), skill: 'Golang', spellings: ['Go'] };
  expect((await ask('post', '/skills/merge', merge, anEngineer)).status).toBe(403);
  const merged = await ask('post', '/skills/merge', merge);
  expect(merged).toMatchObject({ status: 201, body: { number: 3, items: [{ id: noor }, { id: atlas }] } });
  expect((await ask('post', '/skills/merge', merge)).body).toEqual(merged.body);
  const again = await ask('post', '/skills/merge', { ...merge, id: ulid() });
  expect([again.status, again.body.title]).toEqual([409, 'Everywhere it is called Golang already: there is nothing to merge']);
  expect((await read()).skills).toEqual([skill('Golang', 4), skill('Qualität', 3)]);
  expect((await ask('get', '/decisions')).body.items.some((one: any) => one.kind === 'skill-spellings')).toBe(false);
  expect((await ask('post', '/skills/merge', { ...merge, id: ulid(), spellings: ['Rust'], skill: 'rust' })).status).toBe(404);
  expect((await ask('post', '/changes/3/undo')).status).toBe(201);
  expect((await read()).skills).toHaveLength(3);
});
