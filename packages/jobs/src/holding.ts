import { StoreUnavailable, TakenKey } from '@sidekick/store';
import type { Change, Claim, claimWriter } from './claim.ts';
import type { JobTimes, Time } from './deaths.ts';
import type { JobForm } from './form.ts';
import { GiveUp, JobEnded, type JobKind } from './kind.ts';
import { beaten, begun, cancelled, dead, done, failed, handedBack } from './standing.ts';

interface HoldingOptions<T extends { _id: string }, I extends string, Here> {
  form: JobForm<T, I>;
  kind: JobKind<T, Here>;
  write: ReturnType<typeof claimWriter<T, I, Here>>;
  time: Time;
  times: JobTimes;
  trouble: (error: unknown, what: string) => void;
  /** Called when a job has left: its lane and its key are free. */
  left: () => void;
}

/** The jobs that this process waits with and runs, from the claim to the end. */
export function holding<T extends { _id: string }, I extends string, Here>(options: HoldingOptions<T, I, Here>) {
  const { form, kind, write, time, times, trouble, left } = options;
  const held = new Map<string, Claim<T, Here>>();
  const work = new Set<Promise<void>>();
  let stopping = false;
  const now = () => time.now().getTime();
  const why = ({ abort }: Claim<T, Here>): JobEnded['why'] | null => (abort.signal.aborted ? (abort.signal.reason as JobEnded).why : null);

  async function drop(claim: Claim<T, Here>): Promise<void> {
    held.delete(claim.id);
    await kind.letGo?.(claim.here).catch((error: unknown) => trouble(error, 'what a job left here could not be removed'));
    left();
  }

  /** Writes the end. What the store cannot take now stays, for the next beat; while the process stops there is none. */
  async function settle(claim: Claim<T, Here>, outcome: Change | null): Promise<void> {
    Object.assign(claim, { phase: 'ending', outcome: null });
    try {
      if (outcome) await write(claim, outcome, 'end');
    } catch (error) {
      if (!isLost(error)) trouble(error, 'the end of a job could not be saved');
      if (error instanceof StoreUnavailable && !stopping) {
        claim.outcome = outcome;
        return;
      }
      if (!isLost(error) && !(error instanceof StoreUnavailable)) {
        claim.doc = claim.stored.doc;
        await write(claim, (standing) => dead(standing, kind.reasonOf(error), now()), 'end').catch(() => {});
      }
    }
    await drop(claim);
  }

  /** What the end of a run says of its job; null: nothing. */
  function outcomeOf(claim: Claim<T, Here>, error: unknown): Change | null {
    const isBound = claim.owner === claim.id;
    switch (why(claim)) {
      case 'lost':
      case 'died':
        return null;
      case 'cancelled':
        return (standing) => cancelled(standing, now());
      case 'stopping':
        return (standing) => (isBound ? dead(standing, kind.reasonOf(claim.abort.signal.reason), now()) : handedBack(standing, now()));
      case null: {
        const reason = error instanceof GiveUp ? error.message : kind.reasonOf(error);
        const patience = error instanceof GiveUp || isBound ? { ...kind, tries: 1 } : kind;
        return (standing) => failed(standing, reason, patience, now());
      }
    }
  }

  async function perform(claim: Claim<T, Here>): Promise<void> {
    let outcome: Change | null = (standing) => done(standing, now());
    try {
      const { doc, here, abort } = claim;
      abort.signal.throwIfAborted();
      await kind.run({ doc, here, signal: abort.signal, attempt: form.read(claim.stored.doc).tries });
    } catch (error) {
      outcome = outcomeOf(claim, error);
    }
    await settle(claim, outcome);
  }

  /** One that waits here ends at once, one that runs when its run does. */
  async function end(claim: Claim<T, Here>, reason: JobEnded['why']): Promise<void> {
    if (claim.abort.signal.aborted) return;
    claim.abort.abort(new JobEnded(reason));
    if (claim.phase === 'waiting') await settle(claim, outcomeOf(claim, null));
  }

  async function beat(claim: Claim<T, Here>): Promise<void> {
    if (claim.phase === 'ending') return claim.outcome ? settle(claim, claim.outcome) : undefined;
    const began = time.elapsed();
    try {
      claim.isBeating = true;
      await write(claim, (standing) => beaten(standing, now()), 'beat');
      claim.heardAt = began;
      if (form.read(claim.stored.doc).cancelledBy !== null) await end(claim, 'cancelled');
    } catch (error) {
      if (isLost(error)) return end(claim, 'lost');
      trouble(error, 'a job gives no sign of life');
      await endSilent(claim);
    } finally {
      claim.isBeating = false;
    }
  }

  /** By the time of a lease another process may have taken it up. What no other can run goes on. */
  async function endSilent(claim: Claim<T, Here>): Promise<void> {
    const isSilent = claim.isBeating && time.elapsed() - claim.heardAt >= times.leaseMs;
    if (isSilent && claim.owner !== claim.id) await end(claim, 'lost');
  }

  /** Begins the run of a claim that is written, which goes on. */
  function begin(claim: Claim<T, Here>): void {
    const standing = form.read(claim.stored.doc);
    claim.doc = form.write(claim.doc, standing);
    if (standing.cancelledBy !== null) claim.abort.abort(new JobEnded('cancelled'));
    else if (stopping) claim.abort.abort(new JobEnded('stopping'));
    const working = perform(claim).finally(() => work.delete(working));
    work.add(working);
  }

  /** Of one that waits here. False when its key is another process's: it goes on waiting. */
  async function beginHere(claim: Claim<T, Here>): Promise<boolean> {
    claim.phase = 'running';
    try {
      await write(claim, (standing) => begun(standing, claim.owner, now()), 'beat');
    } catch (error) {
      claim.phase = 'waiting';
      if (why(claim) !== null) await settle(claim, outcomeOf(claim, error));
      else if (isLost(error)) await end(claim, 'lost');
      else if (error instanceof TakenKey) return false;
      else throw error;
      return true;
    }
    begin(claim);
    return true;
  }

  return {
    held,
    isStopping: () => stopping,
    hold(claim: Claim<T, Here>): void {
      held.set(claim.id, claim);
    },
    begin,
    beginHere,
    beat,
    /** A run does not go on because the store neither takes a sign of life nor refuses it. */
    endSilent: () => Promise.all([...held.values()].map(endSilent)),
    end,
    /** Whether the process stops: nothing begins any more. */
    stopping(does: boolean): void {
      stopping = does;
    },
    /** Ends all that is held; resolves when it is written. */
    async close(): Promise<void> {
      await Promise.all([...held.values()].map((claim) => end(claim, 'stopping')));
      await Promise.all(work);
      await Promise.all([...held.values()].map(beat));
    },
  };
}

const isLost = (error: unknown): boolean => error instanceof JobEnded && error.why === 'lost';
