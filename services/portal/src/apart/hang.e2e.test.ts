import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { describeWith, proxyTo, until } from '@sidekick/testing';
import { type Apart, startApart } from '@sidekick/testing/apart';
import { ulid } from 'ulid';

jest.setTimeout(240_000);

/** What FerretDB answers by itself while the database behind it hangs. */
const isHeartbeat = (bytes: Buffer) => /hello|ismaster/i.test(bytes.toString('latin1'));
/** Seconds until an answer counts as none here. */
const patience = 15;
/** Seconds for the longest answer: a store that hangs is known after four, and a machine that runs all of this needs its own time. */
const longestAnswer = 6;
const metricsToken = 'hang-test-monitoring';

describeWith(['mongo', 'amqp', 'redis'], 'while a server hangs and keeps its connections', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let apart: Apart;
  let proxies: Record<'store' | 'bus' | 'cache', Awaited<ReturnType<typeof proxyTo>>>;
  beforeAll(async () => {
    proxies = { store: await proxyTo(mongoUrl), bus: await proxyTo(amqpUrl), cache: await proxyTo(redisUrl) };
    const all = { MONGO_URL: proxies.store.url, AMQP_URL: proxies.bus.url, REDIS_URL: proxies.cache.url, METRICS_TOKEN: metricsToken };
    apart = await startApart({ mongoUrl, amqpUrl, redisUrl, env: { all } });
  });
  afterAll(async () => {
    for (const proxy of Object.values(proxies)) await proxy.mend();
    await apart.close();
    for (const proxy of Object.values(proxies)) await proxy.close();
  });

  let longest = { path: '', seconds: 0 };
  const ask = async (
    path: string,
    { method = 'GET', token = apart.token, body }: { method?: string; token?: string; body?: object } = {},
  ) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(method === 'PUT' ? { 'if-none-match': '*' } : {}),
    };
    const signal = AbortSignal.timeout(patience * 1_000);
    const began = performance.now();
    const sent = await fetch(apart.url + path, { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) });
    const seconds = (performance.now() - began) / 1_000;
    if (seconds > longest.seconds) longest = { path, seconds };
    const { status } = sent;
    const retryAfter = sent.headers.get('retry-after');
    if (sent.headers.get('content-type')?.startsWith('text/event-stream')) await sent.body?.cancel();
    return {
      path,
      status,
      retryAfter,
      text: status === 200 && /event-stream/.test(sent.headers.get('content-type') ?? '') ? '' : await sent.text(),
    };
  };
  const reads = async (): Promise<string[]> => {
    const { paths } = JSON.parse((await ask('/api/v1/openapi.json')).text) as { paths: Record<string, object> };
    const named = Object.entries(paths).filter(([, methods]) => 'get' in methods);
    return ['/p/nothing', ...named.map(([path]) => `/api/v1${path.replaceAll(/\{\w+\}/g, '01J00000000000000000000000')}`)];
  };
  const writes = () => [
    [`/api/v1/pages/${ulid()}`, 'PUT', { path: `hang/${ulid().toLowerCase()}`, title: 'Hang', body: 'x' }] as const,
    ['/api/v1/changes', 'POST', { id: ulid(), commands: [] }] as const,
    ['/api/v1/auth/sign-in', 'POST', { email: 'ana@example.org', password: 'correct horse battery' }] as const,
    ['/api/v1/system/dead-letters/search.index/replay', 'POST', undefined] as const,
  ];
  /** Every read of the API and some writes, asked at once; what is not an answer, or a failure without `Retry-After`. */
  const askAll = async (paths: readonly string[]) => {
    const asked = [
      ...paths.map((path) => ask(path)),
      ...writes().map(([path, method, body]) => ask(path, { method, ...(body ? { body } : {}) })),
    ];
    const answers = await Promise.all(asked);
    return answers.filter(({ status, retryAfter }) => status >= 500 && (status !== 503 || !retryAfter));
  };

  test('every request is answered, health, metrics and System too, and all is well afterwards', async () => {
    const paths = await reads();
    expect(paths.length).toBeGreaterThan(40);
    await ask('/api/v1/system');
    for (const what of ['store', 'bus', 'cache'] as const) {
      if (what === 'store') proxies.store.holdBut(isHeartbeat);
      else proxies[what].pause();
      expect({ what, wrong: await askAll(paths) }).toEqual({ what, wrong: [] });
      for (const path of ['/livez', '/readyz']) expect([200, 503]).toContain((await ask(path)).status);
      const metrics = await ask('/metrics', { token: metricsToken });
      expect(metrics).toMatchObject({ status: 200, text: expect.stringContaining('sidekick_http_request_seconds') });
      const system = await ask('/api/v1/system');
      expect(system.status).toBe(200);
      if (what === 'store') {
        const { parts } = JSON.parse(system.text) as { parts: { name: string; missing: string[] }[] };
        for (const name of ['gateway', 'content', 'staffing']) expect(parts.find((part) => part.name === name)?.missing).toContain('store');
      }
      expect({ what, ...longest, within: longest.seconds < longestAnswer }).toMatchObject({ within: true });
      await proxies[what].mend();
      const well = async () =>
        (JSON.parse((await ask('/api/v1/system')).text) as { parts: { state: string }[] }).parts.every(({ state }) => state === 'ready');
      await until(`all to be well after ${what}`, well, 60);
    }
  });
});
