import { type Client, type ClientOptions, clientOf, kindOf, listed } from './load/client.ts';
import { pageWriter } from './load/pages.ts';
import { staffingWriter } from './load/staffing.ts';
import type { Write, Writer } from './load/writer.ts';

export interface LoadOptions extends ClientOptions {
  /** Requests a second, half of them writes; 100 by default. Sent on time whether others are answered or not. */
  perSecond?: number;
}

export interface Counts {
  sent: number;
  /** Requests without a good answer, by kind; nothing of them was sent again before it was counted. */
  failed: Record<string, number>;
  writes: {
    acknowledged: number;
    /** Unanswered writes asked for again later: what they turned out to be, and those still open. */
    hadHappened: number;
    happenedNow: number;
    open: number;
  };
  /** Reads that answered a state from before an acknowledged write. */
  old: number;
  /** Not sent since too many were under way. */
  skipped: number;
  /** Milliseconds of good answers. */
  p50: number;
  p95: number;
  slowest: number;
}

export interface Load {
  counts(): Counts;
  /** Requests without a good answer so far. */
  failures(): number;
  /** Sends no more and waits for what is under way. */
  stop(): Promise<void>;
  /** Asks again for every write without an answer, until each is known or the seconds are over (60). */
  settle(seconds?: number): Promise<void>;
  /** After `stop` and `settle`: what was acknowledged and does not stand, and how search differs once it has had `seconds` (60). */
  verify(seconds?: number): Promise<string[]>;
  close(): void;
}

const mostUnderWay = 400;

/** Loads a portal with reads and writes and keeps account of every write that it acknowledged. */
export function startLoad({ perSecond = 100, ...options }: LoadOptions): Load {
  const client = clientOf(options);
  const word = `kestrel${letters()}`;
  const writers = [pageWriter(word, Math.random), staffingWriter(word, Math.random)] as const;
  const tally = newTally();
  const open = new Set<Write>();
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let turn = 0;

  const one = async (): Promise<void> => {
    turn += 1;
    if (turn % 2 === 0) await writeOnce(client, tally, (turn % 4 === 0 ? writers[0] : writers[1]).next(), open);
    else await readOnce(client, tally, word, writers, turn);
  };
  let due = 0;
  const timer = setInterval(() => {
    const wanted = Math.floor(((performance.now() - began) / 1000) * perSecond);
    for (; due < wanted; due += 1) {
      if (underWay.size >= mostUnderWay) {
        tally.skipped += 1;
        continue;
      }
      const request: Promise<void> = one().finally(() => underWay.delete(request));
      underWay.add(request);
    }
  }, 5);
  // Writes without an answer are settled while the load goes on, as a client would.
  const settler = setInterval(() => void settleOnce(client, tally, open), 3_000);

  return {
    counts: () => countsOf(tally, open),
    failures: () => [...tally.failed.values()].reduce((sum, count) => sum + count, 0),
    async stop() {
      clearInterval(timer);
      clearInterval(settler);
      await Promise.all(underWay);
    },
    settle: (seconds = 60) => patiently(seconds, () => settleOnce(client, tally, open).then(() => open.size === 0)),
    async verify(seconds = 60) {
      const wrong = [...open].map(({ name }) => `${name}: still unknown whether it happened`);
      for (const writer of writers) wrong.push(...(await writer.wrong(client)));
      return [...wrong, ...(await searchDiffers(client, word, writers, seconds))];
    },
    close: () => client.close(),
  };
}

interface Tally {
  sent: number;
  failed: Map<string, number>;
  acknowledged: number;
  hadHappened: number;
  happenedNow: number;
  old: number;
  skipped: number;
  times: number[];
}
const newTally = (): Tally => ({
  sent: 0,
  failed: new Map(),
  acknowledged: 0,
  hadHappened: 0,
  happenedNow: 0,
  old: 0,
  skipped: 0,
  times: [],
});
const fail = ({ failed }: Tally, kind: string) => failed.set(kind, (failed.get(kind) ?? 0) + 1);

