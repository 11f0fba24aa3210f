import { createHash } from 'node:crypto';
import { RowsAnswer, RowsRequest } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, jsonHeaders, type StaffingContext } from '../routing/context.ts';
import { rowsOf } from './rows.ts';
import { refuseMoney } from './rows-of-money.ts';

export const rowsRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'post',
    path: '/figures/rows',
    operation: 'askRows',
    summary: 'What one figure is made of: its formula in words, and the rows of which it is the sum or the ratio',
    access: 'signed-in',
    body: RowsRequest,
    answers: { 200: RowsAnswer },
    problems: [403, 404],
    async handle({ body: { question }, identity }) {
      refuseMoney(identity, [question]);
      const { state } = context.replica.current();
      const today = context.clock.today();
      const key = createHash('sha256').update(JSON.stringify(question)).digest('base64url');
      const body = await cachedJson(context, state.head, `rows:${key}`, () => ({
        ...{ head: state.head, today },
        ...rowsOf(figuresAt(state), question, today),
      }));
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
