import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Identity } from '@sidekick/contracts';
import { aManager, anEngineer, newAssignment, newRecord, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
const noor = newPerson('Noor Haddad');
const ines = newPerson('Ines Costa');
const atlas = newProject('Atlas');
const other: Identity = { ...aManager, account: ulid(), name: 'Bea Holt' };
const engineer: Identity = { ...anEngineer, person: noor.id };

/** Change sets: 1 people and a project, 2 work of Noor, 3 work of Ines by another manager, 4 leave of Noor by herself, 5 a rate of hers. */
beforeAll(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
  const leave = newTimeOff(noor, '2026-12-14', '2026-12-16');
  const sets: [unknown, Identity][] = [
    [[noor, ines, atlas], aManager],
    [[newAssignment(noor, atlas, 'sidekick')], aManager],
    [[newAssignment(ines, atlas, 'lead')], other],
    [[leave], engineer],
    [[newRecord('rate', { person: noor.id, from: '2026-01-01', amount: 8_550 })], other],
  ];
  for (const [commands, as] of sets) expect((await portal.change(commands as unknown[], { as })).status).toBe(201);
});
afterAll(() => portal.close());

const get = (path: string, as: Identity) => portal.client.ask<any>('get', path, { as });
const numbers = async (query: string, as: Identity = aManager) =>
  (await get(`/changes?${query}`, as)).body.items.map(({ number }: any) => number);

async function expectFiltered() {
  expect(await numbers(`by=${other.account}`)).toEqual([5, 3]);
  expect(await numbers(`by=${ulid()}`)).toEqual([]);
  expect(await numbers('kind=assignment')).toEqual([3, 2]);
  expect(await numbers(`kind=assignment&by=${other.account}`)).toEqual([3]);
  expect(await numbers(`about=${noor.id}`)).toEqual([5, 4, 2, 1]);
  expect(await numbers(`about=${noor.id}&about=${atlas.id}`)).toEqual([2, 1]);
  expect(await numbers(`about=${noor.id}&about=${atlas.id}&kind=assignment&by=${aManager.account}`)).toEqual([2]);
  expect(await numbers('kind=assignment&from=2020-01-01&to=2020-12-31')).toEqual([]);
}

describe('the history', () => {
  test('is cut by who did it, by the kind of record, by several records at once and by all of that together', expectFiltered);

  test('is paged as it is cut', async () => {
    const first = (await get('/changes?kind=assignment&limit=1', aManager)).body;
    expect([first.items.map(({ number }: any) => number), first.nextCursor]).toEqual([[3], '3']);
    const second = (await get('/changes?kind=assignment&limit=1&cursor=3', aManager)).body;
    expect([second.items.map(({ number }: any) => number), second.nextCursor]).toEqual([[2], null]);
  });

  test('holds nothing for a reader of what is for managers alone, however it is cut', async () => {
    expect(await numbers('kind=rate')).toEqual([5]);
    expect(await numbers('kind=rate', engineer)).toEqual([]);
    expect(await numbers(`by=${other.account}`, engineer)).toEqual([3]);
    expect(await numbers(`about=${noor.id}&by=${other.account}`, engineer)).toEqual([]);
  });

  test('names everybody who changed something, the last one first, by what is there for the reader', async () => {
    const authors = async (as: Identity) => (await get('/changes/authors', as)).body.items;
    const [bea, ana, helena] = [other, engineer, aManager].map(({ account, name }) => ({ account, name }));
    expect(await authors(aManager)).toEqual([
      { ...bea, newest: 5 },
      { ...ana, newest: 4 },
      { ...helena, newest: 2 },
    ]);
    expect(await authors(engineer)).toEqual([
      { ...ana, newest: 4 },
      { ...bea, newest: 3 },
      { ...helena, newest: 2 },
    ]);
  });

  test('refuses what is no filter, and filters of what came after a head', async () => {
    for (const query of [
      'kind=shoe',
      'by=',
      'about=x',
      `about=${noor.id}&subject=${noor.id}`,
      'after=1&view=x&kind=rate',
      'after=1&view=x&by=a',
    ])
      expect((await get(`/changes?${query}`, aManager)).status).toBe(400);
  });

  test('is cut the same after a start from a snapshot', async () => {
    portal = await portal.restart();
    await expectFiltered();
  });
});
