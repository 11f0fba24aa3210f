import { withOrigin } from '@sidekick/tracing';
import { type Notify, reasonOf } from './delivery.ts';

export interface Relay {
  start(): void;
  /** Resolves when the pass under way has ended; what it did not send stays where it is. */
  stop(): Promise<void>;
  /** Seconds for which the oldest unsent event has waited; 0 when none waits. */
  oldestUnsent(): Promise<number>;
}

interface LoopOptions {
  /** Sends what there is; true when more waits. */
  pass: () => Promise<boolean>;
  pollMs: number;
  notify: Notify;
}

const firstPause = 100;
const longestPause = 5_000;

/** Runs one pass at a time: at once when woken, else at every poll; after a failure it pauses, twice as long each time. */
export function relayLoop({ pass, pollMs, notify }: LoopOptions): { start(): void; wake(): void; stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let woken = false;
  let failures = 0;
  let on = false;

  const later = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
    timer.unref();
  };
  async function passes(): Promise<void> {
    try {
      do {
        woken = false;
        if (await pass()) woken = true;
        failures = 0;
      } while (woken && on);
    } catch (error) {
      failures += 1;
      notify({ what: 'trouble', reason: reasonOf(error) });
    }
  }
  /** For nobody: a request that wakes it has no part in all that it then sends. */
  function run(): void {
    if (!running && on) withOrigin(null, begin);
  }
  function begin(): void {
    clearTimeout(timer);
    running = passes().then(() => {
      running = undefined;
      if (!on) return;
      if (failures > 0) later(Math.min(longestPause, firstPause * 2 ** (failures - 1)));
      else if (woken) run();
      else later(pollMs);
    });
  }
  return {
    start() {
      on = true;
      run();
    },
    /** While a failure's pause runs, new writes wait with the old ones. */
    wake() {
      woken = true;
      if (failures === 0) run();
    },
    async stop() {
      on = false;
      clearTimeout(timer);
      await running;
    },
  };
}
