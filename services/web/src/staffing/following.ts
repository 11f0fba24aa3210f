import { ChangeAnswer, ChangesSince, type TimelineAnswer } from '@sidekick/contracts';
import type { Query, QueryClient } from '@tanstack/react-query';
import { ApiProblem, ask, type Read, seeHead } from '../api/ask.ts';
import { type ChangeSets, lists } from './held.ts';
import { changesOver, type Delta, recordsOver, timelineOver } from './patch.ts';
import { previewKey } from './preview-key.ts';
import { learnToday } from './today.ts';

/** Milliseconds between two requests during a burst such as an import; the first event of a burst waits `SOON` only. */
const between = 800;
const SOON = 20;
/** Change sets of a history that are kept up; a longer one is read again. */
const mostHistory = 200;

/** The answer of a write. What it tells beside it, and this release does not understand, makes no write fail: it is asked for. */
export const Written = ChangeAnswer.extend({ followed: ChangesSince.optional().catch(undefined) });

/** Keeps what a tab has read of staffing as the log goes on: it asks what came since, and never whole lists because something changed. */
export interface Following {
  /** A live event of the change set of this number. One that is no newer than what is held asks nothing. */
  event(number: number): void;
  /** Asks what came since what is held; where nothing can be brought up, for everything on screen again. */
  catchUp(): Promise<void>;
  /**
   * The stream of live events begins. What was read before it, or is just being read, is brought up; `missed`: it had broken off, and
   * what is not followed is asked again too.
   */
  opened(missed: boolean): void;
  /**
   * Sends a write with what is held (`Ask.follow`), and puts over it what the answer tells. A preview of what has just been saved has
   * nothing to say any more, and is asked again only with `previews`.
   */
  write(send: (follow: string | undefined) => Promise<ChangeAnswer>, previews?: boolean): Promise<ChangeAnswer>;
}

const known = new WeakMap<QueryClient, Following>();
export function followingOf(client: QueryClient): Following {
  const found = known.get(client) ?? makeFollowing(client);
  known.set(client, found);
  return found;
}

type Held = Query<Read<unknown>>;
const dataOf = (query: Held): Read<unknown> => query.state.data as Read<unknown>;
const kindOf = new Map(Object.values(lists).map(({ queryKey, kind }) => [queryKey[1], kind]));
const isFollowed = ({ queryKey: [service, name] }: Pick<Query, 'queryKey'>): boolean =>
  service === 'staffing' && (kindOf.has(name as never) || name === 'timeline' || name === 'changes');

/** Whether it is brought up by what is told. What is to be read anew is not: it was marked as old, or its last read failed. */
const isHeld = (query: Held): boolean => isFollowed(query) && Boolean(query.state.data?.view) && !query.state.isInvalidated;
/** Whether it is asked again when something is told. What is just being read is looked at when it is there. */
const isAskedAgain = (query: Held): boolean => !isFollowed(query) || (!isHeld(query) && query.state.fetchStatus === 'idle');

/** What a query holds, brought up; null where the answer does not tell it. */
function valueOver(query: Held, delta: Delta, asked: Record<string, string | number>): unknown {
  const [, name, limit] = query.queryKey as readonly [string, string, unknown];
  const { value, head } = dataOf(query);
  const kind = kindOf.get(name as never);
  if (kind) return recordsOver(value as { id: string }[], kind, delta);
  if (name === 'changes') {
    const isTold = Number(limit) <= Number(asked['history'] ?? 0);
    return isTold ? changesOver(value as ChangeSets, head, Number(limit), delta) : null;
  }
  const timeline = value as TimelineAnswer;
  const isTold = asked['weeks'] === query.queryKey.slice(2).join('/') && delta.today === timeline.today;
  return isTold && delta.timeline ? timelineOver(timeline, delta.head, delta.timeline) : null;
}

