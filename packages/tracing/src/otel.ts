import type * as OpenTelemetry from '@opentelemetry/api';
import type { Context, Span as OtelSpan, Tracer as OtelTracer, SpanContext } from '@opentelemetry/api';
import { type Span, type Tracer, useTracer } from './tracer.ts';

export interface TracingOptions {
  /** `service.name` of every span of this process. */
  service: string;
  version: string;
  /** Base address of a collector that takes OTLP over HTTP, e.g. `http://collector:4318`; spans go to `/v1/traces` below it. */
  endpoint: string;
  /** Told of spans that could not be delivered, at most once a minute. */
  warn?: (reason: string) => void;
}

/**
 * Begins to collect traces. OpenTelemetry is loaded here and nowhere else, so that a process without a collector pays
 * nothing. `stop` sends what is left, waiting at most a few seconds for the collector.
 */
export async function startTracing({ service, version, endpoint, warn = () => {} }: TracingOptions): Promise<{ stop(): Promise<void> }> {
  const [api, { BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  api.diag.setLogger(telling(warn), { logLevel: api.DiagLogLevel.ERROR, suppressOverrideMessage: true });
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 3_000 });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'sidekick', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000, exportTimeoutMillis: 4_000 })],
  });
  useTracer(tracerOver(api, provider.getTracer('sidekick')));
  return {
    async stop() {
      useTracer(null);
      await provider.shutdown().catch((error: unknown) => warn(error instanceof Error ? error.message : String(error)));
      api.diag.disable();
    },
  };
}

type Api = typeof OpenTelemetry;

function tracerOver({ ROOT_CONTEXT, SpanKind, SpanStatusCode, trace }: Api, tracer: OtelTracer): Tracer {
  const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };
  const below = (traceparent: string | undefined): Context =>
    traceparent ? trace.setSpanContext(ROOT_CONTEXT, contextOf(traceparent)) : ROOT_CONTEXT;
  return {
    start(name, { kind, parent, attributes = {} }) {
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes: { ...attributes } }, below(parent));
      return spanOver(span, SpanStatusCode.ERROR);
    },
  };
}

function spanOver(span: OtelSpan, failed: number): Span {
  return {
    traceparent: textOf(span.spanContext()),
    rename: (name) => void span.updateName(name),
    set: (attributes) => void span.setAttributes({ ...attributes }),
    end(error) {
      // The kind of error alone: messages may hold words of users.
      if (error !== undefined) span.setStatus({ code: failed, message: error instanceof Error ? error.name : 'failed' });
      span.end();
    },
  };
}

function contextOf(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

const textOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

const silence = 60_000;

/** What OpenTelemetry says of itself, errors alone. */
function telling(warn: (reason: string) => void) {
  let saidAt = 0;
  const say = (message: unknown) => {
    if (Date.now() - saidAt < silence) return;
    saidAt = Date.now();
    warn(String(message).slice(0, 500));
  };
  const nothing = () => {};
  return { error: say, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
}
