import type { Caller, Reply } from '../caller.ts';

/** A client that keeps account of what the portal has acknowledged; one write at a time. */
export interface Writer {
  /** One write. Throws Lost when the portal went away before it answered. */
  write(): Promise<void>;
  /** After a restart: what became of the write that got no answer. Throws when it is there in part. */
  settle(): Promise<void>;
  /** Names of what does not stand as it was acknowledged; of everything, or of the newest `last` alone. */
  wrong(last?: number): Promise<string[]>;
  /** Titles and names that search must find, and no others. */
  live(): string[];
  readonly acknowledged: number;
}

/** A word of everything that writers make. */
export const word = 'kestrel';

/** The portal went away before it answered: the write may have happened or not. */
export class Lost extends Error {}

/** A reply of one of the expected statuses. Throws Lost when none came. */
export async function answered(reply: Promise<Reply>, ...statuses: number[]): Promise<Reply> {
  const got = await reply.catch((error: Error) => {
    throw new Lost(error.message);
  });
  if (!statuses.includes(got.status)) throw new Error(`answered ${got.status}: ${JSON.stringify(got.body)}`);
  return got;
}

/** What stands at an address; null when nothing does. */
export async function standing(caller: Caller, path: string): Promise<Reply['body'] | null> {
  const { status, body } = await answered(caller.api('get', path), 200, 404);
  return status === 404 ? null : body;
}

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the keys whose value is not null. */
export function oneOf<T>(known: ReadonlyMap<string, T | null>, random: () => number): [string, T] | null {
  const live = [...known].filter((entry): entry is [string, T] => entry[1] !== null);
  return live[Math.floor(random() * live.length)] ?? null;
}
