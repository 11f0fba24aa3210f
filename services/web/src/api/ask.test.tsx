import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { fakePortal, problem } from '../testing/portal.ts';
import { ApiProblem, ask, askAll, becameOf, bodyOf, isOutcomeUnknown, tell, undoFailed } from './ask.ts';

const Thing = z.strictObject({ name: z.string() });
const thrown = (promise: Promise<unknown>): Promise<ApiProblem> =>
  promise.then(
    () => Promise.reject(new Error('no problem')),
    (error) => error,
  );

test('sends the version it read as If-Match and its body as JSON', async () => {
  const portal = fakePortal({ 'PATCH /pages/1': { body: { name: 'b' } } });
  await expect(ask(Thing, '/pages/1', { method: 'PATCH', version: 7, body: bodyOf('changeAccount', { name: 'b' }) })).resolves.toEqual({
    name: 'b',
  });
  const sent = portal.last('PATCH', '/pages/1');
  expect([sent?.headers.get('if-match'), sent?.headers.get('content-type'), sent?.body]).toEqual([
    '"7"',
    'application/json',
    { name: 'b' },
  ]);
});

test('a problem document becomes words, a code, a request id and messages at fields', async () => {
  fakePortal({
    'POST /people': problem(400, 'invalid-input', 'The request is not valid', { errors: [{ path: 'name', message: 'Too short' }] }),
  });
  const error = await thrown(ask(Thing, '/people', { method: 'POST' }));
  expect(error).toBeInstanceOf(ApiProblem);
  expect([error.status, error.code, error.message, error.requestId, error.at('name'), error.at('other')]).toEqual([
    400,
    'invalid-input',
    'The request is not valid',
    'req-42',
    'Too short',
    undefined,
  ]);
});

test('a portal that cannot be reached, or answers no problem document, is said in words', async () => {
  globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  expect((await thrown(ask(Thing, '/me'))).code).toBe('unreachable');
  fakePortal({ 'GET /me': { status: 502 } });
  expect((await thrown(ask(Thing, '/me'))).message).toContain('502');
});

test.each([
  [0, 'unreachable', 'It is not known whether it was undone'],
  [200, 'unexpected-answer', 'It is not known whether it was undone'],
  [502, 'unreadable', 'It is not known whether it was undone'],
  [503, 'timeout', 'It is not known whether it was undone'],
  [503, 'answer-lost', 'It is not known whether it was undone'],
  [500, 'answer-lost', 'It is not known whether it was undone'],
  [500, 'internal', 'Not undone'],
  [503, 'store-unavailable', 'Not undone'],
  [503, 'part-unavailable', 'Not undone'],
  [429, 'too-many', 'Not undone'],
  [413, 'unreadable', 'Not undone'],
  [409, 'other-account', 'Not undone'],
  [409, 'changed-since', 'This cannot be undone any more'],
  [412, 'stale', 'This cannot be undone any more'],
  [404, 'not-found', 'This cannot be undone any more'],
])('whether it was done is known or not: %d %s', (status, code, undo) => {
  const error = new ApiProblem(status, code, 'Words');
  const isUnknown = undo.startsWith('It is not known');
  expect([undoFailed(error), isOutcomeUnknown(error)]).toEqual([undo, isUnknown]);
  expect(becameOf(error, 'Not saved', 'it was saved')).toBe(isUnknown ? 'It is not known whether it was saved' : 'Not saved');
});

test('lets through a field that a newer portal added, and nothing else that does not fit', async () => {
  fakePortal({ 'GET /new': { body: { name: 'a', added: 1 } }, 'GET /wrong': { body: { name: 1 } } });
  await expect(ask(Thing, '/new')).resolves.toMatchObject({ name: 'a' });
  expect((await thrown(ask(Thing, '/wrong'))).code).toBe('unexpected-answer');
});

test('reads back what it wrote: the newest staffing head goes with every staffing request and no other', async () => {
  const portal = fakePortal({
    'POST /changes': { body: { name: 'x' }, headers: { 'staffing-head': '41' } },
    'GET /timeline': { body: { name: 'x' }, headers: { 'staffing-head': '40' } },
    'GET /teams': { body: { name: 'x' } },
    'GET /tree': { body: { name: 'x' } },
  });
  await ask(Thing, '/changes', { method: 'POST' });
  await ask(Thing, '/timeline');
  await ask(Thing, '/timeline');
  await ask(Thing, '/teams', { query: { limit: 1 } });
  await ask(Thing, '/tree');
  expect(portal.last('GET', '/timeline')?.headers.get('staffing-head')).toBe('41');
  expect(portal.last('GET', '/teams')?.headers.get('staffing-head')).toBe('41');
  expect(portal.last('GET', '/tree')?.headers.get('staffing-head')).toBeNull();
});

test('a list is read to its end', async () => {
  fakePortal({
    'GET /people': ({ query }) => ({
      body: query.get('cursor')
        ? { items: [{ name: 'c' }], nextCursor: null }
        : { items: [{ name: 'a' }, { name: 'b' }], nextCursor: 'next' },
    }),
  });
  const List = z.strictObject({ items: z.array(Thing), nextCursor: z.string().nullable() });
  await expect(askAll(List, '/people')).resolves.toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
});

test('an answer without a body is no error', async () => {
  fakePortal({ 'POST /auth/sign-out': { status: 204 } });
  await expect(tell('/auth/sign-out', { method: 'POST' })).resolves.toBeUndefined();
});
