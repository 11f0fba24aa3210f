import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { describeIf, until } from '@sidekick/testing';
import { boundedWorkers, TooBusy, TooCostly } from './index.ts';
import type { CostlyTasks } from './testing/costly.worker.ts';

const workers = boundedWorkers<CostlyTasks>(import.meta.url, './testing/costly.worker', { processes: 2, limitMs: 15_000, heapMiB: 64 });
afterAll(() => workers.close());

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('work in bounded processes', () => {
  test('answers what the task answers, many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => workers.run('double', n)));
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => n * 2));
  });

  test('of very many short tasks none is taken for one whose time is up', async () => {
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.allSettled(Array.from({ length: 900 }, (_, n) => workers.run('double', n)));
      expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
  });

  test('ends what takes too long, while this process goes on and the next task is done', async () => {
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    await expect(workers.run('spin', undefined, { limitMs: 300 })).rejects.toMatchObject({ name: 'TooCostly', why: 'time' });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(5);
    expect(await workers.run('double', 4)).toBe(8);
  });

  test('ends what takes too much memory, and nothing else', async () => {
    await expect(workers.run('hoard', undefined)).rejects.toMatchObject({ name: 'TooCostly', why: 'memory' });
    expect(await workers.run('double', 5)).toBe(10);
  });

  const score = (of: number | 'self') => Number(readFileSync(`/proc/${of}/oom_score_adj`, 'utf8'));
  describeIf(existsSync('/proc/self/oom_score_adj'), 'oom_score_adj (Linux)', 'where memory runs out', () => {
    test('is what the kernel ends first', async () => {
      expect(score(await workers.run('pid', undefined))).toBeGreaterThan(score('self'));
    });
  });

  test('ends what asks for more at once than the whole heap, which would end the process of a thread', async () => {
    await expect(workers.run('swell', undefined)).rejects.toMatchObject({ name: 'TooCostly', why: 'memory' });
    expect(await workers.run('double', 7)).toBe(14);
  });

  test('whoever has much work leaves room for others, and is refused when too much of it waits', async () => {
    const two = boundedWorkers<CostlyTasks>(import.meta.url, './testing/costly.worker', { processes: 2, limitMs: 60_000, heapMiB: 64 });
    const mine = Array.from({ length: 4 }, () => two.run('spin', undefined, { lane: 'one', longestLane: 2 }));
    const ends = mine.map((one) => one.catch((error: Error) => error));
    expect(await two.run('double', 8, { lane: 'other' })).toBe(16);
    expect(await ends[3]).toBeInstanceOf(TooBusy);
    const late = two.run('double', 9, { lane: 'one', longestLane: 5, longestWait: 50 });
    await expect(late).rejects.toBeInstanceOf(TooBusy);
    await two.close();
    // Not that their texts were too large: whoever closes ends them.
    const closed = expect.objectContaining({ name: 'Error', message: 'The workers are closed' });
    expect((await Promise.all(ends)).slice(0, 3)).toEqual([closed, closed, closed]);
  });

  test('a task that waits no longer than it may is done, however long it takes', async () => {
    expect(await workers.run('double', 3, { lane: 'patient', longestWait: 10_000 })).toBe(6);
    await expect(workers.run('spin', undefined, { limitMs: 300, longestWait: 100 })).rejects.toBeInstanceOf(TooCostly);
  });

  test('passes on what the task throws, with its code', async () => {
    await expect(workers.run('refuse', undefined)).rejects.toMatchObject({ name: 'RangeError', message: 'not that', code: 'refused' });
  });

  test('a process that exits by itself is an error of its task alone', async () => {
    // What it said is for a log: whoever sent a text learns nothing of what lies inside.
    const told = { message: 'The worker ended while it had work (3)', cause: { message: expect.stringContaining('inner words') } };
    await expect(workers.run('exit', undefined)).rejects.toMatchObject(told);
    expect(await workers.run('double', 6)).toBe(12);
  });

  test('without work all end but those that are kept, which go on', async () => {
    const bounds = { processes: 2, limitMs: 15_000, heapMiB: 64, idleMs: 200, kept: 1 };
    const two = boundedWorkers<CostlyTasks>(import.meta.url, './testing/costly.worker', bounds);
    const pids = await Promise.all([two.run('pid', undefined), two.run('pid', undefined)]);
    const living = () => pids.filter((pid) => isAlive(pid));
    await until('one to end', () => living().length === 1);
    expect([await two.run('pid', undefined)]).toEqual(living());
    await two.close();
    expect(living()).toEqual([]);
  });

  test('a process that does not start is given up, and its place is free', async () => {
    const bounds = { processes: 1, limitMs: 15_000, heapMiB: 64, startMs: 1 };
    const slow = boundedWorkers<CostlyTasks>(import.meta.url, './testing/costly.worker', bounds);
    for (const n of [1, 2]) await expect(slow.run('double', n)).rejects.toThrow('did not start within 0.001 s');
    await slow.close();
  });

  test('refuses more than may wait', async () => {
    const few = boundedWorkers<CostlyTasks>(import.meta.url, './testing/costly.worker', {
      processes: 1,
      limitMs: 500,
      heapMiB: 64,
      longestQueue: 1,
    });
    const first = few.run('spin', undefined);
    const second = few.run('double', 1);
    // The first is under way, the second waits.
    await expect(few.run('double', 2)).rejects.toBeInstanceOf(TooBusy);
    await expect(first).rejects.toBeInstanceOf(TooCostly);
    expect(await second).toBe(2);
    await few.close();
  });
});
