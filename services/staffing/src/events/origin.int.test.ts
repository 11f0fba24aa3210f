import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { aManager, newRecord, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, type Portal } from '../testing/harness.ts';

jest.setTimeout(120_000);

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
const project = (name: string) => newRecord('project', { name, from: '2026-11-30', to: '2027-01-31' });

describe('an event of a change set', () => {
  let portal: Portal;
  const got: Envelope[] = [];
  beforeAll(async () => {
    portal = await aPortal();
    await portal.bus.subscribe('search.index', async (event) => void got.push(event));
  });
  afterAll(() => portal.close());

  /** Sent again where the service was too busy to take it: the same change set, by the same request. */
  const change = async (command: object, headers: Record<string, string>): Promise<void> => {
    const body = { id: ulid(), commands: [command] };
    await until(
      'the change set',
      async () => (await portal.client.ask('post', '/changes', { as: aManager, body, headers })).status === 201,
      60,
    );
  };
  const eventOf = (subject: string) => until('its event', () => got.find((event) => event.subject === subject), 30);

  test('carries the HTTP request that made it, of each the own, however they come together', async () => {
    const commands = Array.from({ length: 10 }, (_, n) => project(`Project ${n}`));
    await Promise.all(commands.map((command, n) => change(command, { 'x-request-id': `request-change-${n}`, traceparent })));
    for (const [n, { id }] of commands.entries()) {
      expect(await eventOf(id)).toMatchObject({ requestid: `request-change-${n}`, traceparent });
    }
  });

  test('carries nothing in a snapshot, and the change set as it is answered is what it was', async () => {
    for (const event of await portal.staffing.snapshot()) expect(event).not.toHaveProperty('requestid');
    const { body } = await portal.client.ask('get', '/changes?limit=1', { as: aManager });
    expect(body.items[0]).not.toHaveProperty('origin');
  });
});
