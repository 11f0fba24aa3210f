import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { serve, TooLarge } from '@sidekick/service-kit';
import { aManager, anEngineer } from '@sidekick/testing';
import { receive } from '../imports/upload.ts';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';
import { bytesOf } from './upload.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await contentKit();
});
afterEach(() => kit.close());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const svg = Buffer.from('<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>');
const add = (name: string, bytes: Uint8Array, as: typeof anEngineer | null = anEngineer) =>
  kit.client.ask('post', `/attachments?name=${encodeURIComponent(name)}`, {
    as,
    raw: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });
const write = (path: string, body: string, more = {}) =>
  kit.client.ask('post', '/pages', { as: anEngineer, body: { path, title: path, body, ...more } });
const see = (url: string, as: typeof anEngineer | null) => kit.client.ask('get', url.replace('/api/v1', ''), { as });

describe('files added to pages', () => {
  test('a picture is as visible as the page that shows it; before that whoever added it sees it', async () => {
    const { status, body: file } = await add('Große Übersicht (1).png', png);
    expect(status).toBe(201);
    expect(file).toMatchObject({ name: 'Große-Übersicht-1-.png', type: 'image/png', size: png.length, usedBy: [], addedBy: 'Ben Carter' });
    const seen = async () => [
      (await see(file.url, anEngineer)).status,
      (await see(file.url, aManager)).status,
      (await see(file.url, null)).status,
    ];
    expect(await seen()).toEqual([200, 404, 404]);
    const page = await write('a', file.markdown);
    expect(page.body.html).toContain(`<img src="${file.url}"`);
    expect(await seen()).toEqual([200, 200, 404]);
    const headers = { 'if-match': page.headers.get('etag') ?? '' };
    await kit.client.ask('patch', `/pages/${page.body.id}`, { as: anEngineer, body: { visibility: 'public' }, headers });
    expect(await seen()).toEqual([200, 200, 200]);
    expect((await see(file.url, null)).headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  });

  test.each([
    ['photo.jpg', png, 'photo.png', 'image/png'],
    ['photo', png, 'photo.png', 'image/png'],
    ['drawing.svg', svg, 'drawing.svg', 'image/svg+xml'],
    ['notes.txt', Buffer.from('plain words'), 'notes.txt', 'text/plain; charset=utf-8'],
    ['../../etc/passwd', Buffer.from('x'), 'passwd', 'application/octet-stream'],
    ['.env', Buffer.from('x'), 'env', 'application/octet-stream'],
    ['a\u202egnp.exe', Buffer.from('x'), 'agnp.exe', 'application/octet-stream'],
  ])('%s is kept as what its bytes are', async (name, bytes, kept, type) => {
    expect((await add(name, bytes)).body).toMatchObject({ name: kept, type });
  });

  test.each([
    ['empty.png', Buffer.alloc(0), 'This file is empty'],
    ['photo.png', Buffer.from('<html><script>1</script>'), 'calls itself PNG, but its bytes are none'],
    ['report.pdf', Buffer.from('PK\u0003\u0004 no'), 'calls itself PDF'],
    ['drawing.svg', Buffer.from('<html><svg></svg></html>'), 'calls itself SVG'],
  ])('%s is refused with the reason', async (name, bytes, reason) => {
    const { status, body } = await add(name, bytes);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(reason);
  });

  test('what is too large is refused before it is read, and readers add nothing', async () => {
    expect((await add('big.bin', Buffer.alloc(25 * 1_048_576 + 1))).status).toBe(413);
    expect((await add('a.png', png, null)).status).toBe(401);
  });

  test('of two who bring the same bytes each sees them while writing, also when the other takes them back', async () => {
    const seen = async (url: string) => [(await see(url, anEngineer)).status, (await see(url, aManager)).status];
    const remove = (as: typeof anEngineer) => kit.client.ask('delete', `/attachments/${file.hash}`, { as });
    const { body: file } = await add('logo.png', png);
    const { body: same } = await add('brand.png', png, aManager);
    await add('again.png', png, aManager);
    expect([same.hash, await seen(file.url)]).toEqual([file.hash, [200, 200]]);
    expect((await remove(anEngineer)).status).toBe(204);
    expect([await seen(file.url), (await remove(anEngineer)).status]).toEqual([[404, 200], 403]);
    expect((await remove(aManager)).status).toBe(204);
    expect([await seen(file.url), (await remove(aManager)).status]).toEqual([[404, 404], 404]);
  });

  test('the files of a page are listed with the pages that use them', async () => {
    const { body: file } = await add('a.png', png);
    const first = await write('one', `${file.markdown}\n\n[again](${file.url})`);
    await write('two', file.markdown);
    const { body } = await kit.client.ask('get', `/attachments?page=${first.body.id}`, { as: aManager });
    expect(body.items).toMatchObject([{ hash: file.hash, name: 'a.png', size: png.length, usedBy: [{ path: 'one' }, { path: 'two' }] }]);
    const all = await kit.client.ask('get', '/attachments', { as: aManager });
    expect(all.body.items).toMatchObject([{ hash: file.hash }]);
  });

  test('a file is removed by whoever added it once no page uses it, and an address to nothing is a missing picture', async () => {
    const { body: file } = await add('a.png', png);
    const page = await write('one', file.markdown);
    const remove = (as: typeof anEngineer) => kit.client.ask('delete', `/attachments/${file.hash}`, { as });
    const refused = await remove(anEngineer);
    expect(refused.status).toBe(409);
    expect(refused.body.title).toContain('“one”');
    const headers = { 'if-match': page.headers.get('etag') ?? '' };
    await kit.client.ask('patch', `/pages/${page.body.id}`, { as: aManager, body: { body: 'without' }, headers });
    expect((await remove({ ...anEngineer, account: aManager.account })).status).toBe(403);
    expect((await remove(anEngineer)).status).toBe(204);
    expect((await see(file.url, anEngineer)).status).toBe(404);
    const gone = file.markdown.replace(file.hash, 'ab'.repeat(32));
    expect((await write('late', gone)).body.html).toContain('data-missing="image"');
    expect((await add('a.png', png)).status).toBe(201);
    expect((await see(file.url, anEngineer)).status).toBe(200);
  });

  test('an archived page shows its pictures to those who may read it', async () => {
    const { body: file } = await add('a.png', png);
    const page = await write('old', file.markdown, { visibility: 'public' });
    const headers = { 'if-match': page.headers.get('etag') ?? '' };
    await kit.client.ask('patch', `/pages/${page.body.id}`, { as: aManager, body: { status: 'archived' }, headers });
    expect([(await see(file.url, aManager)).status, (await see(file.url, null)).status]).toEqual([200, 404]);
  });
});

test.each([
  ['file', (req: IncomingMessage) => bytesOf(req), 26],
  ['zip', (req: IncomingMessage) => receive(req), 513],
])('a %s that turns out too large on the way is refused, and its connection serves the next request', async (_what, take, megabytes) => {
  const served = await serve(
    (req, res) => {
      if (req.method === 'GET') return void res.end('fine');
      take(req).catch((error: unknown) => res.writeHead(error instanceof TooLarge ? 413 : 500).end());
    },
    { host: '127.0.0.1', port: 0 },
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (method: string, body: Readable) => {
    const req = request(served.url, { agent, method, headers: { 'content-type': 'application/zip' } });
    body.pipe(req);
    const [res] = (await once(req, 'response', { signal: AbortSignal.timeout(20_000) })) as [IncomingMessage];
    res.resume();
    return res.statusCode;
  };
  let connections = 0;
  served.server.on('connection', () => connections++);
  try {
    const megabyte = Buffer.alloc(1_048_576);
    const large = Readable.from(Array.from({ length: megabytes }, () => megabyte));
    expect([await ask('POST', large), await ask('GET', Readable.from([])), connections]).toEqual([413, 200, 1]);
  } finally {
    agent.destroy();
    await served.close({ drainSeconds: 0, graceSeconds: 1 });
  }
});
