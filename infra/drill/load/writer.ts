import type { Answer, Client, Request } from './client.ts';

/** One write and what its answers mean. The same request may be sent again: all of them can be told apart from a second effect. */
export interface Write {
  /** E.g. `edit a page`. */
  name: string;
  request: Request;
  /** Keeps what was acknowledged. Answers whether this answer is one. */
  acknowledge(answer: Answer): boolean;
  /** Of an answer to the request sent again: whether the first had been carried out already; null when it says neither. */
  hadHappened(answer: Answer, client: Client, sentAgain: Date): Promise<boolean | null>;
}

/** Keeps account of what a portal acknowledged. */
export interface Writer {
  /** Null while everything it may write waits for an answer. */
  next(): Write | null;
  /** A read whose answer is known in advance; null while there is nothing to read. */
  read(): Read | null;
  /** What does not stand as it was acknowledged. Throws when the portal does not answer. */
  wrong(client: Client): Promise<string[]>;
  /** What search must find of this load and nothing else: title and the newest text. */
  findable(): string[];
}

export interface Read {
  name: string;
  request: Request;
  /** `old`: a state from before something that had been acknowledged when the request was sent. */
  judge(answer: Answer): 'good' | 'old' | 'wrong';
}

/** Runs one after the other in so many lanes. */
export async function inLanes<T>(items: readonly T[], lanes: number, run: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const lane = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
