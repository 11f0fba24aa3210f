import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that work is done for, wherever it goes on: through awaits, events, other parts. */
export interface Origin {
  readonly requestId?: string;
  /** W3C Trace Context of the span that the work belongs to. */
  readonly traceparent?: string;
}

/** What came of work so far: shared with the spans inside of it, and not with what other parts do for it. */
export interface SoFar {
  wrote: boolean;
  /** Milliseconds that whoever waits for the work may still be kept waiting; undefined once nobody waits. */
  readonly left?: () => number | undefined;
}

const storage = new AsyncLocalStorage<{ origin: Origin; soFar: SoFar } | null>();

/** Works under way that have an origin. */
let underWay = 0;

/** Null outside of any request. */
export const currentOrigin = (): Origin | null => storage.getStore()?.origin ?? null;

export const currentSoFar = (): SoFar | undefined => storage.getStore()?.soFar;

/** For stores: work of the current origin has written something, or may have. */
export function noteWritten(): void {
  const soFar = currentSoFar();
  if (soFar) soFar.wrote = true;
}

/** Whether what is done for the current origin has written anything: a failure from there on leaves it done in part. */
export const hasWritten = (): boolean => currentSoFar()?.wrote ?? false;

/** What still comes in time, in milliseconds, once whoever waits has waited as long as they may. */
const leastPatience = 1_000;

/**
 * How long one thing may take that is done for the current origin, in milliseconds: `most` when nobody waits. A request asks several
 * of what it needs, one after the other, and each may be slow.
 */
export function patienceWithin(most: number): number {
  const left = currentSoFar()?.left?.();
  return left === undefined ? most : Math.min(most, Math.max(leastPatience, left));
}

/**
 * Runs work for an origin, until what it answers has settled; null for work of nobody, such as a loop that a request only
 * woke. While no work has an origin nothing is kept: on Node 20 the storage slows down every promise of the process.
 */
export function withOrigin<T>(origin: Origin | null, run: () => T, soFar: SoFar = { wrote: false }): T {
  if (origin === null && currentOrigin() === null) return run();
  underWay += 1;
  const leave = () => {
    underWay -= 1;
    if (underWay === 0) storage.disable();
  };
  try {
    const result = storage.run(origin && { origin, soFar }, run);
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
