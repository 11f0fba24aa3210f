import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that work is done for, wherever it goes on: through awaits, events, other parts. */
export interface Origin {
  readonly requestId?: string;
  /** W3C Trace Context of the span that the work belongs to. */
  readonly traceparent?: string;
}

const storage = new AsyncLocalStorage<Origin | null>();

/** Works under way that have an origin. */
let underWay = 0;

/** Null outside of any request. */
export const currentOrigin = (): Origin | null => storage.getStore() ?? null;

/**
 * Runs work for an origin, until what it answers has settled; null for work of nobody, such as a loop that a request only
 * woke. While no work has an origin nothing is kept: on Node 20 the storage slows down every promise of the process.
 */
export function withOrigin<T>(origin: Origin | null, run: () => T): T {
  if (origin === null && currentOrigin() === null) return run();
  underWay += 1;
  const leave = () => {
    underWay -= 1;
    if (underWay === 0) storage.disable();
  };
  try {
    const result = storage.run(origin, run);
    if (result instanceof Promise) result.then(leave, leave);
    else leave();
    return result;
  } catch (error) {
    leave();
    throw error;
  }
}

const pattern = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** A traceparent as version 00 of W3C Trace Context writes it; undefined for anything else. */
export const traceparentOf = (header: unknown): string | undefined =>
  typeof header === 'string' && pattern.test(header) ? header : undefined;

/** The trace that a traceparent belongs to: what log lines are found by from a trace. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
