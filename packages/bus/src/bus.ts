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
  /** Of a queue per replica: whose it was. A replay goes back there. */
  replica?: number;
}

/** Thrown by a handler for an event that no retry can help: it becomes a dead letter at once. */
export class Unprocessable extends Error {}

/** Thrown by `replay` and `discard` for a dead letter that is not there, or that is just being looked at elsewhere. */
export class NoDeadLetter extends Error {}

/** Thrown by a replay when the queue of the replica that failed is no longer there. */
export class QueueGone extends Error {}

/** Thrown when the broker is away or does not answer in time. */
export class BusUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BusUnavailable';
  }
}

/** What was sent was not confirmed in time: it may be there all the same. */
export class Unconfirmed extends BusUnavailable {}

/** For a queue that the topology calls `transient`: it is lost with the connection, and made anew. */
export interface TransientOptions {
  /**
   * The queue is bound and read: no event from now on is missed. What was published before it, and since the last queue was
   * lost, was told to nobody here. The first time, also when that comes after `subscribe` has resolved, and after every loss; in
   * one process once.
   */
  onBound?: (fresh: boolean) => void;
  replica?: never;
  onMissing?: never;
}

/** For a queue that the topology calls `perReplica`: the consumer may find that its queue, and what was in it, is gone. */
export interface ReplicaOptions {
  /** Number of this replica from 0. In one process there is only 0. */
  replica: number;
  /**
   * The queue is not there: this replica has missed events. Called before the queue is made and waited for, so that what it
   * notes outlives a crash in between; again whenever the queue vanishes under a living subscription. When it rejects the
   * queue is not made: behind a broker it is asked again, in one process `subscribe` rejects.
   */
  onMissing?: () => void | Promise<void>;
  /** The queue is bound and read, the first time and again after a loss: no event from now on is missed. */
  onBound?: (fresh: boolean) => void;
}

export type SubscribeOptions = ReplicaOptions | TransientOptions;

export interface Subscription {
  /** Whether the queue had to be made, so that what came before was missed; null while the broker is away. */
  readonly fresh: boolean | null;
  /**
   * Instant, in milliseconds since the epoch, of the oldest event that this subscription knows of and has not finished,
   * retries included; null when it knows of none. Behind a broker it knows the oldest ones waiting, as they come in order.
   */
  oldest(): number | null;
  /** How many events of types that only a newer release knows were passed over: that one has left them here. */
  passedOver(): number;
  /** Takes no more events and waits for the handler under way; what is not handled yet stays in the queue. */
  end(): Promise<void>;
}

export interface Bus {
  /**
   * Resolves when every event is safe: confirmed by the broker, or committed as a row a subscribed queue.
   * Parses strictly; an invalid event rejects. An event that no queue wants counts as published.
   */
  publish(events: readonly Envelope[]): Promise<void>;
  /**
   * One subscription a queue and process. The queue exists, and keeps events, whether or not anyone subscribes; a queue per
   * replica from its first subscription on (replica 0 without `options`).
   */
  subscribe(queue: QueueName, handler: Handler, options?: SubscribeOptions): Promise<Subscription>;
  /**
   * Events waiting in a queue or under way, retries included. Behind a broker, of the retries only those that this
   * process sent there, and of a transient queue only what has arrived here. Of a queue per replica that of `replica`,
   * by default the one subscribed here.
   */
  depth(queue: QueueName, replica?: number): Promise<number>;
  /** Declares every queue of the topology but those of replicas and processes; idempotent. */
  declare(): Promise<void>;
  /** Oldest first, those of all replicas together. A transient queue keeps none. */
  deadLetters(queue: QueueName, limit: number): Promise<DeadLetter[]>;
  /** How many dead letters a queue has; behind a broker without those that are just being looked at. */
  deadLetterCount(queue: QueueName): Promise<number>;
  /**
   * Puts a dead letter back into its queue with its attempts at 0; of an event that died at several replicas that of the one
   * named. Throws when it is not there, QueueGone when its queue is not.
   */
  replay(queue: QueueName, id: string, replica?: number): Promise<void>;
  discard(queue: QueueName, id: string, replica?: number): Promise<void>;
  /** Stops taking events, waits for handlers under way. */
  close(): Promise<void>;
  /** Whether publishing would work now; names the reason otherwise. */
  health(): { ok: boolean; reason?: string };
}
