import { setTimeout as wait } from 'node:timers/promises';
import { within } from './within.ts';

export interface HangDetector {
  /** Known to hang: nothing that is asked now would be answered. */
  hangs(): boolean;
  /** Something was not answered in time: looks whether anything is, until it is. */
  late(): void;
  stop(): void;
}

export interface HangDetectorTimes {
  /** How long one look may take, in milliseconds. */
  look: number;
  /** Pause between looks, in milliseconds. */
  pause: number;
}

const usual: HangDetectorTimes = { look: 2_000, pause: 500 };

/**
 * Whether a server that keeps its connections and answers their heartbeats does any work. One slow answer alone says
 * nothing: the server hangs once `look`, the least it can be asked, is not answered either.
 */
export function hangDetectorOf(look: () => Promise<unknown>, times: HangDetectorTimes = usual): HangDetector {
  const stopped = new AbortController();
  let hangs = false;
  let looking = false;
  const answers = (): Promise<boolean> =>
    within(times.look, look(), () => new Error('late')).then(
      () => true,
      () => false,
    );
  const watch = async (): Promise<void> => {
    while (!stopped.signal.aborted && !(await answers())) {
      hangs = true;
      await wait(times.pause, undefined, { ref: false, signal: stopped.signal }).catch(() => {});
    }
    hangs = false;
    looking = false;
  };
  return {
    hangs: () => hangs,
    late() {
      if (looking) return;
      looking = true;
      void watch();
    },
    stop: () => stopped.abort(),
  };
}
