import { type Envelope, type EventType, parseOnReceipt, type QueueName, topology } from '@sidekick/contracts';
import { type Handler, type ReplicaOptions, Unprocessable } from './bus.ts';

/** What both sides tell of: for logs and metrics. Never holds the event's data. */
export interface BusNotice {
  what: 'retried' | 'dead' | 'returned' | 'trouble';
  queue?: QueueName;
  type?: string;
  id?: string;
  reason: string;
}
export type Notify = (notice: BusNotice) => void;

/** What becomes of an event after a try. `attempts` counts the failed tries, this one included. */
export type Outcome = { do: 'done' } | { do: 'retry'; attempts: number; delay: number } | { do: 'dead'; attempts: number; reason: string };

export const queueNames = Object.keys(topology) as QueueName[];
export const durableQueues = queueNames.filter((queue) => !topology[queue].transient);
export const isTransient = (queue: QueueName): boolean => topology[queue].transient;
export const isPerReplica = (queue: QueueName): boolean => topology[queue].perReplica;
export const eventsOf = (queue: QueueName): readonly EventType[] => topology[queue].events;
export const queuesOf = (type: EventType): QueueName[] => queueNames.filter((queue) => eventsOf(queue).includes(type));

/**
 * Parses and handles one event. Never rejects: a failed try is an outcome. An event that does not parse, or that the
 * handler calls Unprocessable, is dead at once; any other failure is tried again after each of `delays` (milliseconds).
 */
export async function tryEvent(body: string, failed: number, handler: Handler, delays: readonly number[]): Promise<Outcome> {
  const attempts = failed + 1;
  let event: Envelope;
  try {
    event = parseOnReceipt(JSON.parse(body));
  } catch (error) {
    return { do: 'dead', attempts, reason: `does not parse: ${reasonOf(error)}` };
  }
  try {
    await handler(event);
    return { do: 'done' };
  } catch (error) {
    const delay = error instanceof Unprocessable ? undefined : delays[failed];
    return delay === undefined ? { do: 'dead', attempts, reason: reasonOf(error) } : { do: 'retry', attempts, delay };
  }
}

/** Words of an error, bounded, for the dead letter that an operator reads. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000);
}

/** The replica that subscribes, 0 unless it says so; null for a queue that has none. Throws for one that makes no sense. */
export function replicaOf(queue: QueueName, options: ReplicaOptions | undefined): number | null {
  if (!isPerReplica(queue)) {
    if (options) throw new Error(`${queue} has no replicas`);
    return null;
  }
  const { replica = 0 } = options ?? {};
  if (!Number.isInteger(replica) || replica < 0) throw new Error(`${replica} is no number of a replica`);
  return replica;
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
