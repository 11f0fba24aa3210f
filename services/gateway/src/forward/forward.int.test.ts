import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Identity } from '@sidekick/contracts';
import { type Route, type RouteRequest, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';

const echo = async ({ identity, req, query }: RouteRequest<any, any, any>) => ({
  status: 200,
  body: { identity, headers: Object.keys(req.headers), url: req.url, query, head: req.headers['staffing-head'] ?? null },
  headers: { 'staffing-head': '7' },
});
const Echo = z.looseObject({ identity: Identity.nullable() });
let release: () => void = () => undefined;
let releaseChange: () => void = () => undefined;

const pages: Route[] = [
  route({
    method: 'get',
    path: '/pages/find',
    operation: 'findPage',
    summary: 'Echo',
    access: 'public',
    query: z.strictObject({ path: z.string() }),
    answers: { 200: Echo },
    handle: echo,
  }),
  route({
    method: 'post',
    path: '/pages',
    operation: 'makePage',
    summary: 'Echo',
    access: ['manager'],
    body: z.strictObject({ title: z.string() }),
    bodyLimit: 1_000,
    answers: { 201: z.strictObject({ title: z.string() }) },
    problems: [413],
    handle: async ({ body }) => ({ status: 201, body }),
  }),
  route({
    method: 'get',
    path: '/pages/slow',
    operation: 'readSlowly',
    summary: 'Answers when it is told to',
    access: 'public',
    answers: { 200: z.strictObject({}) },
    handle: () => new Promise((resolve) => (release = () => resolve({ status: 200, body: {} }))),
  }),
  route({
    method: 'post',
    path: '/pages/slow',
    operation: 'changeSlowly',
    summary: 'Answers when it is told to',
    access: 'public',
    answers: { 201: z.strictObject({}) },
    handle: () => new Promise((resolve) => (releaseChange = () => resolve({ status: 201, body: {} }))),
  }),
  route({
    method: 'get',
    path: '/sources/{key}',
    operation: 'readSource',
    summary: 'Pages of a source',
    access: 'signed-in',
    params: z.strictObject({ key: z.string() }),
    answers: { 200: z.strictObject({ pages: z.number() }) },
    handle: async ({ params }) => ({ status: 200, body: { pages: params.key === 'sample' ? 3 : 0 } }),
  }),
];

let portal: Portal;
let manager: Browser;
let engineer: Browser;
beforeAll(async () => {
  portal = await aPortal({ parts: { content: pages, staffing: [] }, config: { answerSeconds: { read: 0.3 } } });
  manager = await signInFirstManager(portal);
  engineer = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
});
afterAll(() => portal.close());

const post = { body: { title: 'a' } };

describe('a request to a part', () => {
  test('carries the signed identity in place of cookie and token', async () => {
    const { body, headers } = await engineer.api('get', '/pages/find?path=a%2Fb', {
      headers: { 'staffing-head': '6', 'sidekick-waited': '9999' },
    });
    expect(body).toMatchObject({
      identity: { name: 'ben', roles: ['engineer'] },
      url: '/pages/find?path=a%2Fb',
      query: { path: 'a/b' },
      head: '6',
    });
    expect(body.headers).not.toContain('cookie');
    expect(body.headers).not.toContain('sidekick-waited');
    expect(headers['staffing-head']).toBe('7');
    const secret = await portal.gateway.issueLocalToken();
    const bearer = await portal.browser().api('get', '/pages/find?path=a', { headers: { authorization: `Bearer ${secret}` } });
    expect(bearer.body.identity.name).toBe('This machine');
    expect(bearer.body.headers).not.toContain('authorization');
  });

  test('never carries an identity that a client made up', async () => {
    const forged = { headers: { 'sidekick-identity': 'forged' } };
    const { body } = await portal.browser().api('get', '/pages/find?path=a', forged);
    expect(body.identity).toBeNull();
    expect(body.headers).not.toContain('sidekick-identity');
    expect((await portal.browser().api('post', '/pages', { ...post, ...forged })).status).toBe(401);
  });

  test('that names the account it is meant as is never done as another, or as nobody', async () => {
    const account = (await manager.api('get', '/me')).body.account;
    const sent = { ...post, headers: { 'sidekick-account': account } };
    expect((await manager.api('post', '/pages', sent)).status).toBe(201);
    const other = await engineer.open('/api/v1/pages', { method: 'post', ...sent });
    expect([other.status, other.body.type]).toEqual([409, 'urn:sidekick:problem:other-account']);
    const read = await portal.browser().open('/api/v1/pages/find?path=a', { headers: sent.headers });
    expect([read.status, read.body.type]).toEqual([401, 'urn:sidekick:problem:sign-in-required']);
    expect((await manager.api('get', '/pages/find?path=a', { headers: sent.headers })).body.headers).not.toContain('sidekick-account');
  });

  test('keeps its request id', async () => {
    const reply = await engineer.api('get', '/pages/find?path=a', { headers: { 'x-request-id': 'abcdefgh-7' } });
    expect(reply.headers['x-request-id']).toBe('abcdefgh-7');
  });

  test('is answered by the part: its rights, its problems', async () => {
    expect((await manager.api('post', '/pages', post)).status).toBe(201);
    expect((await engineer.api('post', '/pages', post)).status).toBe(403);
    expect((await portal.browser().api('post', '/pages', post)).status).toBe(401);
    expect((await manager.api('post', '/pages', { body: { titel: 'a' } })).body.type).toBe('urn:sidekick:problem:invalid-input');
  });

  test('reaches nothing that no part declares', async () => {
    for (const path of ['/readyz', '/metrics', '/livez', '/../readyz', '/nothing']) {
      expect((await manager.open(`/api/v1${path}`)).status).toBe(404);
    }
    expect((await manager.open('/api/v2/pages/find?path=a')).status).toBe(404);
  });

  test('by another method is told those that its address takes, by the gateway as by the part', async () => {
    const wrong = await manager.open('/api/v1/pages');
    expect(wrong).toMatchObject({ status: 405, headers: { allow: 'POST' }, body: { type: 'urn:sidekick:problem:method-not-allowed' } });
    expect((await manager.api('put', '/me')).headers['allow']).toBe('GET, HEAD');
    expect((await manager.api('get', '/auth/sign-in')).status).toBe(405);
  });

  test('by another method is told those of its address by a part that runs apart, whose routes are not known here', async () => {
    const apart = await aPortal({ parts: { content: pages }, apart: ['content'] });
    const wrong = await apart.browser().open('/api/v1/pages');
    await apart.close();
    expect(wrong).toMatchObject({ status: 405, headers: { allow: 'POST' }, body: { type: 'urn:sidekick:problem:method-not-allowed' } });
  });

  test('is refused when its body says that it is too large', async () => {
    const reply = await manager.api('post', '/pages', { body: { title: 'x'.repeat(1_500) } });
    expect(reply).toMatchObject({ status: 413, body: { type: 'urn:sidekick:problem:too-large' } });
  });

  test('that takes too long is given up with Retry-After, and the late answer harms nobody', async () => {
    const reply = await engineer.api('get', '/pages/slow');
    expect(reply).toMatchObject({
      status: 503,
      body: { type: 'urn:sidekick:problem:timeout' },
      headers: { 'retry-after': '5', connection: 'close' },
    });
    release();
    expect((await engineer.api('get', '/me')).status).toBe(200);
  });

  test('that changes something may take longer than one that reads', async () => {
    const change = engineer.api('post', '/pages/slow');
    expect((await engineer.api('get', '/pages/slow')).status).toBe(503);
    releaseChange();
    expect((await change).status).toBe(201);
    release();
  });
});

describe('a request from a foreign page', () => {
  test('changes nothing in the name of who is signed in', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
      const reply = await manager.api('post', '/pages', { ...post, headers: headers as Record<string, string> });
      expect(reply).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:cross-site' } });
    }
    expect((await portal.browser().api('post', '/auth/sign-out', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });
  test('with a token is a program, not a page', async () => {
    const secret = await portal.gateway.issueLocalToken();
    const headers = { authorization: `Bearer ${secret}`, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await portal.browser().api('post', '/pages', { ...post, headers })).status).toBe(201);
  });
  test('under another host name gets nothing', async () => {
    const reply = await portal.browser().open('/api/v1/auth/options', { headers: { host: 'evil.example' } });
    expect(reply).toMatchObject({ status: 400, body: { type: 'urn:sidekick:problem:wrong-host' } });
    expect((await portal.browser().open('/readyz', { headers: { host: '10.1.2.3:3000' } })).status).toBe(200);
  });
});

describe('the gateway about the parts', () => {
  test('tells who is ready', async () => {
    const ready = { state: 'ready', ready: true, missing: [] };
    expect((await manager.api('get', '/system')).body).toMatchObject({
      parts: ['gateway', 'content', 'staffing'].map((name) => ({ name, ...ready, replicas: [{ status: { name } }] })),
    });
    expect((await engineer.api('get', '/system')).status).toBe(403);
  });
  test('knows whether sample pages are left', async () => {
    expect((await engineer.api('get', '/setup')).body.sample).toBe(true);
  });
  test('serves metrics to ops alone', async () => {
    expect((await portal.browser().open('/metrics')).status).toBe(401);
    expect((await engineer.open('/metrics')).status).toBe(403);
    expect((await manager.open('/metrics')).body).toContain('sidekick_live_streams');
  });
  test('describes all of them in one OpenAPI document, with a page to browse it that needs no inline script', async () => {
    const { body } = await portal.browser().api('get', '/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] });
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/pages/find', '/me', '/auth/sign-in', '/events']));
    const page = await portal.browser().api('get', '/docs');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'; style-src 'self'");
    expect(page.body).not.toMatch(/<script(?![^>]* src=)|style=|<style/);
    for (const [, file] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await portal.browser().open(file)).status).toBe(200);
    expect((await portal.browser().open('/api/v1/docs/package.json')).status).toBe(404);
  });
});
