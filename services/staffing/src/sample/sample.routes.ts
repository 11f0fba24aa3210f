import { ChangeAnswer, SampleView } from '@sidekick/contracts';
import { NotFound, type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { answerOf } from '../access/mask.ts';
import { mayRead } from '../access/rights.ts';
import { decisionContextOf } from '../changes/write.ts';
import { decide } from '../deciding/decide.ts';
import type { StaffingContext } from '../routing/context.ts';
import { sampleOf } from './sample.ts';

export const sampleRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/sample',
    operation: 'readSample',
    summary: 'The sample records, and what was made by hand that names them and would go too',
    access: 'signed-in',
    answers: { 200: SampleView },
    async handle({ identity }) {
      const { records, madeByHand } = sampleOf(context.replica.current().state);
      const counts = Object.fromEntries(Object.entries(records).filter(([kind]) => mayRead(identity, kind)));
      return { status: 200, body: { records: counts, madeByHand: madeByHand.filter(({ kind }) => mayRead(identity, kind)) } };
    },
  }),
  route({
    method: 'delete',
    path: '/sample',
    operation: 'deleteSample',
    summary: 'Removes the sample records with the assignments and time off that name them, as one change set that can be undone',
    access: ['manager'],
    answers: { 200: ChangeAnswer },
    problems: [404, 409, 413],
    async handle({ identity: actor }) {
      const entry = await context.commit(ulid(), actor.account, (ledger) => {
        const { commands } = sampleOf(ledger.state);
        if (commands.length === 0) throw new NotFound('no-sample', 'There are no sample records');
        return decide(ledger, commands, decisionContextOf(context, actor, {}));
      });
      return { status: 200, body: answerOf(entry, actor) };
    },
  }),
];
