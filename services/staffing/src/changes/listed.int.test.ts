import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aManager } from '@sidekick/testing';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
const long = '€'.repeat(2_000);
const sets = 10;

/** Ten change sets of 21 projects with long words each, and a last one of projects and a person. */
beforeAll(async () => {
  portal = await aPortal();
  for (let set = 1; set <= sets; set += 1) {
    const projects = Array.from({ length: 21 }, (_, index) => newProject(`Project ${set} ${index}`, { description: long }));
    expect((await portal.change(projects)).status).toBe(201);
  }
  const few = Array.from({ length: 20 }, (_, index) => newProject(`Last ${index}`));
  expect((await portal.change([...few, newPerson('Noor Haddad')])).status).toBe(201);
});
afterAll(() => portal.close());

const get = async (path: string) => (await portal.client.ask<any>('get', path, { as: aManager })).body;

test('a list has the first 20 changes of a change set and says how many there are; the change set itself has all', async () => {
  const { items } = await get('/changes?limit=1');
  expect(items[0].changes).toHaveLength(20);
  expect(items[0].all).toEqual({ changes: 21, kinds: ['project', 'person'] });
  const whole = await get(`/changes/${items[0].number}`);
  expect(whole.changes).toHaveLength(21);
  expect(whole).not.toHaveProperty('all');
});

test('where a set is asked about one record, it has what touched that', async () => {
  const last = (await get(`/changes/${sets + 1}`)).changes.at(-1).id;
  const { items } = await get(`/changes?about=${last}`);
  expect(items[0].changes).toHaveLength(1);
  expect(items[0]).not.toHaveProperty('all');
});

test('a page ends before it is large, and the next one goes on from there', async () => {
  const first = await get('/changes?limit=100');
  expect(first.items.length).toBeGreaterThan(1);
  expect(first.items.length).toBeLessThan(sets);
  expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThan(1_100_000);
  const second = await get(`/changes?limit=100&cursor=${first.nextCursor}`);
  const numbers = [...first.items, ...second.items].map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: sets + 1 }, (_, index) => sets + 1 - index));
  expect(second.nextCursor).toBeNull();
});

test('what came after a head is told in the same form', async () => {
  const { headers } = await portal.client.ask<any>('get', '/changes?limit=1', { as: aManager });
  const since = await get(`/changes?after=${sets}&view=${encodeURIComponent(headers.get('staffing-view') ?? '')}`);
  expect(since.changes).toEqual([expect.objectContaining({ number: sets + 1, all: { changes: 21, kinds: ['project', 'person'] } })]);
  expect(since.changes[0].changes).toHaveLength(20);
});
