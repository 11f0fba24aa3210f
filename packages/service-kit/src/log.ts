import { currentOrigin, traceIdOf } from '@sidekick/tracing';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/** Structured log, one JSON object a line; what is written for a request, also behind an event, carries its id. Names, mail addresses and secrets are never logged; headers that carry them are blanked. */
export function createLog(options: { level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    mixin: origin,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.password', '*.secret', '*.token', '*.headers.cookie', '*.headers.authorization'],
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

function origin(): { requestId?: string; traceId?: string } {
  const { requestId, traceparent } = currentOrigin() ?? {};
  return { ...(requestId && { requestId }), ...(traceparent && { traceId: traceIdOf(traceparent) }) };
}
