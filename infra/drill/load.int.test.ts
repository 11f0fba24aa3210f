import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { type Failure, type Load, type LoadOptions, startLoad } from './load.ts';

interface Stored {
  version: number;
  title: string;
  body: string;
  messages: string[];
}

/** A portal that keeps pages in memory; `broken` says how a request fails it. */
class Portal {
  readonly pages = new Map<string, Stored>();
  readonly changes: { id: string; number: number; at: string; commands: any[] }[] = [];
  /** `before`: refused; `after`: carried out, but the connection ends without an answer; `never`: it stays open without one. */
  broken: (method: string, path: string) => 'before' | 'after' | 'never' | null = () => null;
  readonly server: Server = createServer((req, res) => {
    void this.answer(req).then(
      ([status, body]) => res.writeHead(status, { 'content-type': 'application/json' }).end(body ? JSON.stringify(body) : undefined),
      () => res.destroy(),
    );
  });

  async answer(req: IncomingMessage): Promise<[number, unknown?]> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const path = (req.url ?? '').replace('/api/v1', '');
    const how = this.broken(req.method ?? '', path);
    if (how === 'never') await new Promise(() => {});
    if (how === 'before') return [503, { type: 'urn:sidekick:problem:store-unavailable' }];
    const answered = this.handle(req, path, chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null);
    if (how === 'after') throw new Error('gone');
    return answered;
  }

  private handle({ method, headers }: IncomingMessage, path: string, body: any): [number, unknown?] {
    if (path.startsWith('/changes')) return this.change(path, body);
    if (path.startsWith('/timeline')) return [200, { head: this.changes.length }];
    if (path.startsWith('/search')) return [200, { items: this.hits(), nextCursor: null }];
    if (path.startsWith('/people') || path.startsWith('/projects')) return [200, { items: this.records(path), nextCursor: null }];
    const [, , id = '', more] = path.split('/');
    const page = this.pages.get(id);
    if (method === 'PUT') {
      if (!page) this.pages.set(id, { version: 1, title: body.title, body: body.body, messages: [] });
      return [page ? 200 : 201, { id, version: this.pages.get(id)?.version }];
    }
    if (!page) return [404, { type: 'urn:sidekick:problem:no-page' }];
    if (more) return [200, { items: page.messages.map((message) => ({ message })), nextCursor: null }];
    if (method === 'GET') return [200, { id, version: page.version, html: page.body }];
    if (headers['if-match'] !== `"${page.version}"`)
      return [412, { current: { version: page.version, revision: { message: page.messages.at(-1) } } }];
    if (method === 'DELETE') return this.pages.delete(id) ? [204] : [404];
    Object.assign(page, { body: body.body, version: page.version + 1 });
    page.messages.push(body.message);
    return [200, { id, version: page.version }];
  }

  private change(path: string, body: any): [number, unknown] {
    const number = /\/changes\/(\d+)/.exec(path)?.[1];
    if (number) return [200, this.changes[Number(number) - 1]];
    if (!body) return [200, { items: this.changes, nextCursor: null }];
    const known = this.changes.find(({ id }) => id === body.id);
    if (!known) this.changes.push({ ...body, number: this.changes.length + 1, at: new Date().toISOString() });
    return [201, { number: known?.number ?? this.changes.length }];
  }

  private records(path: string): any[] {
    const kind = path.startsWith('/people') ? 'person' : 'project';
    const found = new Map<string, object>();
    for (const { commands, number } of this.changes)
      for (const command of commands)
        if (command.kind === kind)
          found.set(command.id, { id: command.id, version: number, type: kind, ...(command.record ?? command.patch) });
    return [...found.values()];
  }

  private hits(): object[] {
    const text = (words: string) => [{ text: words }];
    const sections = [...this.pages.values()].map(({ title, body }) => ({ type: 'section', title: text(title), snippet: text(body) }));
    const named = [...this.records('/people'), ...this.records('/projects')];
    return [...sections, ...named.map(({ type, name, private: own }) => ({ type, title: text(name ?? own.name), snippet: [] }))];
  }
}

const open: { portal: Portal; load: Load }[] = [];
afterEach(async () => {
  for (const { portal, load } of open.splice(0)) {
    await load.stop();
    load.close();
    portal.server.closeAllConnections();
    portal.server.close();
  }
});

