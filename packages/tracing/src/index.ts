export { currentOrigin, hasWritten, noteWritten, type Origin, patienceWithin, traceIdOf, traceparentOf, withOrigin } from './origin.ts';
export { startTracing } from './otel.ts';
export { inSpan, type Span, tracer } from './tracer.ts';
