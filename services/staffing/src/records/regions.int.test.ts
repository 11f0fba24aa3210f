import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aManager, anEngineer, newRecord } from '@sidekick/testing';
import { aPortal, newPerson, type Portal } from '../testing/harness.ts';

let portal: Portal;
const noor = newPerson('Noor Haddad', { region: 'PT' });
const ben = newPerson('Ben Reis');
beforeAll(async () => {
  portal = await aPortal();
  expect((await portal.change([noor, ben])).status).toBe(201);
});
afterAll(() => portal.close());

const get = async (path: string) => (await portal.client.ask<any>('get', path, { as: aManager })).body;
const move = async (moves: unknown, as = aManager) => {
  const { version } = await get(`/people/${noor.id}`);
  return portal.change([{ do: 'change', kind: 'person', id: noor.id, version, patch: { moves } }], { as });
};

test('a person moves between regions on a day: in figures, in the history, in no event; undone it is as before', async () => {
  const holiday = newRecord('holiday', { region: 'DE-BY', date: '2027-02-02', name: 'Of the north' });
  expect((await portal.change([holiday])).status).toBe(201);
  const net = async () => {
    const body = { questions: [{ what: 'net', args: { person: noor.id, days: ['2027-02-01', '2027-02-05'] } }] };
    return (await portal.client.ask<any>('post', '/figures', { as: aManager, body })).body.answers[0];
  };
  expect(await net()).toBe(40);
  const { status, body } = await move([{ from: '2027-02-01', region: 'de-by' }]);
  expect(status).toBe(201);
  expect((await get(`/people/${noor.id}`)).moves).toEqual([{ from: '2027-02-01', region: 'DE-BY' }]);
  expect(await net()).toBe(32);
  const newest = async () => (await get('/changes?limit=1')).items[0].summary;
  expect(await newest()).toBe('Noor Haddad: from 1 Feb in region DE-BY');
  expect(JSON.stringify([...(await portal.staffing.snapshot())])).not.toContain('moves');
  await move([{ from: '2027-02-01', region: null }]);
  expect(await newest()).toBe('Noor Haddad: from 1 Feb without holidays of a region');
  const back = await move(null);
  expect(await newest()).toBe('Noor Haddad: no longer from 1 Feb without holidays of a region');
  for (const number of [back.body.number, back.body.number - 1, body.number])
    expect((await portal.client.ask('post', `/changes/${number}/undo`, { as: aManager })).status).toBe(201);
  expect(await get(`/people/${noor.id}`)).not.toHaveProperty('moves');
  expect(await net()).toBe(40);
});

test('a move names a region that there is, a day that there is, and no day twice; an engineer moves nobody', async () => {
  const paths = async (moves: unknown) => (await move(moves)).body.errors?.map(({ path }: any) => path);
  expect(await paths([{ from: '2027-02-01', region: 'Lisbonn' }])).toEqual(['commands.0.patch.moves.0.region']);
  expect(await paths([{ from: '2027-02-01', region: '*' }])).toEqual(['commands.0.patch.moves.0.region']);
  expect(await paths([{ from: '2099-02-01', region: 'PT' }])).toEqual(['commands.0.patch.moves.0.from']);
  expect(await paths([{ from: '2027-02-30', region: 'PT' }])).toEqual(['commands.0.patch.moves.0.from']);
  const twice = ['ES', 'PT'].map((region) => ({ from: '2027-02-01', region }));
  expect(await paths(twice)).toEqual(['commands.0.patch.moves.1.from']);
  expect((await move([{ from: '2027-02-01', region: 'ES' }], { ...anEngineer, person: noor.id })).status).toBe(403);
});

test('a company day is a holiday of every region, listed and told as one; no person is in that region', async () => {
  const closed = newRecord('holiday', { region: '*', date: '2026-12-24', name: 'Closed' });
  expect((await portal.change([closed])).status).toBe(201);
  expect((await get('/changes?limit=1')).items[0].summary).toBe('Company day Closed, 24 Dec: added');
  expect((await get('/holidays?region=*')).items.map(({ name }: any) => name)).toEqual(['Closed']);
  const questions = [noor, ben].map(({ id }) => ({ what: 'net', args: { person: id, days: ['2026-12-21', '2026-12-25'] } }));
  expect((await portal.client.ask<any>('post', '/figures', { as: aManager, body: { questions } })).body.answers).toEqual([32, 32]);
  expect((await portal.change([newPerson('Ada Long', { region: '*' })])).status).toBe(400);
  const timeline = await get('/timeline?from=2026-W52&to=2026-W52');
  expect(timeline.people.map(({ holidays }: any) => holidays)).toEqual([[['2026-12-24']], [['2026-12-24']]]);
});
