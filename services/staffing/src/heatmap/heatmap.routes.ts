import { CapacityAnswer, CapacityQuery } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, jsonHeaders, type StaffingContext } from '../routing/context.ts';
import { capacityOf } from './heatmap.ts';

export const heatmapRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/figures/capacity',
    operation: 'readCapacity',
    summary: 'How full everybody is by week or day, by person and by team, and who is idle, under or over',
    access: 'signed-in',
    query: CapacityQuery,
    answers: { 200: CapacityAnswer },
    async handle({ query }) {
      const { state } = context.replica.current();
      const today = context.clock.today();
      const body = await cachedJson(context, state.head, `capacity:${JSON.stringify(query)}`, () =>
        capacityOf(figuresAt(state), query, today),
      );
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
