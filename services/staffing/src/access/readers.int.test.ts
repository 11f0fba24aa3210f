import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Identity } from '@sidekick/contracts';
import { aManager, anEngineer, newRecord } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
const noor = newPerson('Noor Haddad');
const atlas = newProject('Atlas');
const rate = newRecord('rate', { person: noor.id, from: '2026-01-01', amount: 8_550 });
const budget = newRecord('budget', { project: atlas.id, money: 1_234_500, hours: 77.25 });
const engineer: Identity = { ...anEngineer, person: noor.id };
const ops: Identity = { ...anEngineer, account: ulid(), roles: ['ops'] };
const others = [engineer, ops];

/** Change sets: 1 both, 2 rates alone, 3 a person with a budget, 4 a person alone. */
beforeAll(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
  const region = (version: number, to: string) => ({ do: 'change', kind: 'person', id: noor.id, version, patch: { region: to } });
  const sets = [[noor, atlas], [rate], [region(1, 'PT'), budget], [region(3, 'ES')]];
  for (const commands of sets) expect((await portal.change(commands, { reason: 'as agreed' })).status).toBe(201);
});
afterAll(() => portal.close());

const get = (path: string, as: Identity, of = portal) => of.client.ask<any>('get', path, { as });
const numbers = async (path: string, as: Identity) => (await get(path, as)).body.items.map(({ number }: any) => number);
const there = ['/rates', '/budgets', `/rates/${rate.id}`, `/budgets/${budget.id}`, `/projects/${atlas.id}/burn`];
const both = [...there, `/rates/${ulid()}`, `/projects/${ulid()}/burn`];

