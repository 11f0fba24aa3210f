import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { aManager, until } from '@sidekick/testing';
import { zipSync } from 'fflate';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';

jest.setTimeout(120_000);

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
const page = (path: string) => ({ path, title: path, body: path });

describe('an event of a page', () => {
  let kit: Kit;
  const got: Envelope[] = [];
  beforeAll(async () => {
    kit = await contentKit();
    await kit.bus.subscribe('search.index', async (event) => void got.push(event));
  });
  afterAll(() => kit.close());

  const eventOf = (subject: string) => until('its event', () => got.find((event) => event.subject === subject), 30);

  test('carries the request that wrote the page, and the trace that it belongs to', async () => {
    const headers = { 'x-request-id': 'request-page-1', traceparent };
    const made = await kit.client.ask('post', '/pages', { as: aManager, body: page('one'), headers });
    expect(await eventOf(made.body.id)).toMatchObject({ requestid: 'request-page-1', traceparent });
  });

  test('carries no trace where the request has none', async () => {
    const made = await kit.client.ask('post', '/pages', { as: aManager, body: page('two'), headers: { 'x-request-id': 'request-page-2' } });
    const event = await eventOf(made.body.id);
    expect(event.requestid).toBe('request-page-2');
    expect(event.traceparent).toBeUndefined();
  });

  test('carries the request that began its import, though that was answered before', async () => {
    const before = got.length;
    const zips = ['three', 'four'].map((name) => zipSync({ [`${name}.md`]: Buffer.from(`# ${name}`) }));
    for (const [n, raw] of zips.entries()) {
      const headers = { 'content-type': 'application/zip', 'x-request-id': `request-import-${n}` };
      const { status } = await kit.client.ask('post', `/imports?source=source-${n}`, { as: aManager, raw, headers });
      expect(status).toBe(202);
    }
    await until('both events', () => got.length >= before + 2, 60);
    const told = got.slice(before).map(({ requestid, data }) => [(data.state as { path: string }).path, requestid]);
    expect(told.sort()).toEqual([
      ['source-0/three', 'request-import-0'],
      ['source-1/four', 'request-import-1'],
    ]);
  });

  test('says nothing of who asked for it in a snapshot', async () => {
    for await (const event of kit.service.snapshot()) expect(event).not.toHaveProperty('requestid');
    const { body } = await kit.client.ask<string>('get', '/pages/snapshot', {
      as: { ...aManager, roles: ['ops'] },
      headers: { 'x-request-id': 'request-snapshot' },
    });
    expect(JSON.stringify(body)).not.toContain('request-snapshot');
  });
});
