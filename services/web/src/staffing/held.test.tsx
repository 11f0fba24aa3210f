import { expect, test } from '@jest/globals';
import { fakePortal, problem } from '../testing/portal.ts';
import { ana, aPerson, noor } from '../testing/staffing.ts';
import { lists } from './held.ts';

const read = async () => (await lists.people.queryFn({ signal: new AbortController().signal })).value.map(({ id }) => id);
const [first, second] = [aPerson(ana, 'Ana Duarte'), aPerson(noor, 'Noor Haddad')];

test('records are asked for in large pages, and to their end', async () => {
  const portal = fakePortal({
    'GET /people': ({ query }) => ({
      body: query.get('cursor') ? { items: [second], nextCursor: null } : { items: [first], nextCursor: 'next' },
    }),
  });
  await expect(read()).resolves.toEqual([ana, noor]);
  expect(portal.asked.map(({ query }) => query.get('limit'))).toEqual(['2000', '2000']);
});

test('a part of the release before, which has no such pages, is asked for its own', async () => {
  const portal = fakePortal({
    'GET /people': ({ query }) =>
      Number(query.get('limit')) > 200
        ? problem(400, 'invalid', 'Some fields do not fit')
        : { body: query.get('cursor') ? { items: [second], nextCursor: null } : { items: [first], nextCursor: 'next' } },
  });
  await expect(read()).resolves.toEqual([ana, noor]);
  expect(portal.asked.map(({ query }) => query.get('limit'))).toEqual(['2000', '200', '200']);
});

test('what fails otherwise fails', async () => {
  fakePortal({ 'GET /people': problem(503, 'store-unavailable', 'Try again') });
  await expect(read()).rejects.toMatchObject({ status: 503 });
});
