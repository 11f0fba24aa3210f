import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aManager, anEngineer, type Client, clientOf, quietLog, testKeys } from '@sidekick/testing';
import { z } from 'zod';
import { createApp, createMetrics, NotFound, route, type Service } from './index.ts';

const routes = [
  route({
    method: 'get',
    path: '/things/{id}',
    operation: 'readThing',
    summary: 'A thing',
    access: ['manager'],
    params: z.object({ id: z.string().max(5) }),
    query: z.strictObject({ deep: z.enum(['true', 'false']).default('false') }),
    answers: { 200: z.strictObject({ id: z.string(), by: z.string() }) },
    problems: [404],
    handle: async ({ params, identity }) => {
      if (params.id === 'gone') throw new NotFound('no-thing', 'There is no such thing');
      if (params.id === 'boom') throw new Error('secret detail');
      return { status: 200, body: { id: params.id, by: identity.name }, headers: { etag: '"7"' } };
    },
  }),
  ...(['long', 'echo'] as const).map((name) =>
    route({
      method: 'get',
      path: `/${name}/{id}`,
      operation: name,
      summary: 'A long answer',
      access: 'public',
      params: z.strictObject({ id: z.string() }),
      reflects: name === 'echo',
      answers: { 200: z.strictObject({ id: z.string(), text: z.string() }) },
      handle: async ({ params: { id } }) => ({
        ...{ status: 200, body: { id, text: 'word '.repeat(1_000) }, headers: { etag: '"1"', vary: 'Cookie' } },
      }),
    }),
  ),
  route({
    method: 'post',
    path: '/things',
    operation: 'makeThing',
    summary: 'Makes a thing',
    access: 'signed-in',
    body: z.strictObject({ name: z.string() }),
    answers: { 201: z.strictObject({ name: z.string() }) },
    problems: [413],
    handle: async ({ body }) => ({ status: 201, body: { name: body.name } }),
  }),
];

let client: Client;
beforeAll(async () => {
  const { sign, verify } = await testKeys();
  const missing = async () => ({ vital: [], other: [] });
  const app = createApp({
    name: 'things',
    routes,
    verify,
    log: quietLog,
    metrics: createMetrics('things'),
    missing,
    details: async () => ({ head: 7 }),
  });
  const service: Service = { name: 'things', app, routes, missing, start: async () => undefined, stop: async () => undefined };
  client = await clientOf(service, sign);
});
afterAll(() => client.close());

