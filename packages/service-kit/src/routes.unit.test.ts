import { expect, test } from '@jest/globals';
import { aManager, quietLog } from '@sidekick/testing';
import { type Route, route } from './index.ts';

const reading = { method: 'get', path: '/own', operation: 'readOwn', summary: 'Own', answers: { 200: null } } as const;
const asked = (identity: typeof aManager | null): Parameters<Route['handle']>[0] => {
  const [req, res] = [{}, {}] as unknown as [Parameters<Route['handle']>[0]['req'], Parameters<Route['handle']>[0]['res']];
  return { params: {}, query: {}, body: undefined, identity, requestId: 'r', log: quietLog, req, res };
};

test('a route that is not public knows who asks; a public one looks first: by types', async () => {
  const known = [
    route({ ...reading, access: 'signed-in', handle: async ({ identity }) => ({ status: 200, body: identity.account }) }),
    route({ ...reading, access: ['manager', 'ops'], handle: async ({ identity }) => ({ status: 200, body: identity.account }) }),
  ];
  for (const one of known) expect(await one.handle(asked(aManager))).toEqual({ status: 200, body: aManager.account });
  // @ts-expect-error nobody has no account
  const unlooked = route({ ...reading, access: 'public', handle: async ({ identity }) => ({ status: 200, body: identity.account }) });
  await expect(unlooked.handle(asked(null))).rejects.toThrow(TypeError);
  const looked = route({
    ...reading,
    access: 'public',
    handle: async ({ identity }) => ({ status: 200, body: identity?.account ?? 'nobody' }),
  });
  expect(await looked.handle(asked(null))).toEqual({ status: 200, body: 'nobody' });
});
