import { DecisionsAnswer, DecisionsQuery } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, type Desk, jsonHeaders } from '../routing/desk.ts';
import { decisionsOf } from './decisions.ts';

export const decisionRoutes = (desk: Desk): Route[] => [
  route({
    method: 'get',
    path: '/decisions',
    operation: 'listDecisions',
    summary: 'What needs a decision from today on, most urgent first',
    access: 'signed-in',
    query: DecisionsQuery,
    answers: { 200: DecisionsAnswer },
    async handle({ query: { weeks } }) {
      const { state } = desk.replica.current();
      const today = desk.clock.today();
      const body = await cachedJson(desk, state.head, `decisions:${weeks}`, () => decisionsOf(figuresAt(state), today, weeks));
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
