import { CompletionsAnswer, type Identity, SearchAnswer, SearchQuery } from '@sidekick/contracts';
import { InvalidInput, type Route, route, Unavailable } from '@sidekick/service-kit';
import { TooBusy, TooCostly } from '@sidekick/workers';
import { z } from 'zod';
import type { Audience, Engine } from './engine/engine.ts';
import { type Cursor, readCursor, start } from './query/cursor.ts';
import { parseQuery } from './query/parse.ts';

const audienceOf = (identity: Identity | null): Audience => (identity ? 'internal' : 'public');
const headers = (identity: Identity | null) => ({ 'cache-control': identity ? 'private, no-cache' : 'public, no-cache', vary: 'Cookie' });

export function searchRoutes(engine: Engine): Route[] {
  return [
    route({
      method: 'get',
      path: '/search',
      operation: 'search',
      summary: 'Page sections, people and projects, best first; only what the asker may see',
      access: 'public',
      query: SearchQuery,
      reflects: true,
      answers: { 200: SearchAnswer },
      handle: async ({ query, identity }) => ({
        status: 200,
        headers: headers(identity),
        body: await inTime(
          whole(engine).search(
            {
              query: parseQuery(query.q, query.typing === 'true'),
              type: query.type ?? null,
              audience: audienceOf(identity),
              cursor: cursorOf(query.cursor),
              limit: query.limit,
              exact: query.exact === 'true',
              typing: query.typing === 'true',
              newestEvent: engine.newestEventAt(),
            },
            identity?.account ?? null,
          ),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/search/completions',
      operation: 'complete',
      summary: 'Titles and names that begin with a text',
      access: 'public',
      query: z.strictObject({ q: z.string().trim().min(1).max(100) }),
      reflects: true,
      answers: { 200: CompletionsAnswer },
      handle: async ({ query, identity }) => ({
        status: 200,
        headers: headers(identity),
        body: {
          items: await inTime(
            whole(engine).complete({ text: query.q, audience: audienceOf(identity), limit: 8 }, identity?.account ?? null),
          ),
        },
      }),
    }),
  ];
}

/** Half an index would answer that there is nothing. Throws Unavailable. */
function whole(engine: Engine): Engine {
  if (engine.builtAt() === null) throw new Unavailable('index-is-built', 'The search index is being built', { retryAfter: 5 });
  return engine;
}

/** Throws Unavailable when the engine gave up: nobody else waits for one query. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TooCostly)
      throw new Unavailable('query-in-time', 'This query took longer than a query may. Ask with fewer words, or with rarer ones', {
        retryAfter: 5,
      });
    if (error instanceof TooBusy)
      throw new Unavailable('search-is-free', 'More is being searched than can be answered now', { retryAfter: 1 });
    throw error;
  }
}

function cursorOf(text: string | undefined): Cursor {
  const cursor = text === undefined ? start : readCursor(text);
  if (cursor) return cursor;
  throw new InvalidInput('invalid-cursor', 'Send the cursor as it was answered', [{ path: 'cursor', message: 'Not a cursor' }]);
}