async function writeOnce(client: Client, tally: Tally, write: Write, open: Set<Write>): Promise<void> {
  tally.sent += 1;
  const sent = performance.now();
  const answer = await client.send(write.request).catch((error: Error) => error);
  if (!(answer instanceof Error) && write.acknowledge(answer)) {
    tally.acknowledged += 1;
    tally.times.push(performance.now() - sent);
    return;
  }
  fail(tally, kindOf(write.name, answer));
  open.add(write);
}

async function readOnce(client: Client, tally: Tally, word: string, [pages, staffing]: readonly Writer[], turn: number): Promise<void> {
  const search = {
    name: 'search',
    request: { method: 'GET', path: `/search?q=${word}&exact=true&limit=20` },
    judge: ({ status }: { status: number }) => (status === 200 ? 'good' : 'wrong'),
  } as const;
  const read = (turn % 8 === 7 ? staffing?.read() : turn % 8 === 3 ? null : pages?.read()) ?? search;
  tally.sent += 1;
  const sent = performance.now();
  const answer = await client.send(read.request).catch((error: Error) => error);
  const judged = answer instanceof Error ? 'wrong' : read.judge(answer);
  if (judged === 'wrong') return void fail(tally, kindOf(read.name, answer));
  if (judged === 'old') tally.old += 1;
  tally.times.push(performance.now() - sent);
}

const settling = new WeakSet<Write>();

/** Sends what had no answer once more; what has none again stays open. */
async function settleOnce(client: Client, tally: Tally, open: Set<Write>): Promise<void> {
  for (const write of [...open].filter((each) => !settling.has(each))) {
    settling.add(write);
    try {
      const sentAgain = new Date();
      const answer = await client.send(write.request);
      const had = await write.hadHappened(answer, client, sentAgain);
      if (had === null || !write.acknowledge(answer)) continue;
      open.delete(write);
      tally.acknowledged += 1;
      if (had) tally.hadHappened += 1;
      else tally.happenedNow += 1;
    } catch {
      // Still away; asked again in the next round.
    } finally {
      settling.delete(write);
    }
  }
}

async function searchDiffers(client: Client, word: string, writers: readonly Writer[], seconds: number): Promise<string[]> {
  const wanted = new Set(writers.flatMap((writer) => writer.findable()));
  let differs: string[] = [];
  await patiently(seconds, async () => {
    const found = await listed(client, `/search?q=${word}&exact=true`).then(
      (hits) => hits.map(textOf),
      (error: Error) => [error.message],
    );
    const extra = found.filter((text) => !wanted.has(text)).map((text) => `search finds "${text}" as well`);
    const there = new Set(found);
    differs = [...extra, ...[...wanted].filter((text) => !there.has(text)).map((text) => `search does not find "${text}"`)];
    return differs.length === 0;
  });
  return differs;
}

/** Title of a hit; of a page with the number in its text. */
function textOf({ type, title, snippet }: { type: string; title: { text: string }[]; snippet: { text: string }[] }): string {
  const words = (parts: { text: string }[]) => parts.map(({ text }) => text).join('');
  return type === 'section' ? `${words(title)}: ${/stand \d+/.exec(words(snippet))?.[0]}` : words(title);
}

function countsOf(tally: Tally, open: ReadonlySet<Write>): Counts {
  const times = tally.times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  const { sent, acknowledged, hadHappened, happenedNow, old, skipped } = tally;
  const writes = { acknowledged, hadHappened, happenedNow, open: open.size };
  return { sent, failed: Object.fromEntries(tally.failed), writes, old, skipped, p50: at(0.5), p95: at(0.95), slowest: at(1) };
}

/** Tries every second until it is done or the seconds are over. */
async function patiently(seconds: number, done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await done()) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 1_000));
}

/** A word that no other load has, of letters alone, which every tokenizer keeps whole; it ends in a consonant that stemming leaves. */
const letters = (): string => `${Array.from({ length: 6 }, () => 'bcdfghjklmnp'[Math.floor(Math.random() * 12)]).join('')}x`;
