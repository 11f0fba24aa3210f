import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, sqliteBus } from '@sidekick/bus';
import { memoryLimiter } from '@sidekick/cache';
import { Scope } from '@sidekick/contracts';
import { type Clock, createApp, createMetrics, type Logger, type Route, type Served, serve, systemClock } from '@sidekick/service-kit';
import { type Store, sqliteStore } from '@sidekick/store';
import { quietLog, responseCheck } from '@sidekick/testing';
import type { GatewayDeps } from '../composition.ts';
import type { GatewayConfig } from '../config.ts';
import type { PartKnowledge } from '../forward/directory.ts';
import { inProcess } from '../forward/in-process.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { loadKeys } from '../keys/keys.ts';

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Parsed where it is JSON; bytes where it is packed; text otherwise. */
  body: ReturnType<typeof JSON.parse>;
}

export interface Sent {
  body?: unknown;
  /** Sent as it is, with `headers['content-type']`. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

/** A browser: keeps the session cookie and says where its requests come from, as browsers do. */
export interface Browser {
  /** Of the gateway that it asks. */
  readonly url: string;
  /** A request to the API; the answer is held against the OpenAPI document. */
  api(method: string, path: string, sent?: Sent): Promise<Reply>;
  /** Any address of the portal. */
  open(path: string, sent?: Sent & { method?: string }): Promise<Reply>;
  /** Of the session; empty for nobody. */
  cookie: string;
  /** The cookie by which a browser is known that somebody has signed in with. */
  known: string;
}

export interface Portal {
  gateway: Gateway;
  store: Store;
  bus: Bus;
  url: string;
  browser(): Browser;
  /** A browser that a second gateway over the same store answers. */
  elsewhere(): Promise<Browser>;
  /** A folder of its own, removed at the end. */
  folder: string;
  /** Stops the gateway and starts another one on the same store. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface PortalOptions {
  parts?: Record<string, readonly Route[]>;
  /** Those of them that are known by the first words of their paths alone, as a part in another process is. */
  apart?: readonly string[];
  config?: Partial<GatewayConfig>;
  clock?: Clock;
  log?: Logger;
  /** Between the gateway and its bus. */
  overBus?: (bus: Bus) => Bus;
  testWebhooks?: GatewayDeps['testWebhooks'];
}

/** A gateway with embedded stand-ins before small parts made of `parts`, on a free port of loopback. */
export async function aPortal({
  parts = {},
  apart = [],
  config = {},
  clock = systemClock({ timeZone: 'UTC' }),
  log = quietLog,
  overBus = (bus) => bus,
  testWebhooks,
}: PortalOptions = {}): Promise<Portal> {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-gateway-'));
  const openStore = () => sqliteStore({ file: join(folder, 'gateway.db') });
  const start = async (store = openStore(), busFile = 'bus.db'): Promise<Running> => {
    const bus = overBus(sqliteBus({ file: join(folder, busFile) }));
    const keys = await loadKeys(store);
    const missing = async () => ({ vital: [], other: [] });
    const services = Object.fromEntries(
      Object.entries(parts).map(([name, routes]) => {
        const app = createApp({ name, routes, verify: keys.verify, log: quietLog, metrics: createMetrics(name), missing });
        return [name, { app, routes }];
      }),
    );
    const known = Object.entries(services).map(([name, part]): [string, PartKnowledge] => [
      name,
      apart.includes(name) ? { roots: part.routes.map(({ path }) => path.split('/')[1] ?? '') } : part,
    ]);
    const settings = { publicUrl: 'http://127.0.0.1:3999', demo: true, bindHost: '127.0.0.1', webRoot: join(folder, 'web'), ...config };
    const ports = { store, bus, makeLimiter: memoryLimiter, clock, log, keys };
    const gateway = createGateway({
      ...ports,
      parts: Object.fromEntries(known),
      forward: inProcess(services),
      config: settings,
      ...(testWebhooks && { testWebhooks }),
      version: '0.1.0',
    });
    await store.migrate();
    await gateway.start();
    const check = responseCheck({ name: 'portal', routes: gateway.operations().map(({ route }) => route) });
    return { gateway, store, bus, check, served: await serve(gateway.app, { host: '127.0.0.1', port: 0 }) };
  };
  let now = await start();
  let second: Running | undefined;
  const end = async ({ gateway, served, bus }: Running) => {
    await gateway.stop();
    await served.close({ drainSeconds: 0, graceSeconds: 1 });
    await bus.close();
  };
  const stop = async () => {
    if (second) await end(second);
    second = undefined;
    await end(now);
    await now.store.close();
  };
  return {
    folder,
    get store() {
      return now.store;
    },
    get bus() {
      return now.bus;
    },
    get gateway() {
      return now.gateway;
    },
    get url() {
      return now.served.url;
    },
    browser: () => aBrowser(() => now),
    elsewhere: async () => {
      const other = second ?? (await start(now.store, 'second-bus.db'));
      second = other;
      return aBrowser(() => other);
    },
    restart: async () => {
      await stop();
      now = await start();
    },
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Running {
  gateway: Gateway;
  store: Store;
  bus: Bus;
  served: Served;
  check: ReturnType<typeof responseCheck>;
}

function aBrowser(now: () => Running): Browser {
  const open: Browser['open'] = async (path, { method = 'GET', body, raw, headers = {} } = {}) => {
    const url = new URL(now().served.url);
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const reply = await send(url, path, method, content, {
      ...(browser.cookie || browser.known ? { cookie: [browser.cookie, browser.known].filter(Boolean).join('; ') } : {}),
      ...(method === 'GET' ? {} : { origin: url.origin, 'sec-fetch-site': 'same-origin' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    for (const set of [reply.headers['set-cookie'] ?? []].flat()) {
      const value = /Max-Age=0$/.test(set) ? '' : (set.split(';')[0] ?? '');
      if (set.startsWith('__Host-session=')) browser.cookie = value;
      else browser.known = value;
    }
    return reply;
  };
  const browser: Browser = {
    get url() {
      return now().served.url;
    },
    cookie: '',
    known: '',
    open,
    api: async (method, path, sent = {}) => {
      const reply = await open(`/api/v1${path}`, { ...sent, method: method.toUpperCase() });
      now().check(method, path, reply.status, reply.body);
      return reply;
    },
  };
  return browser;
}

/** `node:http` rather than fetch: fetch sets Host, Origin and Connection itself. */
function send(
  url: URL,
  path: string,
  method: string,
  content: string | Buffer | undefined,
  headers: Record<string, string>,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const req = request({ host: url.hostname, port: url.port, path, method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const encoded = res.headers['content-encoding'] !== undefined;
        const json = /\bjson\b/.test(res.headers['content-type'] ?? '') && bytes.length > 0;
        const text = bytes.toString('utf8');
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: encoded ? bytes : json ? JSON.parse(text) : text });
      });
      res.on('error', reject);
    });
    req.on('error', reject);
    req.end(content);
  });
}

export const aPassword = 'correct horse battery';

/** The body of a token that may be used for all that tokens are for, and has no end. */
export const aToken = (name: string) => ({ name, scopes: Scope.options, expiresAt: null });

/** The first manager, made through the link of the start and signed in. */
export async function signInFirstManager(portal: Portal, email = 'helena@example.org'): Promise<Browser> {
  const token = (await portal.gateway.firstManagerLink())?.split('/').at(-1);
  const browser = portal.browser();
  await browser.api('post', '/auth/accept', { body: { token, name: 'Helena Prado', email, password: aPassword } });
  return browser;
}

/** Somebody invited by a manager with these roles, signed in. */
export async function signInInvited(portal: Portal, manager: Browser, roles: string[], email: string): Promise<Browser> {
  const { body } = await manager.api('post', '/accounts/invitations', { body: { roles } });
  const browser = portal.browser();
  const token = body.url.split('/').at(-1);
  await browser.api('post', '/auth/accept', { body: { token, name: email.split('@')[0], email, password: aPassword } });
  return browser;
}
