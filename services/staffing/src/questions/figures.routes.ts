import { createHash } from 'node:crypto';
import { FiguresAnswer, FiguresRequest } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { figuresAt } from '../figures/index.ts';
import { cachedJson, jsonHeaders, type StaffingContext } from '../routing/context.ts';
import { answerOf } from './answer.ts';
import { refuseTooMuch } from './effort.ts';
import { refuseMoney } from './rows-of-money.ts';

export const figuresRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'post',
    path: '/figures',
    operation: 'askFigures',
    summary: 'Figures in the words of the glossary, unrounded, all under one head',
    access: 'signed-in',
    body: FiguresRequest,
    answers: { 200: FiguresAnswer },
    problems: [403, 404],
    async handle({ body: { questions }, identity }) {
      refuseMoney(identity, questions);
      const { state } = context.replica.current();
      refuseTooMuch(questions, state.person.size);
      const key = createHash('sha256').update(JSON.stringify(questions)).digest('base64url');
      const today = context.clock.today();
      const body = await cachedJson(context, state.head, `figures:${key}`, () => {
        const figures = figuresAt(state);
        return {
          head: state.head,
          today,
          answers: questions.map((question, at) => answerOf(figures, question, today, `questions.${at}.args`)),
        };
      });
      return { status: 200, headers: jsonHeaders, body };
    },
  }),
];
