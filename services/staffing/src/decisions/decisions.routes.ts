import { DecisionsAnswer, DecisionsQuery } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { isManager } from '../access/rights.ts';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, jsonHeaders, type StaffingContext } from '../routing/context.ts';
import { decisionsOf } from './decisions.ts';

export const decisionRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/decisions',
    operation: 'listDecisions',
    summary: 'What needs a decision from today on, most urgent first',
    access: 'signed-in',
    query: DecisionsQuery,
    answers: { 200: DecisionsAnswer },
    async handle({ query: { weeks }, identity }) {
      const { state } = context.replica.current();
      const today = context.clock.today();
      const readers = isManager(identity) ? 'managers' : 'everybody';
      const compute = () => decisionsOf(figuresAt(state), today, weeks, readers);
      const body = await cachedJson(context, state.head, `decisions:${readers}:${weeks}`, compute);
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