async function aLoad(portal: Portal, patience = 30, more: Partial<LoadOptions> = {}): Promise<Load> {
  await new Promise<void>((resolve) => portal.server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(portal.server.address() as AddressInfo).port}`;
  const load = startLoad({ url, token: 'any', perSecond: 200, patience, ...more });
  open.push({ portal, load });
  return load;
}

const ended = async (load: Load): Promise<void> => {
  await load.stop();
  await load.settle();
};

test('a portal that keeps everything has nothing wrong, and half of what is sent are writes', async () => {
  const load = await aLoad(new Portal());
  await until('requests', () => load.counts().sent >= 200);
  await ended(load);
  const { sent, failed, writes, old } = load.counts();
  expect({ failed, old, open: writes.open }).toEqual({ failed: {}, old: 0, open: 0 });
  expect(Math.abs(writes.acknowledged - sent / 2)).toBeLessThanOrEqual(1);
  expect(await load.verify(0)).toEqual([]);
});

test('a write without an answer is counted once, asked for again, and told apart by whether it had happened', async () => {
  const portal = new Portal();
  let turn = 0;
  portal.broken = (method) =>
    method === 'GET' || counted().sent > 300 ? null : ((['before', 'after', null] as const)[turn++ % 3] ?? null);
  const load = await aLoad(portal);
  const failures: Failure[] = [];
  const counted = () => {
    const counts = load.counts();
    failures.push(...counts.failures);
    return counts;
  };
  await until('requests', () => counted().sent >= 320);
  await ended(load);
  const { failed, writes } = counted();
  const unanswered = Object.values(failed).reduce((sum, count) => sum + count, 0);
  expect(writes.hadHappened).toBeGreaterThan(10);
  expect(writes.happenedNow).toBeGreaterThan(10);
  expect(writes.hadHappened + writes.happenedNow).toBe(unanswered);
  expect(Object.keys(failed).sort().join('; ')).toMatch(/create a page: 503 store-unavailable.*create a page: ECONNRESET/);
  expect(failures).toHaveLength(unanswered);
  // What got no answer names its connection, which nothing is sent on again; what was answered 503 names none.
  const lost = failures.flatMap(({ connection }) => connection ?? []);
  const cut = Object.entries(failed).reduce((sum, [kind, count]) => sum + (kind.endsWith('ECONNRESET') ? count : 0), 0);
  expect([lost.length, new Set(lost.map(({ number }) => number)).size]).toEqual([cut, cut]);
  expect(await load.verify(0)).toEqual([]);
});

test('no more is under way than was asked for; what would be more is not sent', async () => {
  const portal = new Portal();
  let hangs = true;
  portal.broken = () => (hangs ? 'never' : null);
  const load = await aLoad(portal, 0.5, { atOnce: 3 });
  await until('requests that are not sent', () => load.counts().skipped > 5);
  expect(load.counts().underWay).toBeLessThanOrEqual(3);
  hangs = false;
  await ended(load);
});

test('what is given up without an answer counts among the waits, until they were told', async () => {
  const portal = new Portal();
  let hangs = true;
  portal.broken = () => (hangs ? 'never' : null);
  const load = await aLoad(portal, 0.5);
  await until('a request to be given up', () => load.failures() > 0);
  expect(load.counts().longest).toBeGreaterThanOrEqual(500);
  hangs = false;
  await ended(load);
  load.counts();
  expect(load.counts().longest).toBe(0);
});

test.each([
  ['page', (portal: Portal) => portal.pages.delete([...portal.pages.keys()][0] ?? ''), /is lost \(404\)/],
  ['change set', (portal: Portal) => portal.changes.pop(), /change set \d+ \(.*\) is lost/],
  [
    'revision',
    (portal: Portal) => [...portal.pages.values()].find(({ messages }) => messages.length > 1)?.messages.shift(),
    /lost the revisions of stand \d+/,
  ],
  [
    'newest text',
    (portal: Portal) => Object.assign([...portal.pages.values()][0] ?? {}, { body: 'older, stand 0' }),
    /search does not find/,
  ],
])('sees that an acknowledged %s is gone', async (_what, lose, said) => {
  const portal = new Portal();
  const load = await aLoad(portal);
  await until('edits', () => [...portal.pages.values()].some(({ messages }) => messages.length > 1));
  await ended(load);
  lose(portal);
  expect((await load.verify(0)).join('\n')).toMatch(said);
});
