import { CompletionsAnswer, type Identity, SearchAnswer, SearchQuery } from '@sidekick/contracts';
import { InvalidInput, type Route, route, Unavailable } from '@sidekick/service-kit';
import { z } from 'zod';
import type { Audience, Engine } from './engine/engine.ts';
import { answer, type Vocabulary } from './query/ask.ts';

const audienceOf = (identity: Identity | null): Audience => (identity ? 'internal' : 'public');
const headers = (identity: Identity | null) => ({ 'cache-control': identity ? 'private, no-cache' : 'public, no-cache', vary: 'Cookie' });

export function searchRoutes(engine: Engine, vocabulary: Vocabulary): Route[] {
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
        body: answer(whole(engine), vocabulary, {
          q: query.q,
          type: query.type ?? null,
          audience: audienceOf(identity),
          offset: offsetOf(query.cursor),
          limit: query.limit,
          exact: query.exact === 'true',
          typing: query.typing === 'true',
        }),
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
        body: { items: whole(engine).complete(query.q, audienceOf(identity), 8) },
      }),
    }),
  ];
}

/** Half an index would answer that there is nothing. Throws Unavailable. */
function whole(engine: Engine): Engine {
  if (engine.builtAt() === null) throw new Unavailable('index-is-built', 'The search index is being built', { retryAfter: 5 });
  return engine;
}

/** Ranked answers have no stable key, so the cursor is a place. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,6}$/.test(cursor))
    throw new InvalidInput('invalid-cursor', 'Send the cursor as it was answered', [{ path: 'cursor', message: 'Not a cursor' }]);
  return Number(cursor);
}
