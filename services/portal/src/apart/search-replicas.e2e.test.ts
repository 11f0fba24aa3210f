import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { identityHeader, type SignIdentity, signerOf } from '@sidekick/service-kit';
import type { DumpLine, Store } from '@sidekick/store';
import { aManager, describeWith, proxyTo, until } from '@sidekick/testing';
import { type Apart, deleteQueue, type Replica, startApart } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import { openMongo } from '../backup/installation.ts';
import { type Caller, callerAt } from '../testing/caller.ts';
import { change, newPerson } from '../testing/records.ts';

jest.setTimeout(240_000);

describeWith(['mongo', 'amqp', 'redis'], 'two replicas of search', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let apart: Apart;
  let caller: Caller;
  let sign: SignIdentity;
  let broker: Awaited<ReturnType<typeof proxyTo>>;
  let replicas: readonly [Replica, Replica];
  beforeAll(async () => {
    broker = await proxyTo(amqpUrl);
    apart = await startApart({ mongoUrl, amqpUrl, redisUrl, replicas: { search: 2 }, env: { search: { AMQP_URL: broker.url } } });
    caller = callerAt(() => ({ url: apart.url, token: apart.token }));
    sign = signerOf(JSON.parse(apart.environment('gateway')['IDENTITY_PRIVATE_KEY'] ?? ''));
    replicas = apart.replicas.search as unknown as readonly [Replica, Replica];
  });
  afterAll(async () => {
    await apart?.close();
    await broker?.close();
  });

  /** What one replica finds, best first: titles, each once. */
  async function titles(replica: Replica, words: string): Promise<string[]> {
    const address = `${replica.url}/search?exact=true&limit=200&q=${encodeURIComponent(words)}`;
    const response = await fetch(address, { headers: { [identityHeader]: await sign(aManager) } });
    if (!response.ok) throw new Error(`search answered ${response.status}`);
    const { items } = (await response.json()) as { items: { title: { text: string }[] }[] };
    return [...new Set(items.map(({ title }) => title.map(({ text }) => text).join('')))].sort();
  }
  const finds = (replica: Replica, words: string, expected: string[]) =>
    until(`${replica.url} to find ${expected}`, async () => JSON.stringify(await titles(replica, words)) === JSON.stringify(expected));
  const bothFind = (words: string, expected: string[]) => Promise.all(replicas.map((replica) => finds(replica, words, expected)));

  async function newPage(title: string, body: string): Promise<string> {
    const id = ulid();
    const page = { path: `pages/${id.toLowerCase()}`, title, body };
    expect((await caller.api('put', `/pages/${id}`, { body: page, headers: { 'if-none-match': '*' } })).status).toBe(201);
    return id;
  }
  const version = async (id: string) => String((await caller.api('get', `/pages/${id}`)).headers.etag);
  async function retitle(id: string, title: string): Promise<void> {
    const reply = await caller.api('patch', `/pages/${id}`, { body: { title }, headers: { 'if-match': await version(id) } });
    expect(reply.status).toBe(200);
  }
  const remove = async (id: string) =>
    expect((await caller.api('delete', `/pages/${id}`, { headers: { 'if-match': await version(id) } })).status).toBe(204);
  const queueOf = (k: number) => `${apart.names.prefix}search.index.${k}`;
  const builtAt = async (replica: Replica) => Number(/^sidekick_index_built_at\{.*\} (.*)$/m.exec(await replica.metrics())?.[1]);

  /** Opens a database of a part that does not run. */
  async function withStore<T>(part: 'content' | 'staffing', work: (store: Store) => Promise<T>): Promise<T> {
    const urls = { content: mongoUrl, staffing: mongoUrl, gateway: mongoUrl };
    const opened = await openMongo({ urls, names: apart.names.databases, attachmentsFolder: undefined });
    try {
      return await work(opened.stores[part]);
    } finally {
      await opened.close();
    }
  }
  const dump = (part: 'content' | 'staffing') =>
    withStore(part, async (store) => {
      const lines: DumpLine[] = [];
      for await (const line of store.dump()) lines.push(line);
      return lines;
    });
  /** As the restore command does it: the part is off meanwhile. */
  async function restore(part: 'content' | 'staffing', lines: readonly DumpLine[]): Promise<void> {
    const [replica] = apart.replicas[part];
    await replica?.stop();
    await withStore(part, async (store) => {
      const all = async function* () {
        yield* lines;
      };
      await store.load(all(), { replace: true });
      await store.renewEpoch();
    });
    await replica?.start();
    await replica?.ready();
  }

  test('each indexes every change', async () => {
    const [, second, third] = [await newPage('One', 'zebra'), await newPage('Two', 'zebra'), await newPage('Three', 'zebra')];
    await bothFind('zebra', ['One', 'Three', 'Two']);
    await retitle(second, 'Two again');
    await remove(third);
    await bothFind('zebra', ['One', 'Two again']);
  });

  test('one whose queue was missing builds its index anew before it is ready', async () => {
    const [changed, removed] = [await newPage('Changed', 'giraffe'), await newPage('Removed', 'giraffe')];
    await bothFind('giraffe', ['Changed', 'Removed']);
    const [, replica] = replicas;
    const before = await builtAt(replica);
    await replica.kill();
    await deleteQueue(amqpUrl, queueOf(1));
    await retitle(changed, 'Changed meanwhile');
    await remove(removed);
    await newPage('Made meanwhile', 'giraffe');
    await finds(replicas[0], 'giraffe', ['Changed meanwhile', 'Made meanwhile']);
    await replica.start();
    await replica.ready();
    expect(await titles(replica, 'giraffe')).toEqual(['Changed meanwhile', 'Made meanwhile']);
    expect(await builtAt(replica)).toBeGreaterThan(before);
    await newPage('Made after', 'giraffe');
    await bothFind('giraffe', ['Changed meanwhile', 'Made after', 'Made meanwhile']);
  });

  test('one whose queue vanishes while it runs answers on and catches up by itself', async () => {
    await newPage('Before', 'ostrich');
    await bothFind('ostrich', ['Before']);
    const [replica] = replicas;
    const before = await builtAt(replica);
    await deleteQueue(amqpUrl, queueOf(0));
    await newPage('While it was gone', 'ostrich');
    const statuses = new Set<number>();
    await until('a rebuild', async () => {
      statuses.add((await replica.readyz()).status);
      return (await builtAt(replica)) > before;
    });
    await bothFind('ostrich', ['Before', 'While it was gone']);
    expect([...statuses]).toEqual([200]);
  });

  test('both come right by themselves when content is restored to an older state, whose versions are lower', async () => {
    const edited = await newPage('At the backup', 'pelican');
    await bothFind('pelican', ['At the backup']);
    const backup = await dump('content');
    for (const title of ['Edit 1', 'Edit 2', 'Edit 3', 'Edit 4']) await retitle(edited, title);
    await newPage('Made after the backup', 'pelican');
    await bothFind('pelican', ['Edit 4', 'Made after the backup']);
    await restore('content', backup);
    await retitle(edited, 'Edited after the restore');
    await bothFind('pelican', ['Edited after the restore']);
    await bothFind('zebra', ['One', 'Two again']);
    await retitle(edited, 'Edited once more');
    await bothFind('pelican', ['Edited once more']);
  });

  test('one that starts after a restore learns of it without any change', async () => {
    await newPage('At the backup', 'flamingo');
    await bothFind('flamingo', ['At the backup']);
    const backup = await dump('content');
    await newPage('Made after the backup', 'flamingo');
    await bothFind('flamingo', ['At the backup', 'Made after the backup']);
    const [, replica] = replicas;
    await replica.stop();
    await restore('content', backup);
    await replica.start();
    await replica.ready();
    await finds(replica, 'flamingo', ['At the backup']);
  });

  test('both come right by themselves when staffing is restored', async () => {
    expect((await change(caller, [newPerson('Quetzal Backup')])).status).toBe(201);
    await bothFind('quetzal', ['Quetzal Backup']);
    const backup = await dump('staffing');
    for (const name of ['Quetzal Two', 'Quetzal Three', 'Quetzal Four']) expect((await change(caller, [newPerson(name)])).status).toBe(201);
    await bothFind('quetzal', ['Quetzal Backup', 'Quetzal Four', 'Quetzal Three', 'Quetzal Two']);
    await restore('staffing', backup);
    expect((await change(caller, [newPerson('Quetzal Anew')])).status).toBe(201);
    await bothFind('quetzal', ['Quetzal Anew', 'Quetzal Backup']);
  });

  test('both answer on while RabbitMQ is away, say so, and follow again when it is back', async () => {
    await newPage('Before the outage', 'walrus');
    await bothFind('walrus', ['Before the outage']);
    await broker.cut();
    for (const replica of replicas) {
      await until('a missing bus', async () => (await replica.readyz()).missing.length > 0);
      expect(await replica.readyz()).toEqual({ status: 200, missing: ['bus'] });
      expect(await titles(replica, 'walrus')).toEqual(['Before the outage']);
    }
    await newPage('During the outage', 'walrus');
    for (const replica of replicas) {
      const lag = async () => Number(/^sidekick_index_lag_seconds\{.*\} (.*)$/m.exec(await replica.metrics())?.[1]);
      await until('a growing lag', async () => (await lag()) > 0);
    }
    await broker.mend();
    await bothFind('walrus', ['Before the outage', 'During the outage']);
    for (const replica of replicas) await until('the bus', async () => (await replica.readyz()).missing.length === 0);
  });
});
