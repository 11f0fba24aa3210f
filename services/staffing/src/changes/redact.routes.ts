import { ChangeAnswer, RedactRequest, Ulid } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { z } from 'zod';
import { answerOf } from '../access/mask.ts';
import { redact } from '../deciding/redact.ts';
import type { StaffingContext } from '../routing/context.ts';
import { mentionsOf } from './mentions.ts';

/** Answers once the words are gone from every change set and snapshot of this database. */
export const redactRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'post',
    path: '/people/{id}/redact',
    operation: 'redactPerson',
    summary: 'Makes a person who has left anonymous: name, address and notes are removed for good, in the history too',
    access: ['manager'],
    params: z.strictObject({ id: Ulid }),
    body: RedactRequest,
    answers: { 201: ChangeAnswer },
    problems: [404, 409],
    async handle({ params, body, identity: actor }) {
      const redaction = { person: params.id, accounts: body.accounts, mentions: await mentionsOf(context, params.id) };
      const deciding = () => ({ actor, at: context.clock.now().toISOString(), today: context.clock.today() });
      const entry = await context.commit(body.id ?? ulid(), actor.account, (ledger) => redact(ledger, redaction, deciding()));
      await context.log.redact();
      return { status: 201, body: answerOf(entry, actor) };
    },
  }),
];
