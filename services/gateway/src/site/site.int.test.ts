import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PageData, PageView, TreeAnswer, TreeQuery } from '@sidekick/contracts';
import { NotFound, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { aPassword, aPortal, type Portal, signInFirstManager } from '../testing/browser.ts';
import { readAssets } from './assets.ts';

const id = '01JZZZZZZZZZZZZZZZZZPAGE01';
const index = `<!doctype html><html><head><title>Sidekick</title><meta property="csp-nonce" nonce="NONCE_PLACEHOLDER"></head>
<body><div id="sk-root"><!--app--></div><script type="module" src="/assets/app-1.js" nonce="NONCE_PLACEHOLDER"></script></body></html>`;

const aPage = (path: string, title: string, html: string): PageView =>
  PageView.parse({
    ...{ id, version: 1, revision: id, path, title, html, status: 'published', visibility: 'public', owners: [], tags: [], source: null },
    ...{ place: { parent: null, order: null, exclude: false }, searchExclude: false, reviewEveryWeeks: null, reviewedAt: null },
    ...{ sample: false, createdAt: '2026-11-01T08:00:00Z', changedAt: '2026-11-01T08:00:00Z', changedBy: 'Ana', headings: [] },
    ...{ breadcrumb: [{ id, path: 'how', title: 'How we work' }], children: [], previous: null, next: null, linkedFrom: [] },
    ...{ minutes: 1, dueAt: null },
  });

const open = aPage('how/migrate', 'Zero <downtime>', '<p>Expand &amp; contract</p></script><!--app-->NONCE_PLACEHOLDER');
const secret = aPage('how/secret', 'Pay', '<p>secret text</p>');
const node = (path: string, title: string, children: object[] = []) => ({ id, path, title, children });

const content: Route[] = [
  route({
    method: 'get',
    path: '/pages/find',
    operation: 'findPage',
    summary: 'By path',
    access: 'public',
    query: z.strictObject({ path: z.string() }),
    answers: { 200: PageView },
    problems: [404],
    handle: async ({ query, identity }) => {
      if (query.path === 'how/migrate' || query.path === 'old/väg') return { status: 200, body: open };
      if (query.path === 'how/secret' && identity) return { status: 200, body: secret };
      throw new NotFound('no-page', 'There is no such page');
    },
  }),
  route({
    method: 'get',
    path: '/tree',
    operation: 'readTree',
    summary: 'Tree',
    access: 'public',
    query: TreeQuery,
    answers: { 200: TreeAnswer },
    handle: async ({ identity }) => {
      const inside = identity ? [node('how/secret', 'Pay')] : [];
      return {
        status: 200,
        body: { items: [{ ...node('how', 'How we work', [node('how/migrate', 'Zero <downtime>'), ...inside]), id: null }] },
      };
    },
  }),
];

let portal: Portal;
let webRoot: string;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'sidekick-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), index);
  await writeFile(join(webRoot, 'mermaid.html'), '<!doctype html><title>Diagram</title>');
  await writeFile(join(webRoot, 'theme.js'), 'document.title');
  await writeFile(join(webRoot, 'assets/app-1.js'), `console.log(1);${' '.repeat(3_000)}`);
  portal = await aPortal({ parts: { content }, config: { webRoot } });
});
afterAll(async () => {
  await portal.close();
  await rm(webRoot, { recursive: true });
});

const dataOf = (html: string) => PageData.parse(JSON.parse(/id="sk-page-data">(.*?)<\/script>/s.exec(html)?.[1] ?? ''));

