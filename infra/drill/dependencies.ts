import { setTimeout as pause } from 'node:timers/promises';
import { identityHeader, signerOf } from '@sidekick/service-kit';
import { aManager, proxyTo, until } from '@sidekick/testing';
import { type Apart, type PartName, partNames, startApart } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import type { Servers } from './outbox.ts';

export interface DependencyCounts {
  what: string;
  how: string;
  /** Seconds until every part that needs it named it, and from its return until every part was well again. */
  named: number;
  seconds: number;
  /** Milliseconds in which writes were refused while the store was away; the longest. */
  refusedIn: number;
  /** Milliseconds of the longest answer to anything asked meanwhile. */
  longest: number;
  wrong: string[];
}

/** What is taken away, and who misses it. */
const needed = {
  store: ['content', 'staffing'],
  bus: ['content', 'staffing', 'search', 'gateway'],
  cache: ['content', 'staffing', 'gateway'],
} as const satisfies Record<string, readonly PartName[]>;
export type What = keyof typeof needed;
/** What a part calls it: the gateway keeps its limits in Redis, and nothing else. */
const nameOf = (part: PartName, what: What): string => (part === 'gateway' && what === 'cache' ? 'limits' : what);
type How = 'down at start' | 'cut' | 'silent' | 'hangs behind its heartbeat';
/** What is away at the same time, and how. */
export interface Outage {
  readonly what: readonly What[];
  readonly how: How;
}
/** Each by itself, in every way. FerretDB answers heartbeats by itself while the database behind it hangs. */
const alone = (what: What): Outage[] => {
  const ways: How[] = ['down at start', 'cut', 'silent', ...(what === 'store' ? (['hangs behind its heartbeat'] as const) : [])];
  return ways.map((how) => ({ what: [what], how }));
};
/** Throws for what is none of store, bus and cache. */
export function everyOutage(only: readonly string[] = Object.keys(needed)): Outage[] {
  const wanted = (Object.keys(needed) as What[]).filter((what) => only.includes(what));
  if (wanted.length < only.length) throw new Error(`there are ${Object.keys(needed).join(', ')}; asked for were ${only.join(', ')}`);
  return wanted.flatMap(alone);
}
const isHeartbeat = (bytes: Buffer) => /hello|ismaster/i.test(bytes.toString('latin1'));

/** How long an answer may take before it counts as a hang, in milliseconds. */
const patience = 20_000;
/** And what nobody waits longer for, whatever is away. */
const longestAnswer = 5_000;

interface Stage {
  apart: Apart;
  awaySeconds: number;
  proxies: Record<What, Awaited<ReturnType<typeof proxyTo>>>;
}

/** Takes store, RabbitMQ and Redis away, and looks at what is said, what goes on and how it comes back. */
export async function dependenciesDrill(options: {
  servers: Servers;
  outages: readonly Outage[];
  rounds: number;
  /** Seconds for which each is away at least; 0 by default. Beyond 0 an answer that takes longer than 5 s is wrong. */
  awaySeconds?: number;
  say?: (line: string) => void;
}): Promise<DependencyCounts[]> {
  const { servers, outages, rounds, awaySeconds = 0, say = () => {} } = options;
  const proxies = { store: await proxyTo(servers.mongoUrl), bus: await proxyTo(servers.amqpUrl), cache: await proxyTo(servers.redisUrl) };
  const store = { MONGO_URL: proxies.store.url };
  const all = { AMQP_URL: proxies.bus.url, REDIS_URL: proxies.cache.url };
  const apart = await startApart({ ...servers, env: { all, content: store, staffing: store } });
  const stage = { apart, proxies, awaySeconds };
  const counts: DependencyCounts[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const outage of outages) {
        const counted = await takenAway(stage, outage);
        say(`${counted.what} ${counted.how}: ${counted.wrong.length === 0 ? 'well' : counted.wrong.join('; ')}`);
        counts.push(counted);
      }
      counts.push(await searchAlone(stage));
    }
    return counts;
  } finally {
    for (const proxy of Object.values(proxies)) await proxy.mend();
    await apart.close();
    for (const proxy of Object.values(proxies)) await proxy.close();
  }
}

