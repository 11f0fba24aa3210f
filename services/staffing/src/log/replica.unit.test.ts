import { expect, test } from '@jest/globals';
import type { Entry, Log } from '@sidekick/store';
import { quietLog } from '@sidekick/testing';
import type { ChangeSet } from './change-set.ts';
import { replicaOf } from './replica.ts';

const id = '01M8EWX1WP8Q3V6TZ1M4K7W2XH';
const anEntry = (number: number) =>
  ({
    number,
    requestId: `r${number}`,
    entry: { at: '', undoes: null, changes: [{ kind: 'person', id, after: {} }] },
  }) as unknown as Entry<ChangeSet>;

test('an entry that came here while it was read is taken in once', async () => {
  let answer: (entries: Entry<ChangeSet>[]) => void = () => undefined;
  const answered = new Promise<Entry<ChangeSet>[]>((resolve) => {
    answer = resolve;
  });
  const log = { read: () => answered, redact: async () => 0 } as unknown as Log<ChangeSet>;
  const replica = replicaOf({ log, logger: quietLog });
  const reading = replica.catchUp();
  await replica.took(anEntry(1));
  expect(replica.current().state.head).toBe(1);
  answer([anEntry(1), anEntry(2)]);
  await reading;
  expect(replica.current().state.head).toBe(2);
  expect(replica.current().history.touches.get(id)?.numbers).toEqual([1, 2]);
});

test('what stands between the head and an entry of this process is read first', async () => {
  const asked: number[] = [];
  const stored = [anEntry(1), anEntry(2), anEntry(3)];
  const log = {
    async read(after: number) {
      asked.push(after);
      return stored.slice(after);
    },
    redact: async () => 0,
  } as unknown as Log<ChangeSet>;
  const replica = replicaOf({ log, logger: quietLog });
  await replica.took(anEntry(3));
  expect(asked).toEqual([0]);
  expect(replica.current().history.touches.get(id)?.numbers).toEqual([1, 2, 3]);
});
