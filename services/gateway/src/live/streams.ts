import type { ServerResponse } from 'node:http';
import type { Envelope, EventType, LiveEvent } from '@sidekick/contracts';
import { type Access, TooMany } from '@sidekick/service-kit';
import type { Caller } from '../sessions/callers.ts';

const heartbeat = 20_000;
/** Rights of streams are checked so often; with what is remembered of an account for a second, a right that ended is gone within two. */
const recheck = 500;
/**
 * Looks that may pass without an answer of the store, which by itself gives up after four seconds: nobody then knows what who watches may
 * still see. A slow one must not end them, for all of them come back at once and make it slower.
 */
const mostUnanswered = 8;
/** Streams an account may hold: a tab holds one, and only while it is shown. */
const mostStreams = 20;
/** Milliseconds between the ends of two streams that missed something: five hundred tabs come back over five seconds. */
const apart = 10;
/** A reader who leaves more than this unread is cut off; it comes back and fetches what it shows. */
const mostUnread = 1_000_000;

/** Who may learn that something of this type has changed. An event that is not named here reaches nobody. */
const rights = new Map<EventType, Access>([
  ['content.page.changed.v1', 'signed-in'],
  ['staffing.person.changed.v1', 'signed-in'],
  ['staffing.project.changed.v1', 'signed-in'],
  ['staffing.assignment.changed.v1', 'signed-in'],
  ['staffing.time-off.changed.v1', 'signed-in'],
  ['staffing.holiday.changed.v1', 'signed-in'],
  ['staffing.team.changed.v1', 'signed-in'],
  ['staffing.skill.changed.v1', 'signed-in'],
  ['staffing.volunteer.changed.v1', 'signed-in'],
  ['staffing.wish.changed.v1', 'signed-in'],
  ['staffing.for-managers.changed.v1', ['manager']],
  ['staffing.opening.changed.v1', 'signed-in'],
  ['staffing.view.changed.v1', 'signed-in'],
]);

export const streamHeaders = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

interface Stream {
  caller: Caller;
  res: ServerResponse;
}

export interface Streams {
  /** Answers the request with an event stream. Throws TooMany beyond the limit of an account. */
  open(caller: Caller, res: ServerResponse): void;
  /** Tells every stream that may know. */
  tell(event: Pick<Envelope, 'type' | 'subject' | 'sequence'>): void;
  /** Something may have changed that nobody was told: ends the streams of now, one after another, since a browser asks anew as it comes back. */
  missed(): void;
  endKey(key: string): void;
  endAccount(account: string): void;
  count(): number;
  /** Starts heartbeats and the check of rights. */
  start(): void;
  /** Ends every stream. */
  stop(): void;
}

export function streamsOf({ again }: { again: (callers: readonly Caller[]) => Promise<(Caller | null)[]> }): Streams {
  const open = new Set<Stream>();
  const timers: NodeJS.Timeout[] = [];
  const end = (stream: Stream) => {
    open.delete(stream);
    stream.res.end();
  };
  const endWhere = (matches: (caller: Caller) => boolean) => {
    for (const stream of [...open]) if (matches(stream.caller)) end(stream);
  };
  let leaving: Stream[] = [];
  let next: NodeJS.Timeout | undefined;
  const endNext = () => {
    const stream = leaving.shift();
    next = stream && setTimeout(endNext, apart).unref();
    if (stream && open.has(stream)) end(stream);
  };
  const send = (stream: Stream, text: string) => {
    if (stream.res.writableLength > mostUnread) end(stream);
    else stream.res.write(text);
  };
  const check = async () => {
    const looked = [...open];
    const now = await again(looked.map(({ caller }) => caller));
    for (const [n, stream] of looked.entries()) {
      const caller = now[n];
      if (caller) stream.caller = caller;
      else if (open.has(stream)) end(stream);
    }
  };
  /** Counted in looks and not in time: a busy process has not waited for the store. */
  let unanswered = 0;
  let isLooking = false;
  const look = () => {
    unanswered = open.size === 0 ? 0 : unanswered + 1;
    if (unanswered > mostUnanswered) endWhere(() => true);
    if (isLooking || open.size === 0) return;
    isLooking = true;
    const answered = () => {
      unanswered = 0;
    };
    void check()
      .then(answered, () => undefined)
      .finally(() => {
        isLooking = false;
      });
  };
  return {
    open: (caller, res) => {
      const mine = [...open].filter((stream) => stream.caller.identity.account === caller.identity.account);
      if (mine.length >= mostStreams) throw new TooMany('too-many-streams', 'Too many open tabs', { retryAfter: 30 });
      const stream = { caller, res };
      open.add(stream);
      res.once('close', () => open.delete(stream));
      res.writeHead(200, streamHeaders);
      res.write('retry: 2000\n\n');
    },
    tell: ({ type, subject, sequence }) => {
      const event: LiveEvent = { type, id: subject, version: sequence };
      const text = `data: ${JSON.stringify(event)}\n\n`;
      for (const stream of [...open]) if (may(stream.caller, type)) send(stream, text);
    },
    missed: () => {
      leaving = [...open];
      if (next === undefined) endNext();
    },
    endKey: (key) => endWhere((caller) => caller.key === key),
    endAccount: (account) => endWhere(({ identity }) => identity.account === account),
    count: () => open.size,
    start: () => {
      timers.push(setInterval(() => void [...open].map((stream) => send(stream, ': here\n\n')), heartbeat).unref());
      timers.push(setInterval(look, recheck).unref());
    },
    stop: () => {
      for (const timer of timers.splice(0)) clearInterval(timer);
      clearTimeout(next);
      next = undefined;
      endWhere(() => true);
    },
  };
}

function may({ identity }: Caller, type: EventType): boolean {
  const access = rights.get(type);
  if (access === undefined) return false;
  return typeof access === 'string' || access.some((role) => identity.roles.includes(role));
}