export function makeFollowing(client: QueryClient, now: () => number = () => performance.now()): Following {
  /** The newest change set that was heard of, and the one to which everything else on screen was asked again. */
  let newest = 0;
  let refreshed = 0;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Writes under way: the event of one comes before its answer, which tells the same. */
  let writing = 0;

  /** Reads that began before the stream: what was changed since may have been told to nobody. */
  const early = new Set<Query>();
  let isUnsure = false;

  const held = (): Held[] => (client.getQueryCache().findAll({ queryKey: ['staffing'] }) as Held[]).filter(isHeld);

  /** The timeline on screen: of others that were read, none is kept up. */
  const timelineOf = (queries: readonly Held[]): Held | undefined =>
    queries.find((query) => query.queryKey[1] === 'timeline' && query.isActive());

  function followOf(queries: readonly Held[]): Record<string, string | number> | null {
    const [first] = queries;
    if (!first) return null;
    const timeline = timelineOf(queries);
    const limits = queries.flatMap(({ queryKey: [, name, limit] }) => (name === 'changes' ? [Number(limit)] : []));
    const history = Math.max(0, ...limits.filter((limit) => limit <= mostHistory));
    return {
      after: Math.min(...queries.map((query) => dataOf(query).head)),
      view: dataOf(first).view ?? '',
      ...(timeline ? { weeks: timeline.queryKey.slice(2).join('/') } : {}),
      ...(history > 0 ? { history } : {}),
    };
  }

  /** Asks everything again, as without any of this. */
  const askAgain = async (previews = true): Promise<void> => {
    refreshed = Math.max(refreshed, newest);
    await client.invalidateQueries({ queryKey: ['staffing'], predicate: (query) => previews || !isPreview(query) });
  };

  function take(delta: ChangesSince, asked: Record<string, string | number>): void {
    // A restored database counts anew.
    if (delta.reset) [newest, refreshed] = [delta.head, 0];
    else learnToday(delta.today);
    newest = Math.max(newest, delta.head);
    for (const query of held()) {
      const { head, view } = dataOf(query);
      if (view !== delta.view || delta.reset) old(query);
      else if (head < delta.head && head >= Number(asked['after'])) put(query, delta, asked);
    }
  }

  /** Marks it as old; what is on screen is asked again. */
  const old = (query: Held) => void client.invalidateQueries({ queryKey: query.queryKey, exact: true });

  function put(query: Held, delta: Delta, asked: Record<string, string | number>): void {
    const value = valueOver(query, delta, asked);
    if (value === null) old(query);
    else client.setQueryData(query.queryKey, { value, head: delta.head, view: delta.view });
  }

  /** Everything on screen that was not brought up is asked again, once what a save closes has closed. */
  function refreshOthers(previews: boolean): void {
    refreshed = Math.max(refreshed, newest);
    const others = { queryKey: ['staffing'], predicate: (query: Query) => isAskedAgain(query as Held) && (previews || !isPreview(query)) };
    void client.invalidateQueries({ ...others, refetchType: 'none' });
    setTimeout(() => void client.refetchQueries({ ...others, type: 'active', stale: true }), 0);
  }

  /** What was not brought up is asked again where anything came, was heard of before, or `others`. */
  async function askSince(others: boolean): Promise<void> {
    const asked = followOf(held());
    const isHeardOf = newest > refreshed;
    isUnsure = false;
    if (!asked) return askAgain();
    let delta: ChangesSince;
    try {
      delta = await ask(ChangesSince, '/changes', { query: asked });
      take(delta, asked);
    } catch {
      // A part of an older release does not know the question; whatever else is wrong, the screens tell it when they ask themselves.
      return askAgain();
    }
    if (others || isHeardOf || delta.reset || delta.head > Number(asked['after'])) refreshOthers(true);
    else refreshed = Math.max(refreshed, newest);
  }

  const isBehind = () => isUnsure || newest > refreshed || held().some((query) => dataOf(query).head < newest);

  let asking: Promise<void> | undefined;
  /** One question at a time; who asks meanwhile hears the same answer. */
  function askOnce(others: boolean): Promise<void> {
    asking ??= askSince(others).finally(() => {
      asking = undefined;
      if (isBehind()) soon();
    });
    return asking;
  }
  function flush(): void {
    timer = undefined;
    if (writing > 0 || asking || !isBehind()) return;
    last = now();
    void askOnce(false);
  }
  async function catchUp(): Promise<void> {
    await asking;
    await askOnce(true);
  }
  const soon = () => {
    if (timer === undefined) timer = setTimeout(flush, Math.max(SOON, last + between - now()));
  };

  // What was read anew may be older than what was heard of meanwhile, or could be heard.
  client.getQueryCache().subscribe(({ type, query }) => {
    const isEnded = type === 'removed' || (type === 'updated' && query.state.fetchStatus === 'idle');
    if (isEnded && early.delete(query) && early.size === 0) {
      isUnsure = held().length > 0;
      if (isUnsure) soon();
    }
    if (type !== 'updated' || !isFollowed(query) || query.state.fetchStatus !== 'idle') return;
    const data = query.state.data as Read<unknown> | undefined;
    if (data?.view && !query.state.isInvalidated && data.head < newest) soon();
  });

  return {
    event(number) {
      seeHead(number);
      newest = Math.max(newest, number);
      if (isBehind()) soon();
    },
    catchUp,
    opened(missed) {
      const reading = client.getQueryCache().findAll({ queryKey: ['staffing'], fetchStatus: 'fetching' });
      for (const query of reading) if (isFollowed(query)) early.add(query);
      if (missed) return void catchUp();
      isUnsure = held().length > 0;
      if (isUnsure) soon();
    },
    async write(send, previews = false) {
      writing += 1;
      let asked = followOf(held());
      try {
        const follow = asked ? new URLSearchParams(asked as Record<string, string>).toString() : undefined;
        const answer = await send(follow).catch((error: unknown) => {
          // Of a part of the release before, which has not written then: it knows no days.
          if (!(error instanceof ApiProblem && error.code === 'invalid-follow')) throw error;
          asked = null;
          return send(undefined);
        });
        newest = Math.max(newest, answer.number);
        if (!asked || !answer.followed) await askAgain(previews);
        else {
          take(answer.followed, asked);
          refreshOthers(previews);
        }
        return answer;
      } finally {
        writing -= 1;
        if (writing === 0 && isBehind()) soon();
      }
    },
  };
}

const isPreview = ({ queryKey }: Pick<Query, 'queryKey'>): boolean => queryKey[1] === previewKey[1];