describe('records for managers alone', () => {
  test('are read by them, and refused to all others whether they are there or not', async () => {
    for (const path of there) expect((await get(path, aManager)).status).toBe(200);
    for (const as of others) for (const path of both) expect((await get(path, as)).status).toBe(403);
  });

  test('are asked for as figures, and opened, by them alone: whoever else asks is refused whether the project is there or not', async () => {
    for (const what of ['spent', 'forecast', 'sidekickCost', 'runsOut']) {
      for (const project of [atlas.id, ulid()]) {
        const question = { what, args: { project } };
        const send = (path: string, body: object, as: Identity) => portal.client.ask('post', path, { as, body });
        const free = { what: 'coverageRatio', args: { weeks: ['2026-W49', '2026-W50'] } };
        for (const as of others) {
          const refused = { status: 403, body: { type: 'urn:sidekick:problem:managers-only' } };
          expect(await send('/figures', { questions: [free, question] }, as)).toMatchObject(refused);
          expect(await send('/figures/rows', { question }, as)).toMatchObject(refused);
        }
        const status = project === atlas.id ? 200 : 404;
        expect([(await send('/figures', { questions: [question] }, aManager)).status, status]).toEqual([status, status]);
        expect((await send('/figures/rows', { question }, aManager)).status).toBe(status);
      }
    }
  });

  test('are written by managers alone, who alone learn which ids there are', async () => {
    const commands = [
      { ...rate, id: ulid() },
      { do: 'delete', kind: 'rate', id: rate.id, version: 2 },
      { do: 'delete', kind: 'rate', id: ulid(), version: 2 },
      { do: 'change', kind: 'budget', id: budget.id, version: 1, patch: { money: 1 } },
    ];
    for (const command of commands) {
      for (const path of ['/changes', '/changes/preview']) {
        const refused = await portal.client.ask('post', path, { as: engineer, body: { id: ulid(), commands: [command] } });
        expect(refused).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:managers-only' } });
      }
    }
  });

  test('are in the history for managers alone: no change set, change, count, reason or number of theirs is there for others', async () => {
    expect(await numbers('/changes', aManager)).toEqual([4, 3, 2, 1]);
    expect((await get('/changes/3', aManager)).body).toMatchObject({
      summary: 'Noor Haddad: region changed; Budget of Atlas: added',
      reason: 'as agreed',
      changes: [{ kind: 'person' }, { kind: 'budget', after: { money: 1_234_500 } }],
    });
    for (const as of others) {
      expect(await numbers('/changes', as)).toEqual([4, 3, 1]);
      expect([await numbers(`/changes?subject=${rate.id}`, as), await numbers(`/changes?subject=${budget.id}`, as)]).toEqual([[], []]);
      expect([(await get('/changes/2', as)).status, (await get('/changes/9', as)).status]).toEqual([404, 404]);
      const { summary, reason, changes } = (await get('/changes/3', as)).body;
      expect([summary, reason, changes.map(({ kind }: any) => kind)]).toEqual(['Noor Haddad: region changed', null, ['person']]);
    }
    expect((await portal.client.ask('post', '/changes/2/undo', { as: engineer })).status).toBe(404);
    expect(await numbers(`/changes?subject=${noor.id}`, engineer)).toEqual([4, 3, 1]);
  });

  test('pages of the history are whole for everybody', async () => {
    const first = (await get('/changes?limit=2', engineer)).body;
    expect(first.items.map(({ number }: any) => number)).toEqual([4, 3]);
    expect(await numbers(`/changes?limit=2&cursor=${first.nextCursor}`, engineer)).toEqual([1]);
  });

  test('are in what came since a head for managers alone, and heads go on for everybody', async () => {
    const since = async (as: Identity) => {
      const view = (await get('/people', as)).headers.get('staffing-view');
      return (await get(`/changes?after=1&view=${view}&history=3`, as)).body;
    };
    const told = await since(aManager);
    expect(told.items.map(({ kind }: any) => kind).sort()).toEqual(['budget', 'person', 'rate']);
    expect(told.standing).toEqual([]);
    for (const as of others) {
      const { head, items, changes, standing } = await since(as);
      expect([head, items.map(({ kind }: any) => kind)]).toEqual([4, ['person']]);
      expect(changes.map(({ number }: any) => number)).toEqual([4, 3]);
      expect(standing.map(({ number }: any) => number)).toEqual([1]);
    }
  });

  test('are counted among the sample for managers alone', async () => {
    expect((await get('/sample', aManager)).body.records).toMatchObject({ person: 0, rate: 0, budget: 0 });
    for (const as of others) expect(Object.keys((await get('/sample', as)).body.records)).not.toContain('rate');
  });

  test('are told in no event', async () => {
    const told = JSON.stringify([...(await portal.staffing.snapshot())]);
    expect(told).toContain(noor.id);
    expect(told).not.toMatch(new RegExp(`${rate.id}|${budget.id}`));
  });

  test('stay hidden after a start from a snapshot', async () => {
    portal = await portal.restart();
    expect(await numbers('/changes', engineer)).toEqual([4, 3, 1]);
    expect(await numbers('/changes', aManager)).toEqual([4, 3, 2, 1]);
  });
});

