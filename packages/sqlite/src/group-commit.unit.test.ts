import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { groupCommit } from './group-commit.ts';

class Refused extends Error {}
const isRefusal = (error: unknown) => error instanceof Refused;
const refuse = () => {
  throw new Refused();
};
const fail = () => {
  throw new Error('no room');
};
const statusOf = async (jobs: Promise<unknown>[]) => (await Promise.allSettled(jobs)).map(({ status }) => status);

/** What happens, in its order: `[` and `]` around what is committed, `!` where it is not. */
function recorded() {
  const happened: string[] = [];
  const transaction = (work: () => void) => {
    happened.push('[');
    try {
      work();
      happened.push(']');
    } catch (error) {
      happened.push('!');
      throw error;
    }
  };
  const commits = groupCommit({ transaction, isRefusal });
  const add = (name: string, ms = 0) =>
    commits.add(() => {
      happened.push(name);
      for (const until = performance.now() + ms; performance.now() < until; );
      return name;
    });
  return { commits, add, happened: () => happened.join('') };
}

describe('group commit', () => {
  test('what is asked for in one turn shares a commit, and is answered after it', async () => {
    const { add, happened } = recorded();
    const first = add('a').then((name) => `${name} ${happened()}`);
    expect(await Promise.all([first, add('b')])).toEqual(['a [ab]', 'b']);
    await add('c');
    expect(happened()).toBe('[ab][c]');
  });

  test('a transaction that takes long ends, and others get through before the rest', async () => {
    const { add, commits, happened } = recorded();
    const jobs = [add('a', 25), add('b', 25), add('c')];
    await setImmediate();
    expect(happened()).toBe('[a]');
    await commits.idle();
    expect([happened(), await Promise.all(jobs)]).toEqual(['[a][b][c]', ['a', 'b', 'c']]);
  });

  test('a job that is refused is so alone', async () => {
    const { add, commits, happened } = recorded();
    expect(await statusOf([add('a'), commits.add(refuse), add('b')])).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([happened(), commits.trouble()]).toEqual(['[ab]', null]);
  });

  test('a job that fails takes along what ran before it in its transaction, nothing that comes after', async () => {
    const { add, commits, happened } = recorded();
    const jobs = statusOf([add('a'), commits.add(fail), add('b')]);
    await setImmediate();
    expect(commits.trouble()).toEqual(new Error('no room'));
    expect(await jobs).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect([happened(), commits.trouble()]).toEqual(['[a![b]', null]);
  });

  test('without a transaction no job runs, and none waits for ever', async () => {
    const commits = groupCommit({ transaction: fail, isRefusal });
    let ran = 0;
    const count = () => commits.add(() => (ran += 1));
    expect([await statusOf([count(), count()]), ran]).toEqual([['rejected', 'rejected'], 0]);
    await commits.idle();
  });
});