describe('a page of the handbook', () => {
  test('comes as HTML with title, tree and text in it, and as data for the app', async () => {
    const { status, body, headers } = await portal.browser().open('/p/how/migrate');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Cookie, Accept-Encoding' });
    expect(body).toContain('<title>Zero &lt;downtime&gt; · Sidekick</title>');
    expect(body).toContain('<h1>Zero &lt;downtime&gt;</h1>');
    expect(body).toContain('<p>Expand &amp; contract</p>');
    expect(body).toContain('<a href="/p/how">How we work</a><ul><li><a aria-current="page" href="/p/how/migrate">');
    expect(dataOf(body)).toMatchObject({ path: 'how/migrate', page: { title: 'Zero <downtime>' }, tree: { items: [{ path: 'how' }] } });
  });

  test('carries the nonce of its own answer where the web UI asks for it, and marks of its text stay text', async () => {
    const { body, headers } = await portal.browser().open('/p/how/migrate');
    const csp = String(headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(csp)?.[1];
    expect(csp).toContain("script-src 'self';");
    expect(body.split(`nonce="${nonce}"`)).toHaveLength(3);
    expect(body).toContain('<!--app-->NONCE_PLACEHOLDER');
    const again = await portal.browser().open('/p/how/migrate');
    expect(again.headers['content-security-policy']).not.toBe(csp);
  });

  test('is packed, as it is without, but where nobody should learn what stands beside an address', async () => {
    const packing = { headers: { 'accept-encoding': 'gzip, deflate, br' } };
    const strip = (text: string) => text.replaceAll(/nonce="[^"]*"/g, '');
    const [plain, zipped] = [await portal.browser().open('/p/how/migrate'), await portal.browser().open('/p/how/migrate', packing)];
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Cookie, Accept-Encoding' });
    expect(strip(gunzipSync(zipped.body).toString())).toBe(strip(plain.body));
    expect((await portal.browser().open('/nowhere', packing)).headers['content-encoding']).toBe('gzip');
    expect((await portal.browser().open('/p/never/was', packing)).headers['content-encoding']).toBe('gzip');
  });

  test('at an old address leads to the new one for good', async () => {
    const { status, headers } = await portal.browser().open('/p/old/v%C3%A4g?x=1');
    expect({ status, to: headers['location'] }).toEqual({ status: 301, to: '/p/how/migrate?x=1' });
  });

  test('that is a folder alone lists what is in it', async () => {
    const { status, body } = await portal.browser().open('/p/how/');
    expect(status).toBe(200);
    expect(body).toContain('<h1>How we work</h1></div><div class="prose"><ul><li><a href="/p/how/migrate">');
    expect(dataOf(body).page).toBeNull();
  });

  test('at the top lists the handbook when it has no front page', async () => {
    const { status, body } = await portal.browser().open('/p/');
    expect(status).toBe(200);
    expect(body).toContain('<h1>Handbook</h1></div><div class="prose"><ul><li><a href="/p/how">');
  });

  test('that is not public is for nobody the same 404, with a form to sign in, as one that does not exist', async () => {
    const strip = (text: string) => text.replace(/nonce="[^"]*"/g, '').replace(/value="[^"]*"/, '');
    const hidden = await portal.browser().open('/p/how/secret');
    const missing = await portal.browser().open('/p/never/was');
    expect(hidden.status).toBe(404);
    expect(missing.status).toBe(404);
    expect(strip(hidden.body)).toBe(strip(missing.body));
    expect(hidden.body).toContain('<form method="post" action="/sign-in">');
    expect(hidden.body).not.toContain('secret text');
  });

  test('shows to who is signed in what nobody else sees', async () => {
    const manager = await signInFirstManager(portal);
    expect((await manager.open('/p/how/secret')).body).toContain('<p>secret text</p>');
    const missing = await manager.open('/p/never/was');
    expect(missing.status).toBe(404);
    expect(missing.body).not.toContain('<form');
    const packing = { headers: { 'accept-encoding': 'gzip' } };
    expect((await manager.open('/p/never/was', packing)).headers['content-encoding']).toBeUndefined();
    expect((await manager.open('/p/how/secret', packing)).headers['content-encoding']).toBe('gzip');
    expect((await portal.browser().open('/p/how/migrate')).body).not.toContain('Pay');
  });

  test('with an address that does not decode is refused', async () => {
    expect((await portal.browser().open('/p/%E0%A4%A')).status).toBe(400);
  });
});

describe('the form of a page that is not public', () => {
  const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    portal.browser().open('/sign-in', {
      method: 'POST',
      raw: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  test('signs in without script and goes on to the page, and to no other site', async () => {
    const right = { email: 'helena@example.org', password: aPassword };
    const good = await send({ ...right, next: '/p/how/secret' });
    expect({ status: good.status, to: good.headers['location'] }).toEqual({ status: 303, to: '/p/how/secret' });
    expect(String(good.headers['set-cookie'])).toContain('__Host-session=');
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      expect((await send({ ...right, next })).headers['location']).toBe('/');
    }
  });
  test('goes to the sign-in screen with the problem when it fails', async () => {
    const bad = await send({ email: 'helena@example.org', password: 'wrong', next: '/p/a' });
    expect({ status: bad.status, to: bad.headers['location'] }).toEqual({
      status: 303,
      to: '/sign-in?next=%2Fp%2Fa&problem=wrong-credentials',
    });
    expect((await send({ email: 'no' })).headers['location']).toContain('/sign-in?');
    expect((await send({ email: 'a@example.org', password: 'x' }, { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('files of the web UI', () => {
  const get = (path: string, headers: Record<string, string> = {}) => portal.browser().open(path, { headers });

  test('are packed as the client likes, and named by content are kept for ever', async () => {
    const plain = await get('/assets/app-1.js');
    expect(plain.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const packed = await get('/assets/app-1.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(brotliDecompressSync(packed.body).toString()).toBe(plain.body);
    const zipped = await get('/assets/app-1.js', { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(zipped.body).toString()).toBe(plain.body);
  });
  test('without a hash are asked about each time', async () => {
    const first = await get('/theme.js');
    expect(first.headers['cache-control']).toBe('no-cache');
    expect((await get('/theme.js', { 'if-none-match': String(first.headers['etag']) })).status).toBe(304);
  });
  test('that are not there are 404, whatever the address looks like', async () => {
    for (const path of ['/assets/gone.js', '/assets/../../gateway.db', '/assets/%2e%2e/%2e%2e/gateway.db']) {
      const { status, body } = await get(path);
      expect(String(body)).not.toContain('SQLite');
      expect(status).toBe(404);
    }
    expect((await get('/assets/gone.js')).status).toBe(404);
    expect((await portal.browser().open('/theme.js', { method: 'POST' })).status).toBe(404);
  });
  test('let the diagram frame be framed by us, sandboxed, and nothing else', async () => {
    const frame = await get('/mermaid.html');
    expect(frame.headers['content-security-policy']).toMatch(/frame-ancestors 'self'; sandbox allow-scripts$/);
    expect(frame.headers['x-frame-options']).toBeUndefined();
    const app = await get('/staffing?by=person');
    expect(app.status).toBe(200);
    expect(app.headers['x-frame-options']).toBe('DENY');
    expect(app.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
  test('of a folder with data in it are none: it is refused, before anything of it is served', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sidekick-web-'));
    await mkdir(join(folder, 'below'));
    await writeFile(join(folder, 'index.html'), index);
    for (const name of ['gateway.db', 'search.db.next', 'bus.db-wal', 'local-access.json', 'below/content.db']) {
      await writeFile(join(folder, name), '');
      await expect(readAssets(folder)).rejects.toThrow(/holds data .* is not served/);
      await rm(join(folder, name));
    }
    expect([...(await readAssets(folder)).keys()]).toEqual(['/index.html']);
    await rm(folder, { recursive: true });
  });
});

describe('addresses outside of the handbook', () => {
  const statusAt = async (path: string) => (await portal.browser().open(path)).status;

  test('that are screens answer with the app', async () => {
    for (const path of ['/', '/staffing', '/staffing/', '/people', '/people/01J/edit', '/imports/01J', '/recover/abc', '/me'])
      expect([path, await statusAt(path)]).toEqual([path, 200]);
  });
  test('that nobody has are 404, still with the app that says so', async () => {
    for (const path of ['/nowhere', '/wp-login.php', '/imports/01J/x', '/.env', '/peoples', '/accept', '/favicon.gif'])
      expect([path, await statusAt(path)]).toEqual([path, 404]);
    expect((await portal.browser().open('/nowhere')).body).toContain('src="/assets/app-1.js"');
  });
});
