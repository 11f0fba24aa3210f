import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { documentCheck } from '@sidekick/testing';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, bytes where `bytes` was asked for, text otherwise. */
  body: ReturnType<typeof JSON.parse>;
}

export interface Sent {
  body?: unknown;
  /** Sent as it is, with `headers['content-type']`. */
  raw?: Uint8Array;
  headers?: Record<string, string>;
  bytes?: boolean;
}

/** Somebody who asks the portal over HTTP: with a token, or as a browser that keeps the session cookie. */
export interface Caller {
  /** A request below `/api/v1`; the answer is held against the OpenAPI document that the portal serves. */
  api(method: string, path: string, sent?: Sent): Promise<Reply>;
  /** Any address of the portal. */
  open(path: string, sent?: Sent & { method?: string }): Promise<Reply>;
  /** Empty for nobody. */
  cookie: string;
}

export interface Address {
  url: string;
  /** Sent as `Authorization: Bearer`. */
  token?: string;
}

/** `at` is asked for each request: a portal that was started again has another address. */
export function callerAt(at: () => Address): Caller {
  const agent = new Agent({ keepAlive: true });
  const caller: Caller = {
    cookie: '',
    async open(path, { method = 'GET', body, raw, headers = {}, bytes = false } = {}) {
      const { url, token } = at();
      const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const own = {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(caller.cookie ? { cookie: caller.cookie } : {}),
        ...(method === 'GET' || token ? {} : { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const reply = await send({ agent, address: new URL(path, url), method, headers: { ...own, ...headers }, content, bytes });
      const [set] = reply.headers['set-cookie'] ?? [];
      if (set) caller.cookie = /Max-Age=0$/.test(set) ? '' : (set.split(';')[0] ?? '');
      return reply;
    },
    async api(method, path, sent = {}) {
      const reply = await caller.open(`/api/v1${path}`, { ...sent, method: method.toUpperCase() });
      if (!sent.bytes) (await checkOf(at()))(method, path, reply.status, reply.body);
      return reply;
    },
  };
  return caller;
}

const checks = new Map<string, Promise<ReturnType<typeof documentCheck>>>();

/** One compiled document a portal and test file. */
function checkOf(address: Address): Promise<ReturnType<typeof documentCheck>> {
  const { url } = address;
  const known = checks.get(url);
  if (known) return known;
  const made = callerAt(() => address)
    .open('/api/v1/openapi.json')
    .then(({ body }) => documentCheck(body));
  checks.set(url, made);
  made.catch(() => checks.delete(url));
  return made;
}

interface Sending {
  agent: Agent;
  address: URL;
  method: string;
  headers: Record<string, string>;
  content: string | Uint8Array | undefined;
  bytes: boolean;
}

/** `node:http` rather than fetch, which sets Host and Origin itself. */
function send({ agent, address, method, headers, content, bytes }: Sending): Promise<Reply> {
  const { hostname: host, port, pathname, search } = address;
  return new Promise((resolve, reject) => {
    const req = request({ host, port, path: pathname + search, method, headers, agent }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () => {
        const all = Buffer.concat(chunks);
        const json = /\bjson\b/.test(res.headers['content-type'] ?? '') && all.length > 0;
        const text = () => all.toString('utf8');
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: bytes ? all : json ? JSON.parse(text()) : text() });
      });
    });
    req.on('error', reject);
    req.end(content);
  });
}
