import { FreeAnswer, FreeQuery } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, jsonHeaders, type StaffingContext } from '../routing/context.ts';
import { freeIn } from './free.ts';

export const freeRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/figures/free',
    operation: 'listFree',
    summary: 'Who has a skill and so many hours left between two days, most hours first, and why each of the others has not',
    access: 'signed-in',
    query: FreeQuery,
    answers: { 200: FreeAnswer },
    async handle({ query }) {
      const { state } = context.replica.current();
      const today = context.clock.today();
      const body = await cachedJson(context, state.head, `free:${JSON.stringify(query)}`, () => freeIn(figuresAt(state), query, today));
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
