import { z } from 'zod';
import { Instant, Ulid } from '../common.ts';
import { LastBackup } from './backups.ts';

/** A queue that a part reads, as the broker names it. */
const QueueState = z.object({
  /** Name in the topology. */
  queue: z.string(),
  /** Name on the broker: one a replica where replicas have their own. */
  name: z.string(),
  /** Events waiting or under way, retries included. */
  waiting: z.number().int(),
  /** Seconds for which the oldest of them has waited; null when none waits. */
  oldest: z.number().nullable(),
});

const IndexState = z.object({
  documents: z.number().int(),
  /** Seconds by which the index is behind: the age of the oldest event not yet in it; 0 when none waits. */
  behind: z.number(),
  /** When the newest event in it happened; null: none has reached it since it was first built. */
  newestEventAt: Instant.nullable().optional(),
  /** When the last whole rebuild ended; null: not since this index began to say so. */
  builtAt: Instant.nullable(),
  /** A rebuild under way: states copied so far. */
  rebuilding: z.object({ done: z.number().int() }).nullable(),
  /** Why the last try of a rebuild failed; null when it did not. */
  failure: z.string().nullable(),
});

/** What one part says of itself beyond its state; only what it has. */
export const PartDetails = z.object({
  /** Seconds for which its oldest unsent event has waited; 0 when none waits. */
  oldestUnsent: z.number().optional(),
  /** Number of the newest change set of the staffing log. */
  head: z.number().int().optional(),
  index: IndexState.optional(),
  queues: z.array(QueueState).optional(),
  imports: z.object({ running: z.number().int(), waiting: z.number().int() }).optional(),
  /** Disks that it writes to, in bytes; none where only a server could say. */
  disks: z.array(z.object({ name: z.string(), free: z.number(), size: z.number() })).optional(),
  /** Event streams open to browsers. */
  streams: z.number().int().optional(),
  /** Webhooks that work, that fail just now, and that were stopped by failing. */
  webhooks: z.object({ on: z.number().int(), failing: z.number().int(), stopped: z.number().int() }).optional(),
});
export type PartDetails = z.infer<typeof PartDetails>;

/** `GET /status` of a part, between parts only. Fields that a newer release adds are let through. */
export const PartStatus = PartDetails.extend({
  name: z.string(),
  release: z.string(),
  startedAt: Instant,
  /** Resident memory of its process, in bytes. */
  memory: z.number().int(),
  /** Milliseconds within which 95 of 100 of its latest requests were answered; null before the first. */
  slowest: z.number().nullable(),
  missing: z.array(z.string()),
});
export type PartStatus = z.infer<typeof PartStatus>;

/** Degraded: it answers from its own store and misses something else. Down: it does not answer, or cannot. */
const PartState = z.enum(['ready', 'degraded', 'down']);
export type PartState = z.infer<typeof PartState>;

const ReplicaView = z.strictObject({
  /** Where the gateway finds it. */
  address: z.string(),
  state: PartState,
  missing: z.array(z.string()),
  /** Null when it did not answer in time. */
  status: PartStatus.nullable(),
});

const PartView = z.strictObject({
  name: z.string(),
  /** Of its best replica: whether the part can be used. Degraded when one of them is down. */
  state: PartState,
  ready: z.boolean(),
  /** What any replica misses, `answer` for one that gave none. */
  missing: z.array(z.string()),
  replicas: z.array(ReplicaView),
});
export type PartView = z.infer<typeof PartView>;

/** `GET /system`: how the portal is, as far as could be learned within two seconds. */
export const SystemView = z.strictObject({
  at: Instant,
  /** The gateway first. */
  parts: z.array(PartView),
  /** Dead letters by queue; a count of null: the bus does not say. */
  dead: z.array(z.strictObject({ queue: z.string(), count: z.number().int().nullable() })),
  backup: LastBackup.nullable(),
});
export type SystemView = z.infer<typeof SystemView>;

/** A dead letter as it is listed: what it is about, without what it says. */
export const DeadLetterView = z.strictObject({
  id: z.string(),
  queue: z.string(),
  /** The replica whose it was, where each has a queue of its own. */
  replica: z.number().int().nullable(),
  reason: z.string(),
  attempts: z.number().int(),
  diedAt: Instant,
  /** Null where the body is no event. */
  event: z.strictObject({ id: z.string(), type: z.string(), subject: z.string(), sequence: z.number(), time: z.string() }).nullable(),
  /** Size of the body in characters. */
  size: z.number().int(),
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

/** With its body as received: JSON where it is JSON, indented; cut after 200,000 characters. */
export const DeadLetterBody = DeadLetterView.extend({ body: z.string(), cut: z.boolean() });
export type DeadLetterBody = z.infer<typeof DeadLetterBody>;

export const DiscardReason = z.strictObject({ reason: z.string().trim().min(3, 'Say why, in a few words').max(500) });
/** How many of a queue were sent again; fewer than there are where the answer would take too long. */
export const ReplayAnswer = z.strictObject({ replayed: z.number().int() });

/** What was done with dead letters, by whom. */
export const DeadLetterAuditEntry = z.strictObject({
  id: Ulid,
  at: Instant,
  did: z.enum(['replayed', 'discarded', 'expired']),
  /** Name of the account; null: the portal itself, after 90 days. */
  by: z.string().nullable(),
  queue: z.string(),
  letter: z.string(),
  /** Type of the event; null where it was none. */
  type: z.string().nullable(),
  reason: z.string(),
});
export type DeadLetterAuditEntry = z.infer<typeof DeadLetterAuditEntry>;
