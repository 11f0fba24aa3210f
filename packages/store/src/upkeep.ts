import type { Store } from './store.ts';

const day = 86_400_000;
/** Consumers that were away for longer rebuild anyway: their queues have ended by then. */
const tombstoneDays = 30;

export interface SweeperOptions {
  store: Pick<Store, 'sweep'>;
  /** Told when a sweep failed; the next one makes up for it. */
  failed: (error: unknown) => void;
  everyMs?: number;
}

/** Forgets tombstones that are 30 days old and confirmed: at the start and every hour, one sweep at a time. */
export function tombstoneSweeper({ store, failed, everyMs = 3_600_000 }: SweeperOptions) {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> | undefined;
  const sweep = () => {
    sweeping ??= store
      .sweep(tombstoneDays * day)
      .catch(failed)
      .finally(() => {
        sweeping = undefined;
      });
  };
  return {
    start(): void {
      clearInterval(timer);
      sweep();
      timer = setInterval(sweep, everyMs).unref();
    },
    /** Resolves when the sweep under way has ended. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await sweeping;
    },
  };
}

/** For readiness: false while this release may not use the store. One that is away is named by a look of its own (`ping`). */
export const fitsSchema = (store: Pick<Store, 'ready'>) => async (): Promise<boolean> =>
  (await store.ready().catch(() => ({ ok: true }))).ok;
