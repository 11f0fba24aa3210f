import { expect } from '@jest/globals';
import { StoreUnavailable } from '@sidekick/store';
import { until } from '@sidekick/testing';
import type { SideTest } from './side.ts';
import { aTask, cutOff, leaseMs, ownReplicaAt, replicaAt, settled, type TimeByHand } from './tasks.ts';

/** Lets a lease run out under the eyes of a process. */
async function aLease(time: TimeByHand, { jobs }: { jobs: { look(): Promise<void> } }): Promise<void> {
  await jobs.look();
  time.pass(leaseMs);
  await jobs.look();
}

export function claimContract(withSide: SideTest): void {
  withSide(
    'takes up a job whose process is silent; what that one still writes, a late beat or its end, is refused',
    async ({ open }, time) => {
      const away = cutOff(await open(), 'hangs');
      const [one, other] = [replicaAt(away.store, { time }), replicaAt(await open(), { time })];
      const task = aTask(time);
      await one.jobs.submit(task);
      await one.jobs.look();
      const first = one.runOf(task._id);
      first.doc.progress = { done: 5, total: 9 };
      away.goAway();
      const lateBeat = one.jobs.beat();
      await aLease(time, other);
      const second = other.runOf(task._id);
      expect([second.attempt, first.signal.aborted]).toEqual([2, false]);
      away.comeBack();
      await lateBeat;
      expect(first.signal.reason).toMatchObject({ why: 'lost' });
      expect(await other.jobs.get(task._id)).toMatchObject({ state: 'running', progress: null, tries: 2 });
      await until('the first to let go', async () => (await one.jobs.get(task._id))?.progress === null);
      second.finish('of the second');
      await until('the end', async () => (await one.jobs.get(task._id))?.result === 'of the second');
      expect(one.runs.length + other.runs.length).toBe(2);
    },
  );

  withSide('refuses the end of a run whose job another process has taken up, also when nobody told it', async ({ open }, time) => {
    const [one, other] = [replicaAt(await open(), { time }), replicaAt(await open(), { time })];
    const task = aTask(time);
    await one.jobs.submit(task);
    await one.jobs.look();
    await aLease(time, other);
    one.runOf(task._id).finish('too late');
    await until('the first to let go', async () => (await one.jobs.get(task._id))?.result === null);
    expect(await one.jobs.get(task._id)).toMatchObject({ state: 'running', tries: 2, result: null });
    other.runOf(task._id).finish('in time');
    await until('the end', async () => (await one.jobs.get(task._id))?.result === 'in time');
  });

  withSide('leaves a job to a process that beats, however long it takes and whatever its clock says', async ({ open }, time) => {
    const one = replicaAt(await open(), { time: time.ahead(-3_600_000) });
    const other = replicaAt(await open(), { time: time.ahead(3_600_000) });
    const task = aTask(time.ahead(-3_600_000));
    await one.jobs.submit(task);
    await one.jobs.look();
    for (let n = 0; n < 8; n++) {
      time.pass(leaseMs / 2);
      await one.jobs.beat();
      await other.jobs.look();
    }
    expect(other.runs).toEqual([]);
    expect(one.runOf(task._id).signal.aborted).toBe(false);
  });

  withSide('ends a run by itself when the store has not taken a sign of life for a lease', async ({ open }, time) => {
    for (const how of ['refuses', 'hangs'] as const) {
      const away = cutOff(await open(), how);
      const { jobs, runOf, troubles } = replicaAt(away.store, { time });
      const task = aTask(time);
      await jobs.submit(task);
      await jobs.look();
      away.goAway();
      time.pass(leaseMs - 1);
      const beats = [jobs.beat()];
      await settled();
      expect(runOf(task._id).signal.aborted).toBe(false);
      time.pass(1);
      beats.push(jobs.beat());
      await until('the run to be told', () => runOf(task._id).signal.aborted);
      expect(troubles.length > 0).toBe(how === 'refuses');
      away.comeBack();
      await Promise.all(beats);
    }
  });

  withSide('tells that a job is dead when as many processes as it has tries have died of it', async ({ open }, time) => {
    const replicas = [replicaAt(await open(), { time, tries: 2 }), replicaAt(await open(), { time, tries: 2 })];
    const last = replicaAt(await open(), { time, tries: 2 });
    const task = aTask(time, { key: 'a' });
    await last.jobs.submit(task);
    // Each begins it and is never heard of again.
    for (const replica of replicas) {
      await aLease(time, replica);
      expect(replica.runs).toHaveLength(1);
    }
    await aLease(time, last);
    expect(last.runs).toEqual([]);
    expect(await last.jobs.get(task._id)).toMatchObject({
      state: 'dead',
      tries: 2,
      reason: 'Failed: its process died',
    });
    expect(await last.jobs.count('dead', 10)).toBe(1);
    const next = aTask(time, { key: 'a' });
    await last.jobs.submit(next);
    await last.jobs.look();
    expect(last.runs.map(({ id }) => id)).toEqual([next._id]);
  });

  withSide('never runs a job that is bound to another process, and tells that it is dead when that is silent', async ({ open }, time) => {
    const [one, other] = [ownReplicaAt(await open(), { time, atOnce: 1 }), ownReplicaAt(await open(), { time })];
    const [runs, waits] = [aTask(time), aTask(time)];
    await one.jobs.submit(runs, 'its zip');
    await one.jobs.submit(waits, 'another');
    await one.jobs.look();
    for (let n = 0; n < 4; n++) {
      time.pass(leaseMs / 2);
      await one.jobs.beat();
      await other.jobs.look();
    }
    expect(await other.jobs.get(waits._id)).toMatchObject({ state: 'waiting' });
    time.pass(leaseMs);
    await other.jobs.look();
    for (const { _id } of [runs, waits]) expect(await other.jobs.get(_id)).toMatchObject({ state: 'dead', owner: null });
    expect(other.runs).toEqual([]);
    await one.jobs.beat();
    await until('both let go', () => one.gone.length === 2);
    expect(one.runOf(runs._id).signal.reason).toMatchObject({ why: 'lost' });
    expect(one.runs).toHaveLength(1);
  });

  withSide('begins and ends the others beside a job that it cannot write, as one of a newer release', async ({ open }, time) => {
    const store = await open();
    const replica = (rejects: string) =>
      replicaAt(
        {
          collection(def) {
            const all = store.collection(def);
            const replace: typeof all.replace = (old, ...rest) =>
              old.doc._id === rejects ? Promise.reject(new StoreUnavailable('of a newer release')) : all.replace(old, ...rest);
            return { ...all, replace };
          },
        },
        { time, tries: 1 },
      );
    const [first, second] = [aTask(time), aTask(time)];
    const one = replica(first._id);
    for (const task of [first, second]) await one.jobs.submit(task);
    await expect(one.jobs.look()).rejects.toThrow('newer release');
    expect(one.runs.map(({ id }) => id)).toEqual([second._id]);
    await replicaAt(await open(), { time }).jobs.look();
    const last = replica(first._id);
    await last.jobs.look();
    time.pass(leaseMs);
    await expect(last.jobs.look()).rejects.toThrow('newer release');
    expect(await last.jobs.get(second._id)).toMatchObject({ state: 'dead' });
  });
}
