import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { SystemView } from '@sidekick/contracts';
import { until } from '@sidekick/testing';
import { type PortalHere, portalHere } from './testing/portal-here.ts';
import { change, newPerson } from './testing/records.ts';

jest.setTimeout(60_000);

let here: PortalHere;
beforeAll(async () => {
  here = await portalHere();
});
afterAll(() => here.close());

const system = async (): Promise<SystemView> => (await here.command.api('get', '/system')).body;
const statusOf = async (name: string) => (await system()).parts.find((part) => part.name === name)?.replicas[0]?.status;

test('says of each part in one process what it knows of itself', async () => {
  await change(here.command, [newPerson('Ana Duarte')]);
  await until('the event sent and indexed', async () => {
    const index = (await statusOf('search'))?.index;
    return (await statusOf('staffing'))?.oldestUnsent === 0 && index?.documents === 1 && index.behind === 0;
  });
  const { parts, dead, backup } = await system();
  expect(parts.map(({ name, state, missing }) => ({ name, state, missing }))).toEqual(
    ['gateway', 'content', 'search', 'staffing'].map((name) => ({ name, state: 'ready', missing: [] })),
  );
  expect(parts.every(({ replicas }) => replicas.length === 1 && (replicas[0]?.status?.memory ?? 0) > 1_000_000)).toBe(true);
  expect(await statusOf('staffing')).toMatchObject({ head: 1, oldestUnsent: 0, missing: [] });
  expect(await statusOf('content')).toMatchObject({ oldestUnsent: 0, imports: { running: 0, waiting: 0 } });
  expect(await statusOf('search')).toMatchObject({
    index: { documents: 1, behind: 0, rebuilding: null, failure: null, builtAt: expect.any(String) },
    queues: [{ queue: 'search.index', waiting: 0, oldest: null }],
  });
  expect(await statusOf('gateway')).toMatchObject({
    webhooks: { on: 0, failing: 0, stopped: 0 },
    queues: [{ queue: 'gateway.webhooks', waiting: 0, oldest: null }],
  });
  expect(dead).toEqual(['search.index', 'gateway.webhooks'].map((queue) => ({ queue, count: 0 })));
  expect(backup).toBeNull();
});
