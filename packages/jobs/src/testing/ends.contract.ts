import { expect } from '@jest/globals';
import { until } from '@sidekick/testing';
import { GiveUp, sweepJobs } from '../index.ts';
import type { SideTest } from './side.ts';
import { aTask, cutOff, ownReplicaAt, replicaAt, tasks } from './tasks.ts';

export function endContract(withSide: SideTest): void {
  withSide('tries again after a pause that grows, and is then dead with the reason in words', async ({ open }, time) => {
    const { jobs, runs } = replicaAt(await open(), { time });
    const task = aTask(time);
    await jobs.submit(task);
    for (const [tries, pause] of [
      [1, 60_000],
      [2, 120_000],
    ] as const) {
      await jobs.look();
      runs.at(-1)?.fail(new Error('no room'));
      await until('the next try', async () => (await jobs.get(task._id))?.state === 'waiting');
      expect(await jobs.get(task._id)).toMatchObject({ tries, reason: 'Failed: no room', dueAt: time.now().getTime() + pause });
      time.pass(pause - 1);
      await jobs.look();
      expect(runs).toHaveLength(tries);
      time.pass(1);
    }
    await jobs.look();
    runs.at(-1)?.fail(new Error('no room left'));
    await until('the end', async () => (await jobs.get(task._id))?.state === 'dead');
    expect(await jobs.get(task._id)).toMatchObject({ tries: 3, reason: 'Failed: no room left' });
    time.pass(86_400_000);
    await jobs.look();
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  withSide('is dead at once when the run gives up, or made what cannot be kept', async ({ open }, time) => {
    const { jobs, runOf, troubles } = replicaAt(await open(), { time });
    const [gives, wrong] = [aTask(time), aTask(time)];
    for (const task of [gives, wrong]) await jobs.submit(task);
    await jobs.look();
    runOf(gives._id).fail(new GiveUp('There is no such person'));
    runOf(wrong._id).finish(7 as unknown as string);
    await until('both ends', async () => (await jobs.count('dead', 10)) === 2);
    expect(await jobs.get(gives._id)).toMatchObject({ tries: 1, reason: 'There is no such person' });
    expect(await jobs.get(wrong._id)).toMatchObject({ result: null, reason: expect.stringContaining('result') });
    expect(troubles).toEqual(['the end of a job could not be saved']);
  });

  withSide('cancels what waits at once, and what runs at another replica with its next beat', async ({ open }, time) => {
    const [one, other] = [replicaAt(await open(), { time, atOnce: 1 }), replicaAt(await open(), { time })];
    const [runs, waits] = [aTask(time), aTask(time)];
    for (const task of [runs, waits]) await one.jobs.submit(task);
    await one.jobs.look();
    expect([await other.jobs.cancel(waits._id, 'Ana'), await other.jobs.cancel(runs._id, 'Ana')]).toEqual([true, true]);
    expect(await one.jobs.get(waits._id)).toMatchObject({ state: 'cancelled', reason: 'Cancelled by Ana' });
    expect(one.runOf(runs._id).signal.aborted).toBe(false);
    await one.jobs.beat();
    expect(one.runOf(runs._id).signal.reason).toMatchObject({ why: 'cancelled' });
    await until('its end', async () => (await other.jobs.get(runs._id))?.state === 'cancelled');
    expect([await other.jobs.cancel(waits._id, 'Ana'), await other.jobs.cancel('nobody', 'Ana')]).toEqual([false, false]);
    await one.jobs.look();
    expect(one.runs).toHaveLength(1);
  });

  withSide('cancels what runs or waits here at once, and does not try a cancelled job again', async ({ open }, time) => {
    const own = ownReplicaAt(await open(), { time, atOnce: 1 });
    const [runs, waits] = [aTask(time), aTask(time)];
    for (const task of [runs, waits]) await own.jobs.submit(task, task._id);
    await own.jobs.look();
    for (const { _id } of [runs, waits]) {
      expect(await own.jobs.cancel(_id, 'Ana')).toBe(true);
      await until('its end', async () => (await own.jobs.get(_id))?.state === 'cancelled');
    }
    expect(own.gone.toSorted()).toEqual([runs._id, waits._id]);
    const [one, other] = [replicaAt(await open(), { time }), replicaAt(await open(), { time })];
    const task = aTask(time);
    await one.jobs.submit(task);
    await one.jobs.look();
    await other.jobs.cancel(task._id, 'Ana');
    one.runOf(task._id).fail(new Error('at the same time'));
    await until('its end', async () => (await one.jobs.get(task._id))?.state === 'cancelled');
  });

  withSide('gives back what it runs when its process stops: another takes it up at once, at the same try', async ({ open }, time) => {
    const [one, other] = [replicaAt(await open(), { time, tries: 1 }), replicaAt(await open(), { time, tries: 1 })];
    const task = aTask(time, { key: 'a' });
    await one.jobs.submit(task);
    await one.jobs.look();
    await one.jobs.stop();
    expect(one.runOf(task._id).signal.reason).toMatchObject({ why: 'stopping' });
    await expect(one.jobs.submit(aTask(time))).rejects.toThrow('stops');
    await one.jobs.look();
    await other.jobs.look();
    expect([one.runs.length, other.runOf(task._id).attempt]).toEqual([1, 1]);
  });

  withSide('tells of a job that is bound to it, running or waiting, that it ended when its process stopped', async ({ open }, time) => {
    const { jobs, runs, gone } = ownReplicaAt(await open(), { time, atOnce: 1 });
    const all = [aTask(time), aTask(time)];
    for (const task of all) await jobs.submit(task, task._id);
    await jobs.look();
    await jobs.stop();
    for (const { _id } of all) expect(await jobs.get(_id)).toMatchObject({ state: 'dead', reason: 'Failed: the process stops' });
    expect([runs.length, gone.toSorted()]).toEqual([1, all.map(({ _id }) => _id)]);
  });

  withSide('keeps the end of a run that the store could not take, and writes it with the next beat', async ({ open }, time) => {
    const away = cutOff(await open(), 'refuses');
    const [one, other] = [replicaAt(away.store, { time }), replicaAt(await open(), { time })];
    const task = aTask(time);
    await one.jobs.submit(task);
    await one.jobs.look();
    away.goAway();
    one.runOf(task._id).finish('made');
    await until('it to be refused', () => one.troubles.length === 1);
    away.comeBack();
    await one.jobs.look();
    expect(await other.jobs.get(task._id)).toMatchObject({ state: 'running' });
    await one.jobs.beat();
    expect(await other.jobs.get(task._id)).toMatchObject({ state: 'done', result: 'made' });
    expect(one.runs).toHaveLength(1);
  });

  withSide('forgets jobs a day at a time, 100 days after their end, and none that has not ended', async ({ open }, time) => {
    const store = await open();
    const { jobs, runOf } = replicaAt(store, { time });
    const sweep = () => sweepJobs(store.collection(tasks), { clock: time });
    const ended: string[] = [];
    for (let day = 0; day < 2; day++) {
      for (const task of [aTask(time), aTask(time)]) {
        await jobs.submit(task);
        await jobs.look();
        runOf(task._id).finish();
        await until('its end', async () => (await jobs.get(task._id))?.state === 'done');
        ended.push(task._id);
      }
      time.pass(86_400_000);
    }
    const waits = aTask(time);
    await jobs.submit(waits);
    time.pass(98 * 86_400_000);
    expect(await sweep()).toBe(0);
    time.pass(86_400_000);
    expect([await sweep(), await sweep()]).toEqual([2, 0]);
    time.pass(86_400_000);
    expect([await sweep(), await sweep()]).toEqual([2, 0]);
    expect(await Promise.all(ended.map((id) => jobs.get(id)))).toEqual([null, null, null, null]);
    expect(await jobs.get(waits._id)).toMatchObject({ state: 'waiting' });
  });
}
