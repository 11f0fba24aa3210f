import type { Bus } from '@sidekick/bus';

export interface Freshness {
  /** Seconds by which the index is behind: `oldest`, but at least the time since the bus was last there; 0 when nothing waits. */
  lag(): number;
  /** Age in seconds of the oldest event that waits or is under way, counted from when it happened; null when none does. */
  oldest(): number | null;
  start(): void;
  stop(): void;
}

const heartbeat = 1_000;

/** How current the index is. While the bus is away nobody knows what waits there, so the time itself counts. */
export function freshnessOf(options: { bus: Pick<Bus, 'health'>; oldest(): number | null; now(): number }): Freshness {
  const { bus, now } = options;
  let lastHeard = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const silence = () => {
    if (bus.health().ok) lastHeard = performance.now();
    return (performance.now() - lastHeard) / 1000;
  };
  const oldest = () => {
    const since = options.oldest();
    return since === null ? null : Math.max(0, (now() - since) / 1000);
  };
  return {
    oldest,
    lag: () => Math.max(oldest() ?? 0, bus.health().ok ? 0 : silence()),
    start() {
      timer = setInterval(silence, heartbeat);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
