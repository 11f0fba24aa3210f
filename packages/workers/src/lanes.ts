import pLimit, { type LimitFunction } from 'p-limit';

export interface Lanes {
  /** Work of one lane is done so many at a time, in the order it came. */
  run<R>(lane: string, work: () => Promise<R>): Promise<R>;
  /** How much of a lane's work has not begun. */
  waiting(lane: string): number;
}

/** A lane for each who has work, so that whoever has much of it leaves room for others; one without work is forgotten. */
export function lanesOf(atOnce = 1): Lanes {
  const lanes = new Map<string, LimitFunction>();
  return {
    waiting: (name) => lanes.get(name)?.pendingCount ?? 0,
    async run(name, work) {
      const lane = lanes.get(name) ?? pLimit(atOnce);
      lanes.set(name, lane);
      try {
        return await lane(work);
      } finally {
        if (lane.activeCount + lane.pendingCount === 0) lanes.delete(name);
      }
    },
  };
}
