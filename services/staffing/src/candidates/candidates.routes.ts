import { CandidatesAnswer, CandidatesQuery } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, jsonHeaders, type StaffingContext } from '../routing/context.ts';
import { candidatesOf } from './candidates.ts';

export const candidateRoutes = (context: StaffingContext): Route[] => [
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
      const { state } = context.replica.current();
      const today = context.clock.today();
      const body = await cachedJson(context, state.head, `candidates:${JSON.stringify(query)}`, () =>
        candidatesOf(figuresAt(state), query, today),
      );
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
