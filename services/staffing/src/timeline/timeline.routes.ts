import { TimelineAnswer, TimelineQuery } from '@sidekick/contracts';
import { etag, noneMatch, type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, jsonHeaders, type StaffingContext } from '../routing/context.ts';
import { reasonsFor, reasonsKey } from './reasons.ts';
import { timelineOf } from './timeline.ts';

export const timelineRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/timeline',
    operation: 'readTimeline',
    summary:
      'Every figure of up to 104 weeks at once, of up to 8 also by day. Its ETag is the head, the day and whose reasons the reader may read',
    access: 'signed-in',
    query: TimelineQuery,
    answers: { 200: TimelineAnswer, 304: null },
    async handle({ query, req, identity }) {
      const { state } = context.replica.current();
      const today = context.clock.today();
      const reasons = reasonsFor(identity, state);
      const tag = etag(`${state.head}-${today}${reasonsKey(reasons)}`);
      const headers = { etag: tag, 'cache-control': 'private, no-cache', vary: 'Cookie' };
      if (noneMatch(req, tag)) return { status: 304, headers };
      const compute = () => timelineOf(figuresAt(state), query, today, reasons);
      const body = await cachedJson(
        context,
        state.head,
        `timeline:${query.from}:${query.to}:${query.by ?? 'week'}:${reasonsKey(reasons)}`,
        compute,
      );
      return { status: 200, headers: { ...headers, ...jsonHeaders }, body };
    },
  }),
];
