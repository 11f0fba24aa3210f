import { setTimeout as wait } from 'node:timers/promises';
import { type Bus, BusUnavailable, type DeadLetter, NoDeadLetter, QueueGone, Unconfirmed } from '@sidekick/bus';
import type { DeadLetterBody, DeadLetterView, Identity, QueueName } from '@sidekick/contracts';
import { Conflict, InvalidInput, NotFound, Unavailable } from '@sidekick/service-kit';
import type { Page } from '@sidekick/store';
import type { AuditEntry, DeadLetterAudit } from './dead-letter-audit.ts';
import { durableQueues } from './queues.ts';

const keptDays = 90;
/** Letters of a queue that are looked at: beyond them only replaying all helps. */
const most = 10_000;
const longestBody = 200_000;
/** How long "replay all" goes on before it answers how far it came, in milliseconds. */
const replayTime = 10_000;

export interface DeadLettersDeps {
  bus: Bus;
  deadLetterAudit: DeadLetterAudit;
  now: () => Date;
}

type By = Pick<Identity, 'account' | 'name'>;

export interface Which {
  queue: QueueName;
  id: string;
  /** An event may have died at several replicas: which of them is meant; the first without it. */
  replica?: number | undefined;
}

export interface DeadLetters {
  /** Oldest first, queue after queue; without a queue those of all. The cursor is a place in that list. */
  list(queue: QueueName | undefined, limit: number, cursor: string | undefined): Promise<Page<DeadLetterView>>;
  /** With its body. Throws NotFound. */
  read(which: Which): Promise<DeadLetterBody>;
  /** Sends it to its queue again, with no try counted. Throws NotFound, and Conflict when the replica it was for has lost its queue. */
  replay(which: Which, by: By): Promise<void>;
  /** All that are there now, each once; answers how many. Those whose queue is gone stay. */
  replayAll(queue: QueueName, by: By): Promise<number>;
  discard(which: Which, by: By, reason: string): Promise<void>;
  /** Discards what died more than 90 days ago; answers how many. 0 while the bus is away. */
  sweep(): Promise<number>;
}

/** What no retry could handle, for an operator to see, send again or give up. */
export function deadLettersOf({ bus, deadLetterAudit, now }: DeadLettersDeps): DeadLetters {
  const onBus = busCall(bus);
  const find = async ({ queue, id, replica }: Which): Promise<DeadLetter> => {
    const isIt = (letter: DeadLetter) => letter.id === id && (replica === undefined || letter.replica === replica);
    const found = (await bus.deadLetters(queue, most)).find(isIt);
    if (!found) throw new NoDeadLetter(`no dead letter ${id}`);
    return found;
  };
  const audited = async (
    did: AuditEntry['did'],
    letter: DeadLetter,
    by: By | null,
    reason: string,
    work: () => Promise<void>,
  ): Promise<void> => {
    const about = { queue: letter.queue, letter: letter.id, type: eventOf(letter.body)?.type ?? null };
    await deadLetterAudit.audited({ did, by: by?.name ?? null, account: by?.account ?? null, ...about, reason }, work);
  };
  return {
    async list(queue, limit, cursor) {
      const place = placeOf(cursor);
      const letters = await onBus(() =>
        Promise.all((queue ? [queue] : durableQueues).map((one) => bus.deadLetters(one, place + limit + 1))),
      );
      const rest = letters.flat().slice(place);
      return { items: rest.slice(0, limit).map(viewOf), nextCursor: rest.length > limit ? String(place + limit) : null };
    },
    read: async (which) => bodyOf(await onBus(() => find(which))),
    async replay(which, by) {
      const letter = await onBus(() => find(which));
      await audited('replayed', letter, by, '', () => onBus(() => bus.replay(which.queue, which.id, which.replica)));
    },
    async replayAll(queue, by) {
      const until = Date.now();
      let replayed = 0;
      const entry = {
        did: 'replayed' as const,
        by: by.name,
        account: by.account,
        queue,
        letter: '*',
        type: null,
        reason: 'All of the queue',
      };
      const letters = (await onBus(() => bus.deadLetters(queue, most))).filter(({ diedAt }) => Date.parse(diedAt) <= until);
      await deadLetterAudit.audited(entry, async () => {
        for (const letter of letters) {
          if (Date.now() - until > replayTime) break;
          if (await onBus(() => replayIfThere(bus, letter))) replayed += 1;
        }
      });
      return replayed;
    },
    async discard(which, by, reason) {
      const letter = await onBus(() => find(which));
      await audited('discarded', letter, by, reason, () => onBus(() => bus.discard(which.queue, which.id, which.replica)));
    },
    async sweep() {
      if (!bus.health().ok) return 0;
      const before = now().getTime() - keptDays * 86_400_000;
      let swept = 0;
      for (const queue of durableQueues) {
        const old = (await bus.deadLetters(queue, 200)).filter(({ diedAt }) => Date.parse(diedAt) < before);
        for (const letter of old) {
          const gone = await audited('expired', letter, null, `Kept for ${keptDays} days`, () =>
            bus.discard(queue, letter.id, letter.replica),
          ).then(
            () => true,
            (error: unknown) => ignoreGone(error),
          );
          if (gone) swept += 1;
        }
      }
      return swept;
    },
  };
}

