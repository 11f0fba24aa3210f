import { TimelineAnswer, TimelineQuery } from '@sidekick/contracts';
import { etag, noneMatch, type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../changes/decide.ts';
import { cachedJson, type Desk, jsonHeaders } from '../desk.ts';
import { timelineOf } from './timeline.ts';

export const timelineRoutes = (desk: Desk): Route[] => [
  route({
    method: 'get',
    path: '/timeline',
    operation: 'readTimeline',
    summary: 'Every figure of up to 104 weeks at once. Its ETag is the head and the day, since the absence factor is that of today',
    access: 'signed-in',
    query: TimelineQuery,
    answers: { 200: TimelineAnswer, 304: null },
    async handle({ query, req }) {
      const { state } = desk.replica.current();
      const today = desk.clock.today();
      const tag = etag(`${state.head}-${today}`);
      const headers = { etag: tag, 'cache-control': 'private, no-cache', vary: 'Cookie' };
      if (noneMatch(req, tag)) return { status: 304, headers };
      const compute = () => timelineOf(figuresAt(state), query, today);
      const body = await cachedJson(desk, state.head, `timeline:${query.from}:${query.to}`, compute);
      return { status: 200, headers: { ...headers, ...jsonHeaders }, body };
    },
  }),
];
