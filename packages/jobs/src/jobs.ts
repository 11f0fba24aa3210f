import { type Collection, StaleVersion } from '@sidekick/store';
import { withOrigin } from '@sidekick/tracing';
import pLimit from 'p-limit';
import { claimWriter, newClaim } from './claim.ts';
import { type JobTimes, jobTimes, type Time } from './deaths.ts';
import type { JobForm } from './form.ts';
import { holding } from './holding.ts';
import { JobEnded, type JobKind } from './kind.ts';
import { cancelled, isEnded } from './standing.ts';
import { turns } from './turns.ts';

export interface JobsOptions<T extends { _id: string }, I extends string, Here> {
  collection: Collection<T, I>;
  form: JobForm<T, I>;
  kind: JobKind<T, Here>;
  /** Told what went wrong beside the jobs themselves: the next beat makes up for it. */
  trouble: (error: unknown, what: string) => void;
  time?: Time;
  times?: JobTimes;
}

export interface Jobs<T, Here = null> {
  /** Keeps a job until its turn comes. Throws TakenKey for an id that is taken, and a `JobEnded` while the process stops. */
  submit(doc: T, ...here: Here extends null ? [] : [here: Here]): Promise<void>;
  /** As it is now, also while it runs here. */
  get(id: string): Promise<T | null>;
  /**
   * Asks for its end, wherever it runs: one that waits for anybody ends at once, any other with the next beat of its process.
   * False when there is none, or it has ended.
   */
  cancel(id: string, by: string): Promise<boolean>;
  /** How many there are in a state, over all processes; at most `most` are counted. */
  count(state: 'waiting' | 'running' | 'dead', most: number): Promise<number>;
  /** Says that this process is still at its jobs, and learns which of them are not its own, or not wanted, any more. */
  beat(): Promise<void>;
  /** Takes up or ends what has lost its process, and begins what can begin. */
  look(): Promise<void>;
  /** Beats and looks by itself from now on. */
  start(): void;
  /** Ends what runs here and gives back what others can run; resolves when that is written. */
  stop(): Promise<void>;
}

const systemTime: Time = { now: () => new Date(), elapsed: () => performance.now() };

/** Jobs of one kind, in one process of those that share the collection. */
export function jobsOf<T extends { _id: string }, I extends string, Here = null>(options: JobsOptions<T, I, Here>): Jobs<T, Here> {
  const { collection, form, kind, trouble, time = systemTime, times = jobTimes } = options;
  const write = claimWriter<T, I, Here>(collection, form, kind);
  const mine = holding<T, I, Here>({ form, kind, write, time, times, trouble, left: () => lookSoon() });
  const { look: lookOnce, count } = turns<T, I, Here>({ collection, form, kind, holding: mine, time, times });
  const timers: { beat?: NodeJS.Timeout; look?: NodeJS.Timeout; again?: NodeJS.Timeout } = {};
  let isOn = false;

  const beatAll = shared(async () => void (await Promise.all([...mine.held.values()].map(mine.beat))));
  const beat = async () => void (await Promise.all([mine.endSilent(), beatAll()]));
  const look = shared(() =>
    // For nobody: whoever asked for one job has no part in the others.
    withOrigin(null, async () => {
      if (mine.isStopping()) return;
      const isRefused = await lookOnce();
      clearTimeout(timers.again);
      if (isRefused && isOn) timers.again = setTimeout(lookSoon, times.lookMs).unref();
    }),
  );
  const soon = (work: () => Promise<void>, what: string) => () => void work().catch((error: unknown) => trouble(error, what));
  const beatSoon = soon(beat, 'jobs give no sign of life');
  const lookNow = soon(look, 'jobs cannot be looked after');
  const lookSoon = () => isOn && lookNow();

  return {
    beat,
    look,
    count,
    async submit(doc, ...[given]) {
      if (mine.isStopping()) throw new JobEnded('stopping');
      if (form.due) {
        await collection.insert(doc);
      } else {
        const here = given as Here;
        const owner = doc._id;
        const began = time.elapsed();
        const stored = await collection.insert(form.write(doc, { ...form.read(doc), owner, beatAt: time.now().getTime() }));
        const lane = kind.laneOf?.(doc, here) ?? '';
        const claim = newClaim(stored, { owner, here, lane, phase: 'waiting', heardAt: began });
        mine.hold(claim);
        if (mine.isStopping()) await mine.end(claim, 'stopping');
      }
      lookSoon();
    },
    get: async (id) => mine.held.get(id)?.doc ?? (await collection.get(id))?.doc ?? null,
    async cancel(id, by) {
      for (;;) {
        const stored = await collection.get(id);
        if (!stored || isEnded(form.read(stored.doc))) return false;
        const asked = { ...form.read(stored.doc), cancelledBy: by };
        const isAnybodys = asked.state === 'waiting' && asked.owner === null;
        const doc = form.write(stored.doc, isAnybodys ? cancelled(asked, time.now().getTime()) : asked);
        if (form.read(doc).cancelledBy !== by) throw new Error('this form of job cannot say that somebody cancelled it');
        try {
          await collection.replace(stored, doc);
        } catch (error) {
          if (error instanceof StaleVersion) continue;
          throw error;
        }
        const claim = mine.held.get(id);
        if (claim) await mine.beat(claim);
        return true;
      }
    },
    start() {
      isOn = true;
      mine.stopping(false);
      clearInterval(timers.beat);
      clearInterval(timers.look);
      timers.beat = setInterval(beatSoon, times.beatMs).unref();
      timers.look = setInterval(lookSoon, times.beatMs).unref();
      lookSoon();
    },
    async stop() {
      mine.stopping(true);
      isOn = false;
      clearInterval(timers.look);
      clearTimeout(timers.again);
      await look();
      // Beats go on until the last run has seen that it is to end.
      await mine.close();
      clearInterval(timers.beat);
      await beat();
    },
  };
}

/** One run of `work` at a time; a call during one answers with the next, which is shared by all who call meanwhile. */
function shared(work: () => Promise<void>): () => Promise<void> {
  const inTurn = pLimit(1);
  let next: Promise<void> | undefined;
  return () => {
    next ??= inTurn(() => {
      next = undefined;
      return work();
    });
    return next;
  };
}
