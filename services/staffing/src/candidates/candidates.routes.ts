import { CandidatesAnswer, CandidatesQuery } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, type Desk, jsonHeaders } from '../routing/desk.ts';
import { candidatesOf } from './candidates.ts';

export const candidateRoutes = (desk: Desk): Route[] => [
  route({
    method: 'get',
    path: '/candidates',
    operation: 'listCandidates',
    summary: 'Who could take a slot, most free hours first, and the rule that forbids each of the others',
    access: 'signed-in',
    query: CandidatesQuery,
    answers: { 200: CandidatesAnswer },
    problems: [404],
    async handle({ query }) {
      const { state } = desk.replica.current();
      const today = desk.clock.today();
      const body = await cachedJson(desk, state.head, `candidates:${JSON.stringify(query)}`, () =>
        candidatesOf(figuresAt(state), query, today),
      );
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
