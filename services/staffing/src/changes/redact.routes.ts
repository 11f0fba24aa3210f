import { ChangeAnswer, RedactRequest, Ulid } from '@sidekick/contracts';
import { DomainError, type Route, route, Unavailable } from '@sidekick/service-kit';
import type { Entry } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { answerOf } from '../access/mask.ts';
import { redact, refuseHere } from '../deciding/redact.ts';
import type { ChangeSet, Mentions } from '../log/change-set.ts';
import type { Ledger } from '../log/ledger.ts';
import type { StaffingContext } from '../routing/context.ts';
import { mentionSearch } from './mentions.ts';

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
    async handle({ params, body: { id = ulid(), accounts }, identity: actor }) {
      const entry = await redactAtHead(context, params.id, id, actor.account, (ledger, mentions) => {
        const { clock } = context;
        return redact(ledger, { person: params.id, accounts, mentions }, { actor, at: clock.now().toISOString(), today: clock.today() });
      });
      await context.log.redact();
      return { status: 201, body: answerOf(entry, actor) };
    },
  }),
];

/** Times that others may write while the log is read; each time only what they wrote is left to read. */
const tries = 20;

/** Decides where the log has been searched up to the very head, so that no mention is written between the two. */
async function redactAtHead(
  context: StaffingContext,
  person: string,
  requestId: string,
  account: string,
  decide: (ledger: Ledger, mentions: Mentions) => ChangeSet,
): Promise<Entry<ChangeSet>> {
  const search = mentionSearch(context, person);
  for (let attempt = 0; attempt < tries; attempt++) {
    await context.replica.catchUp();
    if (hasLeft(context, person)) await search.readOn();
    try {
      return await context.commit(requestId, account, (ledger) => {
        const made = decide(ledger, search.found(ledger.state));
        if (!search.isUpTo(ledger)) throw new NotReadYet();
        return made;
      });
    } catch (error) {
      if (!(error instanceof NotReadYet)) throw error;
    }
  }
  throw new Unavailable('busy', 'Others are writing; try again', { retryAfter: 1 });
}

class NotReadYet extends Error {}

/** Who is still here, or unknown, is refused without a look at the log. */
function hasLeft({ replica, clock }: StaffingContext, person: string): boolean {
  try {
    refuseHere(replica.current(), person, clock.today());
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
