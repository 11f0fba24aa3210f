import type { ReactionQueue, Topology } from '@sidekick/contracts';

/** A queue of reactions, and the table of who consumes what that knows it alone. */
export const told = 'gateway.told' as ReactionQueue;
export const toldAlone: Topology = {
  [told]: { kind: 'reaction', transient: false, perReplica: false, events: ['staffing.project.changed.v1'] },
};
