import { setTimeout as wait } from 'node:timers/promises';

export interface Pulse {
  /** Known to hang: nothing that is asked now would be answered. */
  hangs(): boolean;
  /** Something was not answered in time: looks whether anything is, until it is. */
  late(): void;
  stop(): void;
}

export interface PulseTimes {
  /** How long one look may take, in milliseconds. */
  look: number;
  /** Pause between looks, in milliseconds. */
  pause: number;
}

const usual: PulseTimes = { look: 2_000, pause: 500 };

/**
 * Whether a server that keeps its connections and answers their heartbeats does any work. One slow answer alone says
 * nothing: the server hangs once `look`, the least it can be asked, is not answered either.
 */
export function pulseOf(look: () => Promise<unknown>, times: PulseTimes = usual): Pulse {
  const stopped = new AbortController();
  let hangs = false;
  let looking = false;
  const answers = async (): Promise<boolean> => {
    const late = new AbortController();
    const given = look().then(
      () => true,
      () => false,
    );
    const tooLate = wait(times.look, false, { ref: false, signal: late.signal }).catch(() => false);
    return Promise.race([given, tooLate]).finally(() => late.abort());
  };
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

/** `work`, or a rejection with `error` when it has not settled by then. It goes on, unheard. */
export async function within<T>(milliseconds: number, work: Promise<T>, error: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
