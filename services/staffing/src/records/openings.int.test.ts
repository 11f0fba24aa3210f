import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Envelope, Identity } from '@sidekick/contracts';
import { aManager, anEngineer, newAssignment, newRecord, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, as: Identity = aManager) =>
  portal.client.ask<any>(method, path, { as, headers, ...(body === undefined ? {} : { body }) });
const noor = newPerson('Noor Haddad');
const atlas = newProject('Atlas', { from: '2026-11-02', to: '2027-06-27' });
const noors: Identity = { ...anEngineer, person: noor.id };
const days = { from: '2027-01-04', to: '2027-03-28' };
const place = (over: object = {}) =>
  newRecord('opening', {
    ...{ project: atlas.id, role: 'lead', ...days, hoursPerWeek: 24, skills: [{ skill: 'Python', level: 3 }] },
    ...{ private: { note: 'to be hired' }, ...over },
  });
const listed = async (path: string, as?: Identity) => (await ask('get', path, undefined, {}, as)).body.items;
const summaries = async () => (await listed('/changes')).map(({ summary }: { summary: string }) => summary);

describe('an open place', () => {
  test('is made, changed and removed by managers alone, told in the history and in an event without their note', async () => {
    await portal.change([noor, atlas]);
    const got: Envelope[] = [];
    await portal.bus.subscribe('gateway.live', async (event) => void got.push(event));
    const { id, record } = place();
    expect((await ask('put', `/openings/${id}`, record, { 'if-none-match': '*' }, noors)).status).toBe(403);
    const made = await ask('put', `/openings/${id}`, record, { 'if-none-match': '*' });
    expect(made).toMatchObject({ status: 201, body: { id, ...record, sample: false, version: 2 } });
    const patch = { hoursPerWeek: 16, to: null, skills: [] };
    expect((await ask('patch', `/openings/${id}`, patch, { 'if-match': '"2"' })).status).toBe(200);
    expect((await ask('delete', `/openings/${id}`, undefined, { 'if-match': '"3"' })).status).toBe(204);
    expect((await summaries()).slice(0, 3)).toEqual([
      'Open place: lead on Atlas, 16 h a week, from 4 Jan: removed',
      'Open place: lead on Atlas, 16 h a week, from 4 Jan (was 24 h a week, 4 Jan – 28 Mar, Python 3)',
      'Open place: lead on Atlas, 24 h a week, 4 Jan – 28 Mar, Python 3',
    ]);
    const event = await until('its event', () => got.find(({ subject, sequence }) => subject === id && sequence === 3));
    expect(event).toMatchObject({ type: 'staffing.opening.changed.v1', data: { state: { project: atlas.id, hoursPerWeek: 16 } } });
    expect(JSON.stringify(got)).not.toContain('to be hired');
  });

  test('is read by everybody but for the note and the reason, also as what came since a head', async () => {
    await portal.change([noor, atlas]);
    await portal.change([place()], { reason: 'between us' });
    const view = (await ask('get', '/openings', undefined, {}, noors)).headers.get('staffing-view') ?? '';
    const since = await ask('get', `/changes?after=1&view=${encodeURIComponent(view)}&history=5`, undefined, {}, noors);
    expect(since.body.items).toMatchObject([{ kind: 'opening', record: { project: atlas.id, private: null, version: 2 } }]);
    const seen = JSON.stringify([since.body, await listed('/openings', noors), await listed('/changes', noors)]);
    expect(seen).toContain('Python');
    expect(seen).not.toMatch(/to be hired|between us/);
    expect((await listed(`/openings?project=${atlas.id}`))[0].private).toEqual({ note: 'to be hired' });
  });

  test('asks for some hours, days in order and within bounds, a skill once, and a project that is there', async () => {
    await portal.change([atlas]);
    const twice = [
      { skill: 'Go', level: 2 },
      { skill: 'ＧＯ', level: 3 },
    ];
    const refusals: [object, string][] = [
      [{ hoursPerWeek: 0 }, 'hoursPerWeek'],
      [{ hoursPerWeek: -0 }, 'hoursPerWeek'],
      [{ hoursPerWeek: 168.5 }, 'hoursPerWeek'],
      [{ from: '2027-02-30' }, 'from'],
      [{ to: '2027-01-03' }, 'to'],
      [{ from: '2050-01-03', to: null }, 'from'],
      [{ to: '2042-03-28' }, 'to'],
      [{ skills: twice }, 'skills.1.skill'],
      [{ project: ulid() }, 'project'],
      [{ role: 'manager' }, 'role'],
    ];
    for (const [over, path] of refusals) {
      const refused = await portal.change([place(over)]);
      expect({ over, path: refused.body.errors?.[0]?.path }).toEqual({ over, path: `commands.0.record.${path}` });
    }
    expect((await portal.change([place({ hoursPerWeek: 168 })])).status).toBe(201);
  });

  test('is one of at most a hundred of its project, in one set and after another, and may change when they are there', async () => {
    const basin = newProject('Basin');
    await portal.change([atlas, basin]);
    const hundred = Array.from({ length: 100 }, () => place());
    const refused = await portal.change([...hundred, place()]);
    expect(refused.body.errors).toContainEqual({
      path: 'commands.100.record.project',
      message: 'This project has 100 open places already; remove some first',
    });
    expect((await portal.change(hundred)).status).toBe(201);
    expect((await portal.change([place()])).status).toBe(400);
    const [first] = hundred;
    const change = { do: 'change', kind: 'opening', id: first?.id, version: 2 };
    expect((await portal.change([{ ...change, patch: { hoursPerWeek: 4 } }])).status).toBe(201);
    expect((await portal.change([place({ project: basin.id })])).status).toBe(201);
  });

  test('holds its project in place as work does, and goes together with it', async () => {
    await portal.change([atlas]);
    const { id, ...rest } = place();
    await portal.change([{ id, ...rest }]);
    const gone = { do: 'delete', kind: 'project', id: atlas.id, version: 1 };
    const refused = await portal.change([gone]);
    expect(refused).toMatchObject({ status: 409, body: { usedBy: [{ kind: 'opening', id }] } });
    expect((await portal.change([{ do: 'delete', kind: 'opening', id, version: 2 }, gone])).status).toBe(201);
  });

  test('has the one name of its skill, and the higher level where two names come to be one', async () => {
    await portal.change([atlas]);
    const skills = async () => (await listed('/openings'))[0].skills;
    const asked = [
      { skill: 'Postgres', level: 2 },
      { skill: 'psql', level: 3 },
    ];
    await portal.change([place({ skills: asked })]);
    await portal.change([newRecord('skill', { name: 'PostgreSQL', spellings: ['Postgres', 'psql'] })]);
    expect(await skills()).toEqual([{ skill: 'PostgreSQL', level: 3 }]);
    expect((await ask('post', '/changes/3/undo')).status).toBe(201);
    expect(await skills()).toEqual(asked);
    expect((await ask('post', '/skills/merge', { id: ulid(), skill: 'Pg', spellings: ['postgres', 'PSQL'] })).status).toBe(201);
    expect(await skills()).toEqual([{ skill: 'Pg', level: 3 }]);
  });

  test('is filled as one change set: work made and the place gone, what is left of it open; one undo brings it back', async () => {
    await portal.change([noor, atlas]);
    const { id, record, ...command } = place();
    await portal.change([{ id, record, ...command }]);
    const work = newAssignment(noor, atlas, 'lead', { ...days, hoursPerWeek: 16 });
    const rest = { do: 'change', kind: 'opening', id, version: 2, patch: { hoursPerWeek: 8 } };
    expect((await portal.change([work, rest])).status).toBe(201);
    expect(await listed('/openings')).toMatchObject([{ id, hoursPerWeek: 8 }]);
    expect((await ask('post', '/changes/3/undo')).status).toBe(201);
    expect([await listed('/assignments'), await listed('/openings')]).toMatchObject([[], [{ id, hoursPerWeek: 24 }]]);
    const filled = await portal.change([newAssignment(noor, atlas, 'lead', days), { do: 'delete', kind: 'opening', id, version: 4 }]);
    expect(filled.status).toBe(201);
    expect(await listed('/openings')).toEqual([]);
    const again = await portal.change([newAssignment(noor, atlas, 'lead', days), { do: 'delete', kind: 'opening', id, version: 4 }]);
    expect(again.status).toBe(412);
    expect((await ask('post', `/changes/${filled.body.number}/undo`)).status).toBe(201);
    expect(await listed('/openings')).toMatchObject([{ id, hoursPerWeek: 24, skills: [{ skill: 'Python', level: 3 }] }]);
  });

  test('is in the figure of its own, with its rows, and in what needs a decision of managers', async () => {
    await portal.change([noor, atlas]);
    const { id, ...rest } = place({ from: '2026-12-16' });
    await portal.change([{ id, ...rest }]);
    const question = { what: 'wanted', args: { project: atlas.id, week: '2026-W51' } };
    expect((await ask('post', '/figures', { questions: [question] })).body.answers).toEqual([14.4]);
    const { parts, value, unit } = (await ask('post', '/figures/rows', { question })).body;
    expect({ value, unit }).toEqual({ value: 14.4, unit: 'hours' });
    expect(parts[0].rows).toMatchObject([{ kind: 'place', opening: id, value: 14.4, words: 'lead, 24 h a week, Python 3' }]);
    const kinds = async (as: Identity) => (await listed('/decisions', as)).map(({ kind }: { kind: string }) => kind);
    expect(await kinds(aManager)).toContain('open-place');
    expect(await kinds({ ...anEngineer, roles: ['ops'] })).not.toContain('open-place');
  });
});
