import { expect, test } from '@jest/globals';
import type { Entry, Log } from '@sidekick/store';
import type { ChangeSet } from './change-set.ts';
import { committer } from './commit.ts';
import type { Replica } from './replica.ts';

test('a writer that has waited too long for its turn is refused, and nothing of it is written', async () => {
  const appended: string[] = [];
  let letGo: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const log = {
    byRequestId: async () => null,
    append: async ({ requestId }: Entry<ChangeSet>) => {
      appended.push(requestId);
      await slow;
      return { ok: true };
    },
  } as unknown as Log<ChangeSet>;
  const replica = { current: () => ({ state: { head: appended.length } }), took: async () => undefined } as unknown as Replica;
  const commit = committer(log, replica, -1);
  const patient = committer(log, replica);

  const first = patient('first', 'an account', () => ({}) as ChangeSet);
  await expect(commit('second', 'an account', () => ({}) as ChangeSet)).rejects.toMatchObject({ code: 'busy', details: { retryAfter: 1 } });
  letGo();
  await expect(first).resolves.toMatchObject({ requestId: 'first' });
  expect(appended).toEqual(['first']);
});