/** False when it is gone already, or its queue is. */
const replayIfThere = (bus: Bus, { queue, id, replica }: Which): Promise<boolean> =>
  bus.replay(queue, id, replica).then(() => true, ignoreGone);

function ignoreGone(error: unknown): false {
  if (error instanceof NoDeadLetter || error instanceof QueueGone) return false;
  throw error;
}

const looks = 4;
const pause = 150;

/**
 * Runs a call to the bus and turns its failures into those of the API. A letter that is not there may only be in the hands of
 * somebody who looks at the queue at this moment: it is looked for again.
 */
function busCall(bus: Bus) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    for (let look = 1; ; look += 1) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof QueueGone) {
          throw new Conflict(
            'queue-gone',
            'The replica that this was for has lost its queue since; it reads everything anew, so discard this',
          );
        }
        if (error instanceof Unconfirmed)
          throw new Unavailable('answer-lost', 'The bus does not answer. It may have been sent again: look before you do it once more', {
            retryAfter: 5,
          });
        if (!(error instanceof NoDeadLetter)) throw bus.health().ok && !(error instanceof BusUnavailable) ? error : busAway();
        if (look >= looks) throw new NotFound('no-dead-letter', 'There is no such dead letter, or not any more');
      }
      await wait(pause);
    }
  };
}

const busAway = () => new Unavailable('bus-unavailable', 'The bus does not answer; try again shortly', { retryAfter: 5 });

function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,4}$/.test(cursor))
    throw new InvalidInput('invalid-cursor', 'Send the cursor as it was answered', [{ path: 'cursor', message: 'Not a cursor' }]);
  return Number(cursor);
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body, null, 2));

/** The names of an event; null for what is none. */
function eventOf(body: unknown): DeadLetterView['event'] {
  if (typeof body !== 'object' || body === null) return null;
  const { id, type, subject, sequence, time } = body as Record<string, unknown>;
  if (![id, type, subject, time].every((part) => typeof part === 'string') || typeof sequence !== 'number') return null;
  return { id, type, subject, sequence, time } as DeadLetterView['event'];
}

function viewOf({ id, queue, replica, reason, attempts, diedAt, body }: DeadLetter): DeadLetterView {
  return { id, queue, replica: replica ?? null, reason, attempts, diedAt, event: eventOf(body), size: textOf(body).length };
}

function bodyOf(letter: DeadLetter): DeadLetterBody {
  const text = textOf(letter.body);
  return { ...viewOf(letter), body: text.slice(0, longestBody), cut: text.length > longestBody };
}
