import { setTimeout as pause } from 'node:timers/promises';
import { type Client, type ClientOptions, clientOf, listed, steady } from './load/client.ts';
import { pageWriter } from './load/pages.ts';
import { staffingWriter } from './load/staffing.ts';
import { type Counts, countsOf, fail, good, newTally, type Tally, waited } from './load/tally.ts';
import type { Write, Writer } from './load/writer.ts';

export type { Counts, Failure } from './load/tally.ts';

export interface LoadOptions extends ClientOptions {
  /** Requests a second, half of them writes; 100 by default. Sent on time whether others are answered or not. */
  perSecond?: number;
  /** Requests under way at most, 400 by default; one that would be more is not sent. With a few a load fits whatever machine carries it. */
  atOnce?: number;
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

/** Loads a portal with reads and writes and keeps account of every write that it acknowledged. */
export function startLoad({ perSecond = 100, atOnce = 400, ...options }: LoadOptions): Load {
  const tally = newTally();
  const client = timed(clientOf(options), tally);
  const word = `kestrel${letters()}`;
  const writers = [pageWriter(word, Math.random), staffingWriter(word, Math.random)] as const;
  const open = new Set<Write>();
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let turn = 0;
  let mostAtOnce = 0;

  const one = async (): Promise<void> => {
    turn += 1;
    if (turn % 2 === 1) return readOnce(client, tally, word, writers, turn);
    const write = (turn % 4 === 0 ? null : writers[1].next()) ?? writers[0].next() ?? writers[1].next();
    if (write) await writeOnce(client, tally, write, open);
    else tally.skipped += 1;
  };
  let due = 0;
  const timer = setInterval(() => {
    const wanted = Math.floor(((performance.now() - began) / 1000) * perSecond);
    for (; due < wanted; due += 1) {
      if (underWay.size >= atOnce) {
        tally.skipped += 1;
        continue;
      }
      const request: Promise<void> = one().finally(() => underWay.delete(request));
      underWay.add(request);
      mostAtOnce = Math.max(mostAtOnce, underWay.size);
    }
  }, 5);
  // Writes without an answer are settled while the load goes on, as a client would.
  const settleNow = settlerOf(client, tally, open);
  const settler = setInterval(() => void settleNow(), 3_000);

  return {
    counts() {
      const counts = countsOf(tally, open, mostAtOnce);
      mostAtOnce = underWay.size;
      return counts;
    },
    failures: () => [...tally.failed.values()].reduce((sum, count) => sum + count, 0),
    async stop() {
      clearInterval(timer);
      clearInterval(settler);
      await Promise.all(underWay);
    },
    settle: (seconds = 60) => patiently(seconds, () => settleNow().then(() => open.size === 0)),
    async verify(seconds = 60) {
      const wrong = [...open].map(({ name }) => `${name}: still unknown whether it happened`);
      for (const writer of writers) wrong.push(...(await writer.wrong(steady(client))));
      return [...wrong, ...(await searchDiffers(client, word, writers, seconds))];
    },
    close: () => client.close(),
  };
}

/** Every request counts, those that ask again as well. */
function timed({ send, close }: Client, tally: Tally): Client {
  return {
    close,
    send(request) {
      const began = performance.now();
      return send(request).finally(() => waited(tally, performance.now() - began));
    },
  };
}

async function writeOnce(client: Client, tally: Tally, write: Write, open: Set<Write>): Promise<void> {
  tally.sent += 1;
  const [began, sent] = [performance.now(), Date.now()];
  const answer = await client.send(write.request).catch((error: Error) => error);
  if (!(answer instanceof Error) && write.acknowledge(answer)) {
    tally.acknowledged += 1;
    good(tally, performance.now() - began);
    return;
  }
  fail(tally, write.name, answer, sent);
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
  const [began, sent] = [performance.now(), Date.now()];
  const answer = await client.send(read.request).catch((error: Error) => error);
  const judged = answer instanceof Error ? 'wrong' : read.judge(answer);
  if (judged === 'wrong') return void fail(tally, read.name, answer, sent);
  if (judged === 'old') tally.old += 1;
  good(tally, performance.now() - began);
}

/** Sends what had no answer once more; what has none again stays open. One round at a time. */
function settlerOf(client: Client, tally: Tally, open: Set<Write>): () => Promise<void> {
  let round: Promise<void> | null = null;
  return () => {
    round ??= settleOnce(client, tally, open).finally(() => {
      round = null;
    });
    return round;
  };
}

async function settleOnce(client: Client, tally: Tally, open: Set<Write>): Promise<void> {
  for (const write of [...open]) {
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

/** Tries every second until it is done or the seconds are over. */
async function patiently(seconds: number, done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await done()) && performance.now() < end) await pause(1_000);
}

/** A word that no other load has, of letters alone, which every tokenizer keeps whole; it ends in a consonant that stemming leaves. */
const letters = (): string => `${Array.from({ length: 6 }, () => 'bcdfghjklmnp'[Math.floor(Math.random() * 12)]).join('')}x`;
