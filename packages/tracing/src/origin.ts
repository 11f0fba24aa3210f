import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that work is done for, wherever it goes on: through awaits, events, other parts. */
export interface Origin {
  readonly requestId?: string;
  /** W3C Trace Context of the span that the work belongs to. */
  readonly traceparent?: string;
}

const storage = new AsyncLocalStorage<Origin | null>();

/** Null outside of any request. */
export const currentOrigin = (): Origin | null => storage.getStore() ?? null;

/** Runs work, and all that it starts, for an origin; null for work of nobody, such as a loop that a request only woke. */
export const withOrigin = <T>(origin: Origin | null, run: () => T): T => storage.run(origin, run);

const pattern = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** A traceparent as version 00 of W3C Trace Context writes it; undefined for anything else. */
export const traceparentOf = (header: unknown): string | undefined =>
  typeof header === 'string' && pattern.test(header) ? header : undefined;

/** The trace that a traceparent belongs to: what log lines are found by from a trace. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
