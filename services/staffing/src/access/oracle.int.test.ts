import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aManager, anEngineer, newAssignment, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
const noor = newPerson('Noor Haddad');
const ines = newPerson('Ines Costa', { private: { name: 'Ines Costa', email: null, note: 'a private note' } });
const atlas = newProject('Atlas');
const words = { private: { kind: 'surgery', note: 'knee' } };
const leave = newTimeOff(ines, '2026-12-21', '2026-12-22', words);
const work = newAssignment(ines, atlas, 'lead', { hoursPerWeek: 60 });
const engineer = { ...anEngineer, person: noor.id };

beforeAll(async () => {
  portal = await aPortal();
  await portal.change([noor, ines, atlas, leave]);
  const taken = await portal.change([work], { accept: ['over-allocated'], reason: 'Ines is leaving soon' });
  expect(taken.status).toBe(201);
});
afterAll(() => portal.close());

const create = (path: string, body: unknown, as = engineer) =>
  portal.client.ask('put', path, { as, body, headers: { 'if-none-match': '*' } });

test('guesses of private words are refused alike, right or wrong', async () => {
  const right = leave.record;
  const guesses = [right, { ...right, private: { kind: 'surgery', note: 'hip' } }, { ...right, person: noor.id }];
  const answers = await Promise.all(guesses.map((guess) => create(`/time-off/${leave.id}`, guess)));
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  const note = (text: string) => ({ ...ines.record, private: { name: 'Ines Costa', email: null, note: text } });
  for (const text of ['a private note', 'another']) {
    expect((await create(`/people/${ines.id}`, note(text))).status).toBe(403);
    const asked = [{ do: 'create', kind: 'timeOff', id: leave.id, record: { ...right, private: { kind: text, note: null } } }];
    for (const path of ['/changes', '/changes/preview']) {
      expect((await portal.client.ask('post', path, { as: engineer, body: { id: ulid(), commands: asked } })).status).toBe(403);
    }
  }
  expect((await create(`/time-off/${leave.id}`, right, aManager as typeof engineer)).status).toBe(200);
});

test('the id of a change set answers what is stored to its author alone', async () => {
  const id = ulid();
  const own = newTimeOff(noor, '2027-01-11', '2027-01-12', words);
  const first = await portal.change([own], { id, as: engineer });
  expect(first.status).toBe(201);
  expect(await portal.change([own], { id, as: engineer })).toMatchObject({ status: 201, body: first.body });
  const other = { ...anEngineer, account: ulid(), person: ines.id };
  const heard = await portal.change([newTimeOff(ines, '2027-02-01', '2027-02-01')], { id, as: other });
  expect(heard).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:id-used' } });
  expect(JSON.stringify(heard.body)).not.toContain('surgery');
});

test('why a rule was accepted is for the person and managers; others see that it was', async () => {
  const reads = async (as: typeof engineer) =>
    Promise.all(
      [`/assignments/${work.id}`, '/assignments', '/changes', '/changes/2', '/timeline?from=2026-W49&to=2026-W53'].map(async (path) =>
        JSON.stringify((await portal.client.ask('get', path, { as })).body),
      ),
    );
  for (const text of await reads(engineer)) {
    expect(text).toContain('over-allocated');
    expect(text).not.toContain('leaving soon');
  }
  for (const as of [{ ...anEngineer, account: ulid(), person: ines.id }, aManager as typeof engineer]) {
    for (const text of await reads(as)) expect(text).toContain('leaving soon');
  }
});

test('own change sets say whether they can be taken back, and what came over them', async () => {
  const skills = (level: number) => [{ skill: 'Go', level }];
  const change = async (level: number, as: typeof engineer) => {
    const { version } = (await portal.client.ask('get', `/people/${noor.id}`, { as })).body as { version: number };
    return (await portal.change([{ do: 'change', kind: 'person', id: noor.id, version, patch: { skills: skills(level) } }], { as })).body
      .number;
  };
  const mine = await change(2, engineer);
  const read = async (number: number, as: typeof engineer) => (await portal.client.ask<any>('get', `/changes/${number}`, { as })).body.undo;
  expect(await read(mine, engineer)).toEqual({ possible: true, why: null, changedBy: [] });
  expect(await read(mine, aManager as typeof engineer)).toBeUndefined();
  const over = await change(3, aManager as typeof engineer);
  expect(await read(mine, engineer)).toEqual({ possible: false, why: `Changed again since by change set ${over}`, changedBy: [over] });
});
