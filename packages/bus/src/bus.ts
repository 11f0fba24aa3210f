import type { Envelope, QueueName } from '@sidekick/contracts';

/** Handles one event at a time a queue. Resolving acknowledges; throwing retries after a pause, then dead-letters. */
export type Handler = (event: Envelope) => Promise<void>;

export interface DeadLetter {
  /** Names it for `replay` and `discard`. */
  id: string;
  queue: QueueName;
  /** As received: may not parse. */
  body: unknown;
  reason: string;
  attempts: number;
  diedAt: string;
}

/** Thrown by a handler for an event that no retry can help: it becomes a dead letter at once. */
export class Unprocessable extends Error {}

export interface Bus {
  /**
   * Resolves when every event is safe: confirmed by the broker, or committed as a row a subscribed queue.
   * Parses strictly; an invalid event rejects. An event that no queue wants counts as published.
   */
  publish(events: readonly Envelope[]): Promise<void>;
  /** One subscription a queue and process. The queue exists, and keeps events, whether or not anyone subscribes. */
  subscribe(queue: QueueName, handler: Handler): Promise<void>;
  /**
   * Events waiting in a queue or under way, retries included. Behind a broker, of the retries only those that this
   * process sent there, and of a transient queue only what has arrived here.
   */
  depth(queue: QueueName): Promise<number>;
  /** Declares every queue of the topology; idempotent. */
  declare(): Promise<void>;
  /** Oldest first. A transient queue keeps none. */
  deadLetters(queue: QueueName, limit: number): Promise<DeadLetter[]>;
  /** Puts a dead letter back into its queue with its attempts at 0. Throws when it is not there. */
  replay(queue: QueueName, id: string): Promise<void>;
  discard(queue: QueueName, id: string): Promise<void>;
  /** Stops taking events, waits for handlers under way. */
  close(): Promise<void>;
  /** Whether publishing would work now; names the reason otherwise. */
  health(): { ok: boolean; reason?: string };
}
