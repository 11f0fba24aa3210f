import { type Envelope, misfitOf, parseOnReceipt, type QueueName, UnknownEventType } from '@sidekick/contracts';
import { inSpan, type Origin, traceparentOf, tracer, withOrigin } from '@sidekick/tracing';
import { type Bus, type Handler, Unprocessable } from './bus.ts';

/** What both sides tell of: for logs and metrics. Never holds the event's data. */
export interface BusNotice {
  what: 'retried' | 'dead' | 'returned' | 'trouble' | 'passed over';
  queue?: QueueName;
  type?: string;
  id?: string;
  reason: string;
}
export type Notify = (notice: BusNotice) => void;

/** What becomes of an event after a try. `attempts` counts the failed tries, this one included. */
export type Outcome = { do: 'done' } | { do: 'pass over' } | Failure;
/** `origin` is the request that made the event; null where the event does not say. */
type Failure = { attempts: number; origin: Origin | null } & ({ do: 'retry'; delay: number } | { do: 'dead'; reason: string });

interface Delivered {
  queue: QueueName;
  handler: Handler;
  /** Pauses before the next try, in milliseconds. */
  delays: readonly number[];
  notify: Notify;
}

/**
 * Parses and handles one event, for the request that made it. Never rejects: a failed try is an outcome. An event that does
 * not parse, or that the handler calls Unprocessable, is dead at once; any other failure is tried again after each of `delays`.
 * One of a type that is unknown here is for a newer release that was undone, or is not here yet: it is told and passed over.
 */
export async function tryEvent(body: string, failed: number, { queue, handler, delays, notify }: Delivered): Promise<Outcome> {
  const attempts = failed + 1;
  let event: Envelope;
  try {
    event = parseOnReceipt(JSON.parse(body));
  } catch (error) {
    if (error instanceof UnknownEventType) {
      notify({ what: 'passed over', queue, type: error.eventType, reason: 'only a newer release knows its type' });
      return { do: 'pass over' };
    }
    return { do: 'dead', attempts, origin: null, reason: `does not parse: ${reasonOf(error)}` };
  }
  const origin = originOf(event);
  try {
    await withOrigin(origin, () => processed(queue, event, handler));
    return { do: 'done' };
  } catch (error) {
    const delay = error instanceof Unprocessable ? undefined : delays[failed];
    return delay === undefined ? { do: 'dead', attempts, origin, reason: reasonOf(error) } : { do: 'retry', attempts, origin, delay };
  }
}

function originOf({ requestid, traceparent: given }: Envelope): Origin | null {
  const traceparent = traceparentOf(given);
  return requestid || traceparent ? { ...(requestid && { requestId: requestid }), ...(traceparent && { traceparent }) } : null;
}

/** An event of no trace begins none: a rebuild would fill the collector. */
const processed = (queue: QueueName, event: Envelope, handler: Handler): Promise<void> =>
  event.traceparent
    ? inSpan(`process ${event.type}`, { kind: 'consumer', attributes: { 'sidekick.queue': queue, ...about(event) } }, () => handler(event))
    : handler(event);

/** Publishes with a span for each event below the request that made it. */
export async function publishInSpans(bus: Pick<Bus, 'publish'>, events: readonly Envelope[]): Promise<void> {
  const collected = tracer();
  if (!collected) return bus.publish(events);
  const spans = events.flatMap((event) => {
    const parent = traceparentOf(event.traceparent);
    return parent ? [collected.start(`publish ${event.type}`, { kind: 'producer', parent, attributes: about(event) })] : [];
  });
  try {
    await bus.publish(events);
    for (const span of spans) span.end();
  } catch (error) {
    for (const span of spans) span.end(error);
    throw error;
  }
}

const about = ({ id, subject, requestid }: Envelope) => ({
  'cloudevents.event_id': id,
  'cloudevents.event_subject': subject,
  ...(requestid && { 'sidekick.request_id': requestid }),
});

/** Tells of an event in the name of the request that made it, so that the log line carries its id. */
export const tellOf = (notify: Notify, { origin }: { origin: Origin | null }, notice: BusNotice): void =>
  withOrigin(origin, () => notify(notice));

/** Words of an error, bounded, for the dead letter that an operator reads. */
export function reasonOf(error: unknown): string {
  const words = misfitOf(error) ?? (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return words.slice(0, 1000);
}

/** When the event of a body happened, in milliseconds since the epoch; null when the body says nothing of it. */
export function timeOf(body: string): number | null {
  const time = Date.parse((bodyOf(body) as { time?: string } | null)?.time ?? '');
  return Number.isNaN(time) ? null : time;
}

/** A dead letter's body as JSON where it is JSON, else as text. */
export function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
