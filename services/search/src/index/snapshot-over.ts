import type { Envelope } from '@sidekick/contracts';
import { parseOnReceipt, UnknownEventType } from '@sidekick/contracts';
import { identityHeader, type SignIdentity } from '@sidekick/service-kit';
import { z } from 'zod';
import type { Source } from '../engine/engine.ts';
import type { Snapshot } from './rebuild.ts';

export interface SnapshotSource {
  source: Source;
  /** Addresses of the owner; each reading begins with another one. */
  urls: readonly string[];
  /** Of its snapshot, e.g. `/pages/snapshot`. */
  path: string;
  sign: SignIdentity;
  /** Milliseconds without a byte after which the owner counts as gone; 30 s by default. */
  patience?: number;
}

/** Who this service is to the owners: it may read their snapshots. */
const search = { account: '00000000000000000000SEARCH', name: 'Search', roles: ['ops' as const], person: null };

/** The last line of every snapshot: without it the stream broke off. */
const End = z.strictObject({ end: z.number().int() });

/** An owner's snapshot over HTTP, one event a line, read no faster than it is used. */
export function snapshotOver({ source, urls, path, sign, patience = 30_000 }: SnapshotSource): Snapshot {
  let turn = -1;
  return {
    source,
    async *read(signal) {
      turn = (turn + 1) % urls.length;
      const inTurn = [...urls.slice(turn), ...urls.slice(0, turn)];
      const watch = watchdog(patience, signal);
      try {
        const body = await firstAnswer(inTurn, path, await sign(search), watch.signal);
        yield* statesOf(body, path, watch);
      } finally {
        watch.end();
      }
    },
  };
}

async function* statesOf(body: AsyncIterable<Uint8Array>, path: string, watch: Watchdog): AsyncIterable<Envelope> {
  let count = 0;
  for await (const line of linesOf(body, watch)) {
    const parsed = JSON.parse(line) as unknown;
    const end = End.safeParse(parsed);
    if (end.success) {
      if (end.data.end !== count) throw new Error(`${path} held ${count} of ${end.data.end} states`);
      return;
    }
    const state = known(parsed);
    if (state) yield state;
    count += 1;
  }
  throw new Error(`${path} broke off after ${count} states`);
}

/** Null for the state of what only a newer release of the owner has: nothing of it is searched here. */
function known(state: unknown): Envelope | null {
  try {
    return parseOnReceipt(state);
  } catch (error) {
    if (error instanceof UnknownEventType) return null;
    throw error;
  }
}

async function* linesOf(body: AsyncIterable<Uint8Array>, watch: Watchdog): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  watch.wait();
  for await (const bytes of body) {
    // The owner waits while what came is used: that time is not its own.
    watch.pause();
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    watch.wait();
  }
}

async function firstAnswer(urls: readonly string[], path: string, signed: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  let failure: unknown;
  for (const url of urls) {
    try {
      const response = await fetch(url + path, { headers: { [identityHeader]: signed }, signal });
      if (response.ok && response.body) return response.body as unknown as AsyncIterable<Uint8Array>;
      await response.body?.cancel();
      failure = new Error(`${url}${path} answered ${response.status}`);
    } catch (error) {
      signal.throwIfAborted();
      failure = new Error(`${url} does not answer`, { cause: error });
    }
  }
  throw failure;
}

interface Watchdog {
  /** Ends what takes too long, and what is told to end. */
  readonly signal: AbortSignal;
  wait(): void;
  pause(): void;
  end(): void;
}

function watchdog(patience: number, outer: AbortSignal): Watchdog {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const pause = () => clearTimeout(timer);
  const wait = () => {
    pause();
    timer = setTimeout(() => late.abort(new Error(`no byte within ${patience / 1000} s`)), patience);
    timer.unref();
  };
  wait();
  return { signal: AbortSignal.any([late.signal, outer]), wait, pause, end: pause };
}
