import { hash } from 'node:crypto';
import type { MakeLimiter } from '@sidekick/cache';
import { CalendarView, type FeedScope } from '@sidekick/contracts';
import { type Answer, NotFound, type SignIdentity, TooMany, Unavailable } from '@sidekick/service-kit';
import { LRUCache } from 'lru-cache';
import type { Forward } from '../forward/forward.ts';
import type { Identities } from '../sessions/identities.ts';
import { placeOf } from '../sessions/visitor.ts';
import type { Feed, Feeds } from './feeds.ts';
import { icsOf } from './ics.ts';
import { calendarOf } from './words.ts';

/** How often one address of a feed answers, and how often one place on the net may ask for what is none. */
export const feedLimits = { fetched: { points: 600, seconds: 600 }, missed: { points: 60, seconds: 600 } } as const;
/** Milliseconds for which a signed identity (60 s) is used again. */
const keep = 30_000;

export interface ServeDeps {
  feeds: Feeds;
  identities: Pick<Identities, 'of'>;
  sign: SignIdentity;
  forward: Forward;
  makeLimiter: MakeLimiter;
}

/** Who asks for a feed, as far as it counts. */
export interface Fetching {
  secret: string;
  address: string;
  requestId: string;
  /** Whether demo personas count for this request. */
  demo: boolean;
}

const nothing = () => new NotFound('no-feed', 'There is no calendar at this address: it may have been renewed or ended');

/** Answers a feed by its address alone. Throws NotFound once the feed, its account, what it shows or the right to see it is gone. */
export function serveFeedsOf({ feeds, identities, sign, forward, makeLimiter }: ServeDeps) {
  const fetched = makeLimiter({ name: 'feed-fetched', ...feedLimits.fetched });
  const missed = makeLimiter({ name: 'feed-missed', ...feedLimits.missed });
  const signed = new LRUCache<string, string>({ max: 5_000, ttl: keep, ttlResolution: 0, perf: { now: () => Date.now() } });
  /** Of the account, with no role and as nobody of staffing: what is for managers or for one person, no feed can ask for. */
  const signedFor = async (account: string): Promise<string> => {
    const made = signed.get(account) ?? (await sign({ account, name: 'Calendar feed', roles: [], person: null }));
    signed.set(account, made);
    return made;
  };
  const standing = async ({ secret, demo }: Fetching): Promise<Feed | null> => {
    const feed = await feeds.find(secret);
    const who = feed && (await identities.of(feed._id, feed.account));
    if (!feed || !who || (who.sample && !demo)) return null;
    return stands(feed, who.identity.person) ? feed : null;
  };
  const read = async (scope: FeedScope, subject: string | null, account: string, requestId: string): Promise<CalendarView | null> => {
    const { status, body } = await forward.ask('staffing', { path: pathOf(scope, subject), signed: await signedFor(account), requestId });
    if (status === 404) return null;
    if (status !== 200) throw new Unavailable('part-away', 'Staffing does not answer', { retryAfter: 30 });
    return CalendarView.parse(JSON.parse(body));
  };
  return {
    /** Whether there is something to show. */
    isThere: async (scope: FeedScope, subject: string | null, account: string, requestId: string): Promise<boolean> =>
      (await read(scope, subject, account, requestId)) !== null,
    async answer(fetching: Fetching): Promise<Answer> {
      const feed = await standing(fetching);
      const view = feed && (await withinLimit(fetched, feed._id, () => read(feed.scope, feed.subject, feed.account, fetching.requestId)));
      if (!feed || !view) {
        await withinLimit(missed, placeOf(fetching.address), async () => null);
        throw nothing();
      }
      feeds.fetched(feed);
      const body = icsOf(calendarOf(feed.scope, view));
      return { status: 200, body, headers: { ...headers, etag: `"${hash('sha256', body, 'base64url').slice(0, 27)}"` } };
    },
  };
}
export type ServeFeeds = ReturnType<typeof serveFeedsOf>;

/** Whether the account of a feed is still who it is about. */
export const stands = ({ scope, subject }: Feed, person: string | null): boolean => scope !== 'person' || subject === person;

const headers = {
  'content-type': 'text/calendar; charset=utf-8',
  'cache-control': 'private, no-cache',
  'content-disposition': 'inline; filename="sidekick.ics"',
};

const pathOf = (scope: FeedScope, subject: string | null): string =>
  scope === 'absences' ? '/calendars/absences' : `/calendars/${scope === 'person' ? 'people' : 'projects'}/${subject}`;

async function withinLimit<T>(limiter: ReturnType<MakeLimiter>, key: string, work: () => Promise<T>): Promise<T> {
  const { waitSeconds } = await limiter.take(key);
  if (waitSeconds > 0) throw new TooMany('too-many-fetches', 'This is asked for too often', { retryAfter: Math.ceil(waitSeconds) });
  return work();
}
