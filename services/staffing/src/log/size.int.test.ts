import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

test('a change set holds 5,000 changes and not more', async () => {
  const people = Array.from({ length: 5001 }, (_, index) => newPerson(`Person ${index}`));
  expect((await portal.change(people)).status).toBe(400);
  const taken = await portal.change(people.slice(1));
  expect(taken.status).toBe(201);
  expect(taken.body.items).toHaveLength(5000);
});

test('a change set of more than 4 MB is refused whole, with advice', async () => {
  const projects = (count: number) =>
    Array.from({ length: count }, (_, index) => newProject(`Project ${index}`, { description: 'x'.repeat(2000) }));
  const refused = await portal.change(projects(2100));
  expect(refused).toMatchObject({ status: 413, body: { title: 'A change set holds at most 4 MB; send it in parts' } });
  expect((await portal.change(projects(2800))).status).toBe(413);
  expect(
    (
      await portal.client.ask('get', '/changes', {
        as: { account: '01JZZZZZZZZZZZZZZZZZMANAG1', name: 'H', roles: ['manager'], person: null },
      })
    ).body.items,
  ).toEqual([]);
});