describe('money is kept once', () => {
  const refused = async (...commands: unknown[]) => (await portal.change(commands)).body.errors;

  test('one rate for a person, a project and a day; one budget a project, of something', async () => {
    const again = newRecord('rate', { person: noor.id, from: '2026-01-01', amount: 1 });
    expect(await refused(again)).toEqual([{ path: 'commands.0.record.from', message: 'A rate from this day is there already' }]);
    expect((await portal.change([newRecord('rate', { ...again.record, project: atlas.id })])).status).toBe(201);
    const second = newRecord('budget', { project: atlas.id, hours: 10 });
    expect(await refused(second)).toEqual([{ path: 'commands.0.record.project', message: 'The project has a budget already' }]);
    const ofNothing = newRecord('budget', { project: atlas.id });
    expect(await refused(ofNothing)).toContainEqual({
      path: 'commands.0.record.money',
      message: 'A budget is of money, of hours or of both',
    });
  });

  test('amounts are whole minor units within bounds, from a day near enough', async () => {
    for (const amount of [85.5, -1, 2e9, Number.NaN, '85']) {
      const errors = await refused(newRecord('rate', { person: noor.id, from: '2026-06-01', amount }));
      expect(errors).toMatchObject([{ path: 'commands.0.record.amount' }]);
    }
    const far = await refused(newRecord('rate', { person: noor.id, from: '1990-01-01', amount: 1 }));
    expect(far).toMatchObject([{ path: 'commands.0.record.from' }]);
  });

  test('settings are there once, in a currency that there is, and not changed under amounts of other units', async () => {
    const settings = newRecord('settings', { currency: 'CHF' });
    expect(await refused(newRecord('settings', { currency: 'XQQ' }))).toEqual([
      { path: 'commands.0.record.currency', message: 'No currency is called XQQ' },
    ]);
    expect(await refused(newRecord('settings', { currency: 'JPY' }))).toMatchObject([{ path: 'commands.0.record.currency' }]);
    const { number } = (await portal.change([settings])).body;
    expect(await refused(newRecord('settings', {}))).toEqual([{ path: 'commands.0.record', message: 'There are settings already' }]);
    expect((await get('/settings', engineer)).body.items).toEqual([{ id: settings.id, currency: 'CHF', sample: false, version: number }]);
  });

  test('an undo brings no other units under the amounts either', async () => {
    const own = await aPortal();
    const settings = newRecord('settings', { currency: 'JPY' });
    const kept = [noor, newRecord('rate', { person: noor.id, from: '2026-01-01', amount: 9_000 })];
    for (const commands of [[settings], kept]) expect((await own.change(commands)).status).toBe(201);
    const undone = await own.client.ask<any>('post', '/changes/1/undo', { as: aManager });
    expect(undone).toMatchObject({ status: 409, body: { broken: [{ code: 'other-units' }] } });
    expect(undone.body.title).toMatch(/^Amounts are kept in JPY, which is counted in other units than EUR/);
    await own.close();
  });

  test('nor does an undo bring amounts back under a currency of other units than they were kept in', async () => {
    const own = await aPortal();
    const price = newRecord('rate', { person: noor.id, from: '2026-01-01', amount: 8_550 });
    const costs = newRecord('budget', { project: atlas.id, money: 1_000_000, hours: 80 });
    const settings = newRecord('settings', { currency: 'JPY' });
    const to = (version: number, currency: string) => ({ do: 'change', kind: 'settings', id: settings.id, version, patch: { currency } });
    const gone = [price, costs].map(({ kind, id }) => ({ do: 'delete', kind, id, version: 1 }));
    const hoursAlone = { do: 'change', kind: 'budget', id: costs.id, version: 5, patch: { money: null } };
    const done = async (commands: unknown[]) => expect((await own.change(commands)).status).toBe(201);
    const undo = (number: number) => own.client.ask<any>('post', `/changes/${number}/undo`, { as: aManager });
    for (const commands of [[noor, atlas, price, costs], gone, [settings]]) await done(commands);
    const refused = await undo(2);
    expect(refused).toMatchObject({ status: 409, body: { broken: [{ code: 'other-units' }] } });
    expect(refused.body.title).toMatch(/^Amounts are kept in EUR, which is counted in other units than JPY/);
    // Under one of the same units they are what they were.
    await done([to(3, 'CHF')]);
    expect((await undo(2)).status).toBe(201);
    expect((await get('/rates', aManager, own)).body.items).toMatchObject([{ id: price.id, amount: 8_550 }]);
    // Money alone, taken out of a budget that stays.
    const { number } = (await own.change([hoursAlone, { do: 'delete', kind: 'rate', id: price.id, version: 5 }])).body;
    await done([to(4, 'JPY')]);
    expect(await undo(number)).toMatchObject({ status: 409, body: { broken: [{ code: 'other-units' }] } });
    await own.close();
  });

  test('an undo that brings amounts back together with their currency goes', async () => {
    const own = await aPortal();
    const price = newRecord('rate', { person: noor.id, from: '2026-01-01', amount: 8_550 });
    const settings = newRecord('settings', { currency: 'JPY' });
    const gone = { do: 'delete', kind: 'rate', id: price.id, version: 1 };
    for (const commands of [
      [noor, price],
      [gone, settings],
    ])
      expect((await own.change(commands)).status).toBe(201);
    expect((await own.client.ask('post', '/changes/2/undo', { as: aManager })).status).toBe(201);
    expect((await get('/settings', aManager, own)).body.items).toEqual([]);
    await own.close();
  });
});