async function takenAway({ apart, proxies, awaySeconds }: Stage, { what, how }: Outage): Promise<DependencyCounts> {
  const wrong: string[] = [];
  const page = await aPage(apart);
  await until('the page in search', () => isFound(apart, page), 60);
  const away = what.map((one) => proxies[one]);
  if (how === 'down at start') await Promise.all(partNames.map((part) => apart.replicas[part][0]?.stop()));
  for (const proxy of away) {
    if (how === 'silent') proxy.pause();
    else if (how === 'hangs behind its heartbeat') proxy.holdBut(isHeartbeat);
    else await proxy.cut();
  }
  slowest.set(apart, 0);
  if (how === 'down at start') await Promise.all(partNames.map((part) => apart.replicas[part][0]?.start()));
  const pids = pidsOf(apart);
  const began = performance.now();
  wrong.push(...(await Promise.all(partNames.map((part) => unnamed(apart, part, missedBy(part, what))))).flat());
  const named = secondsSince(began);
  wrong.push(...(await unsaid(apart, what)));
  wrong.push(...(await stoppedReads(apart, what, page)));
  const refusedIn = what.includes('store') ? await refused(apart, wrong) : 0;
  if (!what.includes('store')) {
    await newPage(apart).catch((error: Error) => wrong.push(`a write without ${what.join(' and ')}: ${error.message}`));
  }
  while (performance.now() - began < awaySeconds * 1_000) wrong.push(...(await stoppedReads(apart, what, page)));
  const longest = Math.round(slowest.get(apart) ?? 0);
  if (awaySeconds > 0 && longest > longestAnswer) wrong.push(`an answer took ${longest} ms`);
  for (const proxy of away) await proxy.mend();
  const back = performance.now();
  const missing = await until('all to be well', async () => (await lacking(apart)).length === 0, 60).catch(() => lacking(apart));
  if (Array.isArray(missing)) wrong.push(...missing.map((line) => `after its return ${line}`));
  const seconds = secondsSince(back);
  const after = await taken(apart, 10).catch((error: Error) => void wrong.push(`a write afterwards: ${error.message}`));
  if (after) await until('what was written afterwards', () => isFound(apart, after), 60).catch(({ message }: Error) => wrong.push(message));
  if (JSON.stringify(pidsOf(apart)) !== JSON.stringify(pids)) wrong.push('a part was started again');
  return { what: what.join(' and '), how, named, seconds, refusedIn, longest, wrong };
}

/** Those of what is away that a part needs. */
const missedBy = (part: PartName, what: readonly What[]): What[] =>
  what.filter((one) => (needed[one] as readonly PartName[]).includes(part));

/** Search answers from its index when every store, the broker, the cache and both owners are away. */
async function searchAlone({ apart, proxies }: Stage): Promise<DependencyCounts> {
  const wrong: string[] = [];
  const page = await aPage(apart);
  await until('the page in search', () => isFound(apart, page), 60);
  await Promise.all(Object.values(proxies).map((proxy) => proxy.cut()));
  for (const part of ['content', 'staffing'] as const) await apart.replicas[part][0]?.kill();
  const [replica] = apart.replicas.search;
  await until('search to miss the bus', async () => (await replica?.readyz())?.missing.includes('bus'), 60);
  const ready = await replica?.readyz();
  if (ready?.status !== 200) wrong.push(`search alone is not ready: ${ready?.status}`);
  const sign = signerOf(JSON.parse(apart.environment('gateway')['IDENTITY_PRIVATE_KEY'] ?? ''));
  const headers = { [identityHeader]: await sign(aManager) };
  const answer = await fetch(`${replica?.url}/search?q=${page.word}&exact=true`, { headers, signal: AbortSignal.timeout(patience) });
  const { items } = (await answer.json()) as { items: unknown[] };
  if (answer.status !== 200 || items.length !== 1) wrong.push(`search alone answered ${answer.status} with ${items?.length} items`);
  await Promise.all(Object.values(proxies).map((proxy) => proxy.mend()));
  const back = performance.now();
  for (const part of ['content', 'staffing'] as const) await apart.replicas[part][0]?.start();
  await until('all to be well', async () => (await lacking(apart)).length === 0, 60).catch((error: Error) => wrong.push(error.message));
  return { what: 'all but search', how: 'away', named: 0, seconds: secondsSince(back), refusedIn: 0, longest: 0, wrong };
}

/** Waits for `/readyz` and `/metrics` of a part to name what is missing; says what they do not. */
async function unnamed(apart: Apart, part: PartName, missed: readonly What[]): Promise<string[]> {
  const [replica] = apart.replicas[part];
  if (!replica) return [`no ${part}`];
  const wrong: string[] = [];
  const alive = await fetch(`${replica.url}/livez`, { signal: AbortSignal.timeout(patience) });
  if (alive.status !== 200) wrong.push(`${part} /livez is ${alive.status}`);
  if (missed.length === 0) return wrong;
  const each = missed.map(async (thing) => {
    const what = nameOf(part, thing);
    const inReadyz = async () => (await replica.readyz()).missing.includes(what);
    await until(`/readyz of ${part}`, inReadyz, 60).catch(() => wrong.push(`${part} /readyz does not name ${what}`));
    const line = new RegExp(`^sidekick_dependency_up\\{.*dependency="${what}".*\\} 0$`, 'm');
    await until(`/metrics of ${part}`, async () => line.test(await metricsOf(apart, replica.url)), 30).catch(() =>
      wrong.push(`${part} /metrics does not name ${what}`),
    );
  });
  await Promise.all(each);
  const wanted = missed.includes('store') ? 503 : 200;
  await until(`/readyz of ${part}`, async () => (await replica.readyz()).status === wanted, 60).catch(() =>
    wrong.push(`${part} /readyz is not ${wanted} without ${missed.join(' and ')}`),
  );
  return wrong;
}

/** With the token, which the gateway alone asks for. */
const metricsOf = async ({ token }: Apart, url: string): Promise<string> =>
  (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(patience) })).text();

