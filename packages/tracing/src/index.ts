export { currentOrigin, type Origin, traceIdOf, traceparentOf, withOrigin } from './origin.ts';
export { startTracing, type TracingOptions } from './otel.ts';
export { type Attributes, inSpan, type Span, type SpanStart, type Tracer, tracer } from './tracer.ts';
