import { setImmediate as turn } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { until } from '@sidekick/testing';
import { documentForm, jobsOf } from './index.ts';
import { claimContract } from './testing/claims.contract.ts';
import { endContract } from './testing/ends.contract.ts';
import { type MakeSide, type SideTest, sideTests } from './testing/side.ts';
import { aTask, replicaAt, tasks } from './testing/tasks.ts';

/** What jobs must do on every store. `make` gives each test a database of its own. */
export function jobsContract(make: MakeSide): void {
  const withSide = sideTests(make);
  turnContract(withSide);
  claimContract(withSide);
  endContract(withSide);
}

function turnContract(withSide: SideTest): void {
  withSide('runs a job once, and every replica reads what came of it', async ({ open }, time) => {
    const [one, other] = [replicaAt(await open(), { time }), replicaAt(await open(), { time })];
    const task = aTask(time);
    await one.jobs.submit(task);
    expect(await other.jobs.get(task._id)).toMatchObject({ state: 'waiting', by: 'Rita', result: null });
    await other.jobs.look();
    expect(await one.jobs.get(task._id)).toMatchObject({ state: 'running', tries: 1 });
    other.runOf(task._id).finish('made');
    await until('the end', async () => (await one.jobs.get(task._id))?.state === 'done');
    expect(await one.jobs.get(task._id)).toMatchObject({ result: 'made', owner: null, endedAt: time.now().getTime() });
    await Promise.all([one.jobs.look(), other.jobs.look()]);
    expect([one.runs.length, other.runs.length]).toEqual([0, 1]);
  });

  withSide(
    'begins jobs of one key one after the other over all replicas, in their order, and others beside them',
    async ({ open }, time) => {
      const [one, other] = [replicaAt(await open(), { time }), replicaAt(await open(), { time })];
      const [first, second, third] = ['a', 'a', 'a'].map((key) => aTask(time, { key }));
      const beside = [aTask(time, { key: 'b' }), aTask(time)];
      for (const task of [first, second, third, ...beside]) if (task) await one.jobs.submit(task);
      await one.jobs.look();
      await other.jobs.look();
      expect(one.runs.map(({ id }) => id)).toEqual([first?._id, ...beside.map(({ _id }) => _id)]);
      expect(other.runs).toEqual([]);
      one.runOf(first?._id ?? '').finish();
      await until('the key to be free', async () => (await one.jobs.get(first?._id ?? ''))?.state === 'done');
      await other.jobs.look();
      await one.jobs.look();
      expect(other.runs.map(({ id }) => id)).toEqual([second?._id]);
      expect(one.runs).toHaveLength(3);
    },
  );

  withSide('runs no more at once in a process than the kind says, and nothing before it is due', async ({ open }, time) => {
    const { jobs, runs } = replicaAt(await open(), { time, atOnce: 2 });
    const late = aTask(time, { dueAt: new Date(time.now().getTime() + 1_000) });
    for (const task of [late, aTask(time), aTask(time), aTask(time)]) await jobs.submit(task);
    await jobs.look();
    expect(runs).toHaveLength(2);
    for (const { finish } of runs) finish();
    await until('room', async () => (await jobs.count('running', 10)) === 0);
    await jobs.look();
    expect(runs).toHaveLength(3);
    time.pass(1_000);
    await jobs.look();
    expect(runs.map(({ id }) => id)).toContain(late._id);
    expect([await jobs.count('running', 10), await jobs.count('running', 1)]).toEqual([2, 1]);
  });

  withSide('shows progress at once where it runs, elsewhere with the next beat, which is one write', async ({ open }, time) => {
    const [store, elsewhere] = [await open(), await open()];
    const { jobs, runOf } = replicaAt(store, { time });
    const other = replicaAt(elsewhere, { time });
    const { _id } = aTask(time);
    await jobs.submit(aTask(time, { _id }));
    await jobs.look();
    const version = async () => (await store.collection(tasks).get(_id))?.version;
    const before = (await version()) ?? 0;
    for (let n = 1; n <= 1_000; n++) runOf(_id).doc.progress = { done: n, total: 1_000 };
    expect((await jobs.get(_id))?.progress).toEqual({ done: 1_000, total: 1_000 });
    expect([await version(), (await other.jobs.get(_id))?.progress]).toEqual([before, null]);
    await jobs.beat();
    expect([await version(), (await other.jobs.get(_id))?.progress?.done]).toEqual([before + 1, 1_000]);
  });

  withSide('never runs a job twice, nor two of a key at once, at replicas that look all the time', async ({ open }, time) => {
    const counts = new Map<string, number>();
    const underWay = new Set<string>();
    const overlaps: string[] = [];
    const replica = async () =>
      jobsOf({
        collection: (await open()).collection(tasks),
        form: documentForm<string, string>(),
        time,
        trouble: (error) => overlaps.push(String(error)),
        kind: {
          atOnce: 4,
          tries: 1,
          waitAfter: () => 0,
          reasonOf: String,
          async run({ doc }) {
            counts.set(doc._id, (counts.get(doc._id) ?? 0) + 1);
            const name = doc.key ?? doc._id;
            if (underWay.has(name)) overlaps.push(name);
            underWay.add(name);
            for (let n = 0; n < 3; n++) await turn();
            underWay.delete(name);
          },
        },
      });
    const replicas = [await replica(), await replica(), await replica()];
    const all = Array.from({ length: 45 }, (_, n) => aTask(time, n % 3 === 0 ? {} : { key: `key-${n % 5}` }));
    for (const [n, task] of all.entries()) await replicas[n % 3]?.submit(task);
    await until('all to end', async () => {
      await Promise.all(replicas.flatMap((jobs) => [jobs.look(), jobs.beat()]));
      const left = await Promise.all((['waiting', 'running'] as const).map((state) => replicas[0]?.count(state, 1)));
      return left.every((count) => count === 0);
    });
    expect(overlaps).toEqual([]);
    expect([...counts.values()]).toEqual(all.map(() => 1));
  });

  withSide('begins by itself what is submitted, and what waited for a key that another replica had', async ({ open }, time) => {
    const [one, store] = [replicaAt(await open(), { time }), await open()];
    const ran: string[] = [];
    const times = { beatMs: 600_000, leaseMs: 600_000, lookMs: 10 };
    const kind = { atOnce: 5, tries: 1, waitAfter: () => 0, reasonOf: String };
    const other = jobsOf({
      collection: store.collection(tasks),
      form: documentForm<string, string>(),
      times,
      trouble: () => {},
      kind: { ...kind, run: async ({ doc }) => void ran.push(doc._id) },
    });
    const [held, waits, free] = [aTask(time, { key: 'a' }), aTask(time, { key: 'a' }), aTask(time)];
    await one.jobs.submit(held);
    await one.jobs.look();
    other.start();
    await other.submit(waits);
    await other.submit(free);
    await until('the free one', () => ran.length === 1);
    expect(ran).toEqual([free._id]);
    one.runOf(held._id).finish();
    await until('the one that waited', () => ran.length === 2);
    await other.stop();
  });
}
