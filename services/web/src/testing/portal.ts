import { jest } from '@jest/globals';

export interface Asked {
  method: string;
  /** Below `/api/v1`, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
  signal: AbortSignal | undefined;
}
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}
type Handler = (asked: Asked) => Answer | Promise<Answer>;

/**
 * Stands in for the portal's API: answers by `METHOD /path` (the last one set wins; `:id` stands for any id that has no answer of
 * its own), 404 for what is not set, and keeps what was asked.
 * jsdom has no fetch, so this is the whole of it.
 */
export function fakePortal(handlers: Record<string, Handler | Answer> = {}) {
  const known = new Map(Object.entries(handlers));
  const asked: Asked[] = [];
  const fetch = jest.fn(async (url: string, init: RequestInit = {}) => {
    const at = new URL(url, 'http://portal.test');
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    const method = init.method ?? 'GET';
    const one = {
      method,
      path: decodeURIComponent(at.pathname.replace('/api/v1', '')),
      query: at.searchParams,
      headers: new Headers(init.headers),
      body,
      signal: init.signal ?? undefined,
    };
    asked.push(one);
    const handler = known.get(`${method} ${one.path}`) ?? known.get(`${method} ${anyId(one.path)}`);
    const answer = typeof handler === 'function' ? await handler(one) : (handler ?? problem(404, 'not-found', `Nothing at ${one.path}`));
    const { status = 200 } = answer;
    return {
      ok: status < 400,
      status,
      headers: new Headers({ 'x-request-id': 'req-1', ...answer.headers }),
      json: async () => (answer.body === undefined ? Promise.reject(new SyntaxError('no body')) : JSON.parse(JSON.stringify(answer.body))),
    } as unknown as Response;
  });
  globalThis.fetch = fetch as unknown as typeof globalThis.fetch;
  return {
    asked,
    /** The last request of this kind; undefined without one. */
    last: (method: string, path: string) =>
      asked.findLast((one) => one.method === method && (one.path === path || anyId(one.path) === path)),
    /** What answers a kind of request just now. */
    handlerOf: (key: string): ((asked: Asked) => Answer | Promise<Answer>) => {
      const handler = known.get(key);
      return typeof handler === 'function' ? handler : () => handler ?? problem(404, 'not-found', `Nothing for ${key}`);
    },
    set: (key: string, handler: Handler | Answer) => void known.set(key, handler),
  };
}

export const problem = (status: number, code: string, title: string, extra: object = {}): Answer => ({
  status,
  body: { type: `urn:sidekick:problem:${code}`, title, status, requestId: 'req-42', ...extra },
});

/** The part that took it broke off before it answered. */
export const answerLost = problem(503, 'answer-lost', 'The part broke off: look before you send it again');

const anyId = (path: string): string => path.replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, ':id');

/** A ULID that ends in a number. */
export const idOf = (number: number): string => `01KB00000000000000${String(number).padStart(8, '0')}`;
