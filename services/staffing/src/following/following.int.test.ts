import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Identity } from '@sidekick/contracts';
import { aManager, anEngineer, newAssignment, newTimeOff } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const noor = newPerson('Noor Haddad', { region: 'PT' });
const ines = newPerson('Ines Costa', { contract: { from: null, to: '2026-11-01' } });
const atlas = newProject('Atlas');
const basin = newProject('Basin');
const work = newAssignment(noor, atlas, 'lead');
const idle = newAssignment(ines, basin, 'lead', { from: '2026-11-23' });
const leave = newTimeOff(noor, '2026-12-09', '2026-12-11', { state: 'approved', private: { kind: 'surgery', note: 'knee' } });
const weeks = '2026-W49/2026-W53';
const noorsAccount: Identity = { ...anEngineer, person: noor.id };

const aGroup = async () => {
  const made = await portal.change([noor, ines, atlas, basin, work, idle, leave], { accept: ['outside-contract'], reason: 'Known' });
  expect(made.status).toBe(201);
};
const viewOf = async (as: Identity) => (await portal.client.ask('get', '/people', { as })).headers.get('staffing-view') ?? '';
/** What came after a head, of everything a tab may hold. */
async function since(after: number, as: Identity = aManager, more = `&weeks=${weeks}&history=50`) {
  return portal.client.ask<any>('get', `/changes?after=${after}&view=${encodeURIComponent(await viewOf(as))}${more}`, { as });
}
const change = (kind: string, id: string, version: number, patch: object, as: Identity = aManager) =>
  portal.change([{ do: 'change', kind, id, version, patch }], { as });

describe('what came after a head', () => {
  test('is the records, the change sets and the rows that differ, and nothing where nothing does', async () => {
    await aGroup();
    expect((await since(1)).body).toMatchObject({ head: 1, reset: false, items: [], changes: [], standing: [], timeline: { people: [] } });
    await change('assignment', work.id, 1, { hoursPerWeek: 20 });
    const { body } = await since(1);
    expect(body.items).toMatchObject([{ kind: 'assignment', id: work.id, record: { hoursPerWeek: 20, version: 2 } }]);
    expect(body.changes.map(({ number }: { number: number }) => number)).toEqual([2]);
    expect(body.standing).toMatchObject([{ number: 1, undo: { possible: false, changedBy: [2] } }]);
    const { people, projects, assignments, gone } = body.timeline;
    expect([people, projects, assignments].map((rows) => rows.map(({ id }: { id: string }) => id))).toEqual([
      [noor.id],
      [atlas.id],
      [work.id],
    ]);
    expect([assignments[0].planned[1], gone]).toEqual([20, []]);
  });

  test('tells the days of a timeline that is held by day, and of no other', async () => {
    await aGroup();
    await change('assignment', work.id, 1, { hoursPerWeek: 20 });
    const rows = async (held: string) => (await since(1, aManager, `&weeks=${held}&history=50`)).body.timeline;
    const { people, assignments } = await rows('2026-W49/2026-W50/day');
    expect(assignments[0].days.planned).toEqual([...Array(7).fill(0), 4, 4, 4, 4, 4, 0, 0]);
    expect(people[0].days.leaveDays.slice(9, 12)).toEqual([1, 1, 1]);
    expect((await rows('2026-W49/2026-W50')).assignments[0]).not.toHaveProperty('days');
  });

  test('names what is gone, from lists and from the weeks that are shown', async () => {
    await aGroup();
    await change('assignment', work.id, 1, { from: '2027-01-04', to: '2027-02-26' });
    const moved = (await since(1)).body;
    expect([moved.items[0].record.from, moved.timeline.gone, moved.timeline.assignments]).toEqual(['2027-01-04', [work.id], []]);
    await portal.change([{ do: 'delete', kind: 'assignment', id: idle.id, version: 1 }]);
    const { items, timeline } = (await since(2)).body;
    expect([items, timeline.gone]).toEqual([[{ kind: 'assignment', id: idle.id, record: null }], [idle.id]]);
  });

  test('shows each reader what lists show them: no word of why somebody is away', async () => {
    await aGroup();
    await change('timeOff', leave.id, 1, { to: '2026-12-10', private: { note: 'both knees' } });
    const told = async (as: Identity) => (await since(1, as)).body;
    for (const as of [anEngineer, { ...anEngineer, account: noorsAccount.account.replace(/.$/, '2'), person: ines.id }]) {
      const body = await told(as);
      expect(body.items).toMatchObject([{ kind: 'timeOff', record: { to: '2026-12-10', private: null, length: { days: 2 } } }]);
      expect(JSON.stringify(body)).not.toMatch(/surgery|knee/);
    }
    for (const as of [aManager, noorsAccount]) expect(JSON.stringify(await told(as))).toContain('both knees');
  });

  test('tells leave that takes other hours when its person works otherwise', async () => {
    await aGroup();
    const patterns = [{ from: '2020-01-01', hours: [8, 8, 0, 8, 8, 0, 0] }];
    await change('person', noor.id, 1, { patterns });
    const items: { kind: string; record: { length?: object; version: number } }[] = (await since(1)).body.items;
    expect(items.find(({ kind }) => kind === 'timeOff')?.record).toMatchObject({ version: 1, length: { days: 2, hours: 16 } });
  });

  test('is to be read anew after a redaction, in another view, beyond the head, and where too much has changed', async () => {
    await aGroup();
    await change('assignment', work.id, 1, { hoursPerWeek: 20 });
    const reset = { reset: true, head: 2 };
    expect((await since(3)).body).toMatchObject(reset);
    const others = await viewOf(noorsAccount);
    for (const view of [others, others.replace(/^./, '9')]) {
      const asked = await portal.client.ask('get', `/changes?after=1&view=${encodeURIComponent(view)}`, { as: aManager });
      expect(asked.body).toMatchObject(reset);
    }
    expect((await portal.client.ask('post', `/people/${ines.id}/redact`, { as: aManager, body: {} })).status).toBe(201);
    expect((await since(2)).body).toMatchObject({ reset: true, head: 3 });
    expect((await since(3)).body).toMatchObject({ reset: false });
    await portal.change(Array.from({ length: 501 }, (_, n) => newPerson(`Person ${n}`)));
    expect((await since(3)).body).toMatchObject({ reset: true, head: 4 });
  });

  test('leaves a timeline to be read again of which most differs', async () => {
    await aGroup();
    await portal.change(Array.from({ length: 301 }, (_, n) => newPerson(`Person ${n}`)));
    expect((await since(1)).body).toMatchObject({ reset: false, timeline: null });
  });

  test('is not mixed with what is asked of the history', async () => {
    for (const query of ['after=0', `after=0&view=x&subject=${noor.id}`, 'view=x', 'history=5', 'after=0&view=x&weeks=2026']) {
      expect((await portal.client.ask('get', `/changes?${query}`, { as: aManager })).status).toBe(400);
    }
    expect((await portal.client.ask('get', '/changes?after=0&view=x&weeks=2026-W49/2028-W53', { as: aManager })).status).toBe(200);
    expect((await since(0, aManager, '&weeks=2026-W49/2029-W53')).status).toBe(400);
  });
});

