import type { EventType } from './events.ts';

/** A queue of the table. Replicas share that of a reaction, and it keeps what it got while none of them runs. */
export type QueueRow = { events: readonly EventType[] } & (
  | { kind: 'projection'; transient: boolean; perReplica: boolean }
  | { kind: 'reaction'; transient: false; perReplica: false }
);
export type Topology = Readonly<Record<string, QueueRow>>;

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
      'staffing.team.changed.v1',
      'staffing.skill.changed.v1',
      'staffing.volunteer.changed.v1',
      'staffing.wish.changed.v1',
      'staffing.for-managers.changed.v1',
      'staffing.opening.changed.v1',
      'staffing.view.changed.v1',
    ],
  },
  'gateway.webhooks': {
    kind: 'reaction',
    transient: false,
    perReplica: false,
    events: [
      'content.page.changed.v1',
      'staffing.person.changed.v1',
      'staffing.project.changed.v1',
      'staffing.assignment.changed.v1',
      'staffing.time-off.changed.v1',
      'staffing.holiday.changed.v1',
      'staffing.team.changed.v1',
      'staffing.skill.changed.v1',
      'staffing.volunteer.changed.v1',
      'staffing.wish.changed.v1',
      'staffing.for-managers.changed.v1',
      'staffing.opening.changed.v1',
      'staffing.view.changed.v1',
    ],
  },
} as const satisfies Topology;
export type QueueName = keyof typeof topology;
/** Queues whose handler is to run once an event id. */
export type ReactionQueue = { [Q in QueueName]: (typeof topology)[Q]['kind'] extends 'reaction' ? Q : never }[QueueName];

/** A queue of a replica that nobody reads is forgotten after that many milliseconds: 24 h. */
export const replicaQueueExpiry = 86_400_000;

/** Tries of one event before it is a dead letter, and the pauses between them in milliseconds. */
export const retryDelays = [1_000, 10_000, 60_000] as const;
