import { LiveEvent } from '@sidekick/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { setLive } from './is-live.ts';

/** Milliseconds between two refetches during a burst such as an import; the first event of a burst waits `soon` only. */
const between = 800;
const soon = 20;

/** Milliseconds before a stream that was refused is asked for again, and as many at random on top: tabs do not come all at once. */
const refusedPause = 5_000;

/** The query keys that an event makes stale; what is read of staffing is followed instead. */
function staleKeys(type: string): string[][] {
  const [service = '', entity = ''] = type.split('.');
  if (service === 'content') return [['content'], ['search']];
  if (service === 'staffing') return entity === 'person' || entity === 'project' ? [['search']] : [];
  return [[service]];
}

/** Collects stale keys and refetches them together, at most once in `between` ms. */
export function makeRefetcher(client: QueryClient, now: () => number = () => performance.now()) {
  const waiting = new Map<string, string[]>();
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    last = now();
    const keys = [...waiting.values()];
    waiting.clear();
    for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  };
  return {
    event(type: string) {
      for (const key of staleKeys(type)) waiting.set(key.join(), key);
      if (waiting.size > 0) timer ??= setTimeout(flush, Math.max(soon, last + between - now()));
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** Whoever brings up what was read of staffing. */
interface Follower {
  /** Something was changed by the change set of this number. */
  event(number: number): void;
  /** `missed`: what happened before may not have been told. */
  opened(missed: boolean): void;
}

/**
 * Keeps what is on screen fresh while `on`: tells `follower` of staffing and refetches the rest on each live event, closes the stream
 * of a hidden tab and refetches everything when the tab shows again or the stream was lost, since the portal replays nothing. A browser
 * comes back by itself to a stream that broke off, and not to one that was refused, as where a part is just replaced.
 */
export function useLive(on: boolean, follower: Follower): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!on || typeof EventSource === 'undefined') return;
    const refetcher = makeRefetcher(client);
    let source: EventSource | undefined;
    let missed = false;
    let isFirst = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource('/api/v1/events');
      source.onopen = () => {
        setLive(true);
        // What was read before the first stream, or is just being read, may have changed since and been told to nobody.
        if (missed) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'staffing' });
        else if (isFirst) void client.invalidateQueries({ queryKey: ['content'] });
        isFirst = false;
        follower.opened(missed);
        missed = false;
      };
      source.onerror = () => {
        setLive(false);
        missed = true;
        if (source?.readyState !== EventSource.CLOSED) return;
        close();
        again = setTimeout(open, refusedPause * (1 + Math.random()));
      };
      source.onmessage = ({ data }) => {
        const event = LiveEvent.safeParse(parse(data));
        if (!event.success) return;
        if (event.data.type.startsWith('staffing.')) follower.event(event.data.version);
        refetcher.event(event.data.type);
      };
    };
    const close = () => {
      clearTimeout(again);
      source?.close();
      source = undefined;
      setLive(false);
      missed = true;
    };
    const shown = () => {
      if (document.hidden) return close();
      clearTimeout(again);
      if (source === undefined) open();
    };
    if (!document.hidden) open();
    document.addEventListener('visibilitychange', shown);
    return () => {
      document.removeEventListener('visibilitychange', shown);
      refetcher.stop();
      close();
    };
  }, [client, on, follower]);
}

function parse(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
