import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface Request {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below `/api/v1`. */
  path: string;
  headers?: Record<string, string>;
  body?: object;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  /** Parsed JSON; null when there is none. */
  body: ReturnType<typeof JSON.parse>;
}

/** A request is alone on its connection, so the end of a process fails one at most on each that it had. */
export interface Connection {
  number: number;
  /** Milliseconds since 1970. */
  opened: number;
}

/** Of a request that got no whole answer: the connection that it was sent on; none when none could be had. */
export interface Lost extends Error {
  code: string;
  connection?: Connection | undefined;
}

export interface Client {
  /** Rejects with `Lost` when no whole answer came: the request may have been carried out or not. */
  send(request: Request): Promise<Answer>;
  close(): void;
}

export interface ClientOptions {
  url: string;
  token: string;
  /** Sent as Host, where the portal is reached by another name than its PUBLIC_URL. */
  host?: string | undefined;
  /** Seconds until an answer is given up. */
  patience?: number;
}

/** Pauses before a connection that was refused is tried again, in milliseconds: nothing was sent, and an ingress does the same. */
const pauses = [20, 100, 300, 600] as const;

/** Idle connections end before a part that says goodbye ends them (decision 11). In milliseconds; a request in use is not touched. */
const idle = 4_000;

/** Asks a portal as the owner of a token, over connections that are kept; nothing that was sent is sent twice by itself. */
export function clientOf({ url, token, host, patience = 20 }: ClientOptions): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 512, timeout: idle });
  const base = new URL(url);
  const connections = new WeakMap<object, Connection>();
  let opened = 0;
  const own = { authorization: `Bearer ${token}`, ...(host ? { host } : {}) };
  const once: Client['send'] = ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const content = body === undefined ? undefined : JSON.stringify(body);
      const sized = content === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) };
      const address = { hostname: base.hostname, port: base.port, path: `/api/v1${path}`, method, agent };
      const req = request({ ...address, headers: { ...own, ...sized, ...headers } }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', fail);
        res.on('end', () => {
          clearTimeout(late);
          if (!res.complete) return fail(named('cut off'));
          const text = Buffer.concat(chunks).toString('utf8');
          try {
            const json = /\bjson\b/.test(res.headers['content-type'] ?? '') && text !== '';
            resolve({ status: res.statusCode ?? 0, headers: res.headers, body: json ? JSON.parse(text) : null });
          } catch {
            fail(named('broken JSON'));
          }
        });
      });
      const late = setTimeout(() => req.destroy(named('no answer in time')), patience * 1000);
      let lostOn: Connection | undefined;
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(late);
        reject(named(error.code ?? error.message, lostOn));
      };
      req.on('error', fail);
      req.on('socket', (socket) => {
        lostOn = connections.get(socket);
        if (lostOn) return;
        socket.once('connect', () => {
          opened += 1;
          lostOn = { number: opened, opened: Date.now() };
          connections.set(socket, lostOn);
        });
      });
      req.end(content);
    });
  return {
    close: () => agent.destroy(),
    async send(asked) {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await once(asked);
        } catch (error) {
          const pause = pauses[attempt];
          if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED' || pause === undefined) throw error;
          await wait(pause);
        }
      }
    },
  };
}

const named = (code: string, connection?: Connection): Lost => Object.assign(new Error(code), { code, connection });

/** The same client for reads that have to succeed in the end: asks again each second while it gets none or 5xx, `tries` times. */
export const steady = (client: Client, tries = 60): Client => ({
  close: () => client.close(),
  async send(request) {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await client.send(request).catch((error: Error) => {
        if (attempt >= tries) throw error;
        return null;
      });
      if (answer && (answer.status < 500 || attempt >= tries)) return answer;
      await wait(1_000);
    }
  },
});

/** Why there is no good answer, in a few words that can be counted. */
export function kindOf(name: string, got: Answer | Error): string {
  if (got instanceof Error) return `${name}: ${(got as NodeJS.ErrnoException).code ?? got.message}`;
  const type = String(got.body?.type ?? '').replace('urn:sidekick:problem:', '');
  const waits = got.headers['retry-after'] === undefined ? '' : ' with Retry-After';
  return `${name}: ${got.status} ${type}${waits}`.trim();
}

/** Every item of a list, page after page. Throws when an answer is not 200. */
export async function listed(client: Client, path: string): Promise<Answer['body'][]> {
  const items: Answer['body'][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const at: string = `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const answer: Answer = await client.send({ method: 'GET', path: at });
    if (answer.status !== 200) throw new Error(kindOf(`GET ${path}`, answer));
    items.push(...answer.body.items);
    cursor = answer.body.nextCursor;
  }
  return items;
}