describe('a write that names what is held', () => {
  const follow = async (after: number, as: Identity = aManager) => ({
    'staffing-follow': new URLSearchParams({ after: String(after), view: await viewOf(as), weeks, history: '50' }).toString(),
  });

  test('answers with what came since, its own change set in it', async () => {
    await aGroup();
    await change('assignment', work.id, 1, { hoursPerWeek: 20 });
    const commands = [{ do: 'change', kind: 'assignment', id: work.id, version: 2, patch: { hoursPerWeek: 24 } }];
    const body = { id: '01JB0000000000000000000001', commands };
    const saved = await portal.client.ask<any>('post', '/changes', { as: aManager, body, headers: await follow(1) });
    const { headers, body: asked } = await since(1);
    expect([saved.body.number, saved.body.followed]).toEqual([3, asked]);
    expect([saved.headers.get('staffing-head'), headers.get('staffing-head')]).toEqual(['3', '3']);
    const undone = await portal.client.ask<any>('post', '/changes/3/undo', { as: aManager, headers: await follow(3) });
    expect(undone.body.followed).toEqual((await since(3)).body);
    expect(undone.body.followed.standing.find(({ number }: { number: number }) => number === 3)).toMatchObject({ undoneBy: 4 });
  });

  test('is made where what is held is told in words that nobody here knows, as without any, and nothing is told with it', async () => {
    await aGroup();
    const commands = (version: number) => [{ do: 'change', kind: 'assignment', id: work.id, version, patch: {} }];
    const headers = { 'staffing-follow': 'after=1&weeks=2026-W49/2026-W52/by-the-hour' };
    const body = { id: '01JB0000000000000000000002', commands: commands(1) };
    const told = await portal.client.ask<any>('post', '/changes', { as: aManager, body, headers });
    expect([told.status, told.body.number, told.body.followed]).toEqual([201, 2, undefined]);
    const next = { id: '01JB0000000000000000000003', commands: commands(2) };
    const plain = await portal.client.ask<any>('post', '/changes', { as: aManager, body: next });
    expect([plain.body.number, plain.body.followed]).toEqual([3, undefined]);
  });
});