/** The System screen's answer names what each part misses. */
async function unsaid(apart: Apart, what: readonly What[]): Promise<string[]> {
  let last = ['/system did not answer'];
  const unsaidNow = async () => {
    const { status, body } = await ask(apart, 'GET', '/system').catch(() => ({ status: 0, body: null }));
    if (status !== 200) {
      last = [`/system answered ${status}`];
      return false;
    }
    const missing = new Map(body.parts.map(({ name, missing }: { name: string; missing: string[] }) => [name, missing]));
    last = partNames.flatMap((part) =>
      missedBy(part, what)
        .filter((missed) => !(missing.get(part) as string[] | undefined)?.includes(nameOf(part, missed)))
        .map((missed) => `/system does not say that ${part} misses ${missed}`),
    );
    return last.length === 0;
  };
  return until('/system', unsaidNow, 30).then(
    () => [],
    () => last,
  );
}

async function stoppedReads(apart: Apart, away: readonly What[], { id, word }: NewPage): Promise<string[]> {
  const wrong: string[] = [];
  const what = away.includes('store') ? 'store' : away.join(' and ');
  const page = await ask(apart, 'GET', `/pages/${id}`);
  if (what !== 'store' && page.status !== 200) wrong.push(`a page without ${what}: ${page.status}`);
  if (what === 'store' && (page.status !== 503 || !page.retryAfter)) wrong.push(`a page without its store: ${page.status}`);
  const people = await ask(apart, 'GET', '/people');
  if (what !== 'store' && people.status !== 200) wrong.push(`people without ${what}: ${people.status}`);
  const search = await ask(apart, 'GET', `/search?q=${word}&exact=true`);
  if (search.status !== 200 || search.body.items.length !== 1) wrong.push(`search without ${what}: ${search.status}`);
  return wrong;
}

/** Writes without a store: each is refused with `Retry-After`. Answers the milliseconds of the slowest. */
async function refused(apart: Apart, wrong: string[]): Promise<number> {
  const person = { patterns: [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }], private: { name: 'Nobody', email: null, note: null } };
  const commands = [{ do: 'create', kind: 'person', id: ulid(), record: person }];
  const writes = [
    ['PUT', `/pages/${ulid()}`, { path: `refused/${ulid().toLowerCase()}`, title: 'Refused', body: 'x' }],
    ['POST', '/changes', { id: ulid(), commands }],
  ] as const;
  let slowest = 0;
  for (const [method, path, body] of writes) {
    const began = performance.now();
    const { status, retryAfter } = await ask(apart, method, path, body);
    slowest = Math.max(slowest, Math.round(performance.now() - began));
    if (status !== 503 || !retryAfter) wrong.push(`${method} ${path} without a store: ${status}, Retry-After ${retryAfter}`);
  }
  return slowest;
}

interface NewPage {
  id: string;
  word: string;
}

async function newPage(apart: Apart): Promise<NewPage> {
  const id = ulid();
  const word = `kestrel${[...id.slice(-10)].map((sign) => 'bcdfghjklm'[sign.charCodeAt(0) % 10]).join('')}x`;
  const made = await ask(apart, 'PUT', `/pages/${id}`, { path: `drill/${id.toLowerCase()}`, title: word, body: 'Made by a drill.' });
  const answer = `creating a page answered ${made.status} ${made.body.type}: ${made.body.title}`;
  if (made.status === 503 && made.retryAfter) throw new ComeAgain(answer);
  if (made.status !== 201) throw new Error(answer);
  return { id, word };
}
/** What a write is told that finds no store: come again. */
class ComeAgain extends Error {}

/** Writes as a client does that comes again when told to: on a busy machine the first writes after an outage may still be. */
async function taken(apart: Apart, seconds: number): Promise<NewPage> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    try {
      return await newPage(apart);
    } catch (error) {
      if (!(error instanceof ComeAgain) || performance.now() > end) throw error;
      await pause(500);
    }
  }
}
const aPage = (apart: Apart): Promise<NewPage> => taken(apart, 30);
const isFound = async (apart: Apart, { word }: NewPage): Promise<boolean> =>
  (await ask(apart, 'GET', `/search?q=${word}&exact=true`)).body.items?.length === 1;

const slowest = new WeakMap<Apart, number>();

async function ask(apart: Apart, method: string, path: string, body?: object) {
  const began = performance.now();
  const response = await fetch(`${apart.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apart.token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(method === 'PUT' ? { 'if-none-match': '*' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(patience),
  });
  const answer = (await response.json()) as ReturnType<typeof JSON.parse>;
  slowest.set(apart, Math.max(slowest.get(apart) ?? 0, performance.now() - began));
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: answer };
}

async function lacking(apart: Apart): Promise<string[]> {
  const said = await Promise.all(
    partNames.map(async (part) => {
      const ready = await apart.replicas[part][0]?.readyz();
      return ready?.status === 200 && ready.missing.length === 0 ? [] : [`${part} misses ${ready?.missing.join(', ')}`];
    }),
  );
  return said.flat();
}

const pidsOf = (apart: Apart) => partNames.map((part) => apart.replicas[part][0]?.pid);
const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10;
