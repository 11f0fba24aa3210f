import type { EventType } from './events.ts';

/**
 * Who consumes what: the one table that queues, retries and dead letters are declared from. A queue is named
 * `<consumer>.<job>`. `kind` is how a handler stays right under redelivery: a projection keeps the last sequence,
 * a reaction runs once an event id. A transient queue belongs to one running process and dies with it. Of one that is
 * `perReplica` each replica of its consumer has its own, `<consumer>.<job>.<replica>`, which the replica makes itself
 * since nobody else knows its number; their dead letters share `<consumer>.<job>.dead`.
 */
export const topology = {
  'search.index': {
    kind: 'projection',
    transient: false,
    perReplica: true,
    events: ['content.page.changed.v1', 'staffing.person.changed.v1', 'staffing.project.changed.v1'],
  },
  'gateway.live': {
    kind: 'projection',
    transient: true,
    perReplica: false,
    events: [
      'content.page.changed.v1',
      'staffing.person.changed.v1',
      'staffing.project.changed.v1',
      'staffing.assignment.changed.v1',
      'staffing.time-off.changed.v1',
      'staffing.holiday.changed.v1',
    ],
  },
} as const satisfies Record<
  string,
  { kind: 'projection' | 'reaction'; transient: boolean; perReplica: boolean; events: readonly EventType[] }
>;
export type QueueName = keyof typeof topology;

/** A queue of a replica that nobody reads is forgotten after that many milliseconds: 24 h. */
export const replicaQueueExpiry = 86_400_000;

/** Tries of one event before it is a dead letter, and the pauses between them in milliseconds. */
export const retryDelays = [1_000, 10_000, 60_000] as const;