describe('a service', () => {
  test('answers who may ask and refuses the others', async () => {
    expect((await client.ask('get', '/things/a', { as: aManager })).body).toEqual({ id: 'a', by: 'Helena Prado' });
    expect((await client.ask('get', '/things/a')).status).toBe(401);
    expect((await client.ask('get', '/things/a', { as: anEngineer })).status).toBe(403);
    expect((await client.ask('get', '/things/a', { headers: { 'sidekick-identity': 'forged' } })).status).toBe(401);
  });

  test('refuses a body that is no UTF-8 instead of keeping what it cannot read as another letter', async () => {
    const send = (raw: Buffer, charset = 'utf-8') =>
      client.ask('post', '/things', { as: aManager, raw, headers: { 'content-type': `application/json; charset=${charset}` } });
    expect((await send(Buffer.from('{"name":"Größe"}'))).body).toEqual({ name: 'Größe' });
    for (const [raw, charset] of [
      [Buffer.from('{"name":"Größe"}', 'latin1'), 'utf-8'],
      [Buffer.from('{"name":"Größe"}', 'utf16le'), 'utf-16'],
    ] as const) {
      expect(await send(raw, charset)).toMatchObject({ status: 400, body: { type: 'urn:sidekick:problem:invalid-text' } });
    }
  });

  test('says of a body that is no JSON what it takes, and answers an empty one as before', async () => {
    const send = (raw: Buffer, headers: Record<string, string>) => client.ask('post', '/things', { as: aManager, raw, headers });
    const json = Buffer.from('{"name":"a"}');
    for (const [type, words] of [
      ['text/plain;charset=UTF-8', 'as text/plain'],
      ['application/x-www-form-urlencoded', 'as application/x-www-form-urlencoded'],
      ['application/octet-stream', 'as application/octet-stream'],
      ['', 'without a content type'],
    ] as const) {
      expect(await send(json, { 'content-type': type })).toMatchObject({
        status: 415,
        body: {
          type: 'urn:sidekick:problem:unsupported-media-type',
          title: `The body was sent ${words}: this takes JSON, with the content type application/json`,
        },
      });
    }
    expect((await send(json, { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(201);
    expect((await send(json, { 'content-type': 'application/merge-patch+json' })).status).toBe(201);
    expect((await send(json, { 'content-type': 'application/json; charset=koi8-r' })).body.title).toBe(
      'The text is sent as koi8-r: send it in UTF-8',
    );
    expect((await send(json, { 'content-type': 'application/json', 'content-encoding': 'x-own' })).status).toBe(415);
    expect((await client.ask('post', '/things', { as: aManager })).status).toBe(400);
  });

  test('turns errors into problem documents with the request id and nothing from inside', async () => {
    const gone = await client.ask('get', '/things/gone', { as: aManager });
    expect(gone).toMatchObject({
      status: 404,
      body: { type: 'urn:sidekick:problem:no-thing', title: 'There is no such thing', status: 404 },
    });
    expect(gone.headers.get('content-type')).toContain('application/problem+json');
    const boom = await client.ask('get', '/things/boom', { as: aManager, headers: { 'x-request-id': 'abcdefgh-1' } });
    expect(boom.body).toEqual({
      type: 'urn:sidekick:problem:internal',
      title: 'Something failed inside',
      status: 500,
      requestId: 'abcdefgh-1',
    });
  });

  test('names the methods of an address that is asked with another', async () => {
    const wrong = await client.ask('delete', '/things/a', { as: aManager });
    expect(wrong).toMatchObject({ status: 405, body: { type: 'urn:sidekick:problem:method-not-allowed', allow: ['GET', 'HEAD'] } });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD');
    expect((await client.ask('get', '/things')).headers.get('allow')).toBe('POST');
    const nowhere = await client.ask('delete', '/nothing');
    expect([nowhere.status, nowhere.headers.get('allow')]).toEqual([404, null]);
  });

  test('tells a reader who asks for any answer at all what it is, with or without a name for it', async () => {
    const known = await client.ask('get', '/things/a', { as: aManager });
    expect(known.headers.get('etag')).toBe('"7"');
    // `fetch` would add no-cache.
    const asked = (known: string) => ({ as: aManager, headers: { 'if-none-match': known, 'cache-control': 'max-age=0' } });
    expect((await client.ask('get', '/things/a', asked('"7"'))).status).toBe(304);
    expect((await client.ask('get', '/things/a', asked('*'))).status).toBe(200);
  });

  test('refuses unknown fields, bad JSON and nesting, each with its path', async () => {
    const unknown = await client.ask('post', '/things', { as: aManager, body: { name: 'a', extra: 1 } });
    expect(unknown.status).toBe(400);
    expect(JSON.stringify(unknown.body)).toContain('extra');
    const broken = await client.ask('post', '/things', {
      as: aManager,
      raw: Buffer.from('{'),
      headers: { 'content-type': 'application/json' },
    });
    expect(broken).toMatchObject({ status: 400, body: { type: 'urn:sidekick:problem:invalid-json' } });
    const deep = '['.repeat(60) + ']'.repeat(60);
    const nested = await client.ask('post', '/things', {
      as: aManager,
      raw: Buffer.from(deep),
      headers: { 'content-type': 'application/json' },
    });
    expect(nested.body.type).toBe('urn:sidekick:problem:too-deep');
    for (const body of ['{"name":"\\ud800"}', '{"name":["\\udfff x"]}', '{"\\ud800":1}', '{"name":"a","__proto__":{"x":1}}']) {
      const sent = { as: aManager, raw: Buffer.from(body), headers: { 'content-type': 'application/json' } };
      expect((await client.ask('post', '/things', sent)).status).toBe(400);
    }
    expect((await client.ask('post', '/things', { as: aManager, body: { name: '👋 constructor' } })).status).toBe(201);
    expect((await client.ask('get', '/things/a?wrong=1', { as: aManager })).status).toBe(400);
  });

  test('serves health and metrics, and helmet on every answer', async () => {
    expect((await client.ask('get', '/livez')).status).toBe(200);
    expect((await client.ask('get', '/readyz')).body).toEqual({ status: 'ready', missing: [] });
    expect((await client.ask('get', '/status')).body).toMatchObject({ name: 'things', missing: [], head: 7, slowest: expect.any(Number) });
    expect((await client.ask('get', '/metrics')).body).toContain('sidekick_http_request_seconds');
    expect((await client.ask('get', '/nothing')).headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a long answer', () => {
  /** `fetch` would unpack it. */
  const get = (path: string, headers: Record<string, string>): Promise<{ headers: IncomingHttpHeaders; bytes: Buffer; status: number }> =>
    new Promise((resolve, reject) => {
      const req = request(client.url + path, { headers, agent: false }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => resolve({ headers: res.headers, bytes: Buffer.concat(chunks), status: res.statusCode ?? 0 }));
      });
      req.on('error', reject).end();
    });

  test('is packed as the client likes, under a name of its own that is known again', async () => {
    const plain = await get('/long/x', {});
    expect(plain.headers).toMatchObject({ etag: '"1"', vary: 'Cookie, Accept-Encoding' });
    const br = await get('/long/x', { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', etag: 'W/"1"', vary: 'Cookie, Accept-Encoding' });
    expect(brotliDecompressSync(br.bytes)).toEqual(plain.bytes);
    const gz = await get('/long/x', { 'accept-encoding': 'gzip' });
    expect(gunzipSync(gz.bytes)).toEqual(plain.bytes);
    expect((await get('/long/x', { 'accept-encoding': 'br', 'if-none-match': 'W/"1"' })).status).toBe(304);
    expect((await get('/long/x', { 'if-none-match': '"1"' })).status).toBe(304);
  });
  test('is never what another request was answered', async () => {
    const answers = await Promise.all(['a', 'b', 'a'].map((id) => get(`/long/${id}`, { 'accept-encoding': 'gzip' })));
    const said = answers.map(({ bytes }) => JSON.parse(gunzipSync(bytes).toString()).id);
    expect(said).toEqual(['a', 'b', 'a']);
  });
  test('that repeats the request is not packed: its length would tell what stands beside', async () => {
    expect((await get('/echo/x', { 'accept-encoding': 'br, gzip' })).headers['content-encoding']).toBeUndefined();
  });
});
