import { currentOrigin, currentSoFar, withOrigin } from './origin.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanStart {
  kind: 'server' | 'client' | 'producer' | 'consumer';
  /** Traceparent of the span above; a span without one begins a trace. */
  parent?: string | undefined;
  attributes?: Attributes;
}

export interface Span {
  /** Names this span to whatever goes on below it, also in other processes. */
  readonly traceparent: string;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** With an error the span is marked as failed. */
  end(error?: unknown): void;
}

export interface Tracer {
  start(name: string, start: SpanStart): Span;
}

let current: Tracer | null = null;

/** Null while nobody collects traces. One a process: a span that one part left out would tear the trace. */
export const tracer = (): Tracer | null => current;

export function useTracer(next: Tracer | null): void {
  current = next;
}

/** Runs work inside a span below the current one, or below `start.parent`; just runs it while nobody collects traces. */
export async function inSpan<T>(name: string, start: SpanStart, run: () => Promise<T>): Promise<T> {
  if (!current) return run();
  const origin = currentOrigin();
  const span = current.start(name, { ...start, parent: start.parent ?? origin?.traceparent });
  try {
    const result = await withOrigin({ ...origin, traceparent: span.traceparent }, run, currentSoFar());
    span.end();
    return result;
  } catch (error) {
    span.end(error);
    throw error;
  }
}
