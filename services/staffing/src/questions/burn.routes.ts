import { type Day, dayOf, isoDay } from '@sidekick/calendar';
import { BurnAnswer, Ulid } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { readersOf } from '../access/rights.ts';
import { type Burn, figuresAt } from '../figures/index.ts';
import { findRecord, type StaffingContext } from '../routing/context.ts';
import { currencyOf } from '../settings/settings.ts';

/** For whom rates are, which it can be read back from. */
export const burnRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/projects/{id}/burn',
    operation: 'readBurn',
    summary: 'What a project has cost to yesterday and comes to by its end, when its budget runs out, and which hours no rate prices',
    access: readersOf('rate'),
    params: z.strictObject({ id: Ulid }),
    answers: { 200: BurnAnswer },
    problems: [404],
    async handle({ params: { id } }) {
      await findRecord(context, 'project', id);
      const { state } = context.replica.current();
      const today = context.clock.today();
      const told = answerOf(figuresAt(state).burn(id, dayOf(today)));
      return { status: 200, body: { head: state.head, today, project: id, currency: currencyOf(state), ...told } };
    },
  }),
];

const isoOrNull = (day: Day | null) => (day === null ? null : isoDay(day));

const answerOf = ({ until, runsOut, unpriced, ...burn }: Burn) => ({
  ...burn,
  until: isoDay(until),
  runsOut: { money: isoOrNull(runsOut.money), hours: isoOrNull(runsOut.hours) },
  unpriced: unpriced.map((one) => ({ ...one, from: isoDay(one.from), to: isoDay(one.to) })),
});
