import { expect } from '@jest/globals';
import { until } from '@sidekick/testing';
import type { sideTests } from './sides.ts';
import { anEvent, aThing, type ThingsTest, things } from './things.ts';

export function outboxContract(withSide: ReturnType<typeof sideTests>, withThings: ThingsTest): void {
  withSide('keeps unsent events in the order they were written, over a close', async (side) => {
    let now = 1_000;
    const clock = { now: () => new Date(now) };
    const first = side.open(clock);
    const collection = first.collection(things());
    await first.migrate();
    const [outbox] = first.outboxes();
    expect(outbox?.name).toBe('things');
    expect(await outbox?.unsent(10)).toEqual([]);
    expect(await outbox?.oldestUnsent()).toBeNull();
    for (const _id of ['z', 'm', 'a']) {
      await collection.insert(aThing({ _id }), anEvent(_id));
      now += 5;
    }
    await collection.insert(aThing({ _id: 'quiet' }));
    await first.close();

    const second = side.open(clock);
    second.collection(things());
    await second.migrate();
    const [again] = second.outboxes();
    const unsent = await again?.unsent(2);
    expect(unsent).toEqual([
      { id: 'z', version: 1, event: anEvent('z')(1), writtenAt: 1_000 },
      { id: 'm', version: 1, event: anEvent('m')(1), writtenAt: 1_005 },
    ]);
    expect(await again?.oldestUnsent()).toBe(1_000);
    await again?.sent([{ id: 'z', version: 1 }]);
    expect((await again?.unsent(10))?.map(({ id }) => id)).toEqual(['m', 'a']);
    expect(await again?.oldestUnsent()).toBe(1_005);
  });

  withThings('clears what was sent without raising the version, and never a newer event', async (collection, store) => {
    const [outbox] = store.outboxes();
    const first = await collection.insert(aThing({ _id: 'a' }), anEvent('a'));
    const second = await collection.replace(first, { ...first.doc, rank: 1 }, anEvent('a'));
    await outbox?.sent([{ id: 'a', version: 1 }]);
    expect(await outbox?.unsent(9)).toMatchObject([{ id: 'a', version: 2, event: { sequence: 2 } }]);
    const nobody = { id: 'nobody', version: 1 };
    await outbox?.sent([nobody, { id: 'a', version: 2 }, { id: 'a', version: 2 }]);
    await outbox?.sent([nobody]);
    await outbox?.sent([]);
    expect(await outbox?.unsent(9)).toEqual([]);
    const third = await collection.replace(second, { ...second.doc, rank: 2 });
    expect(third.version).toBe(3);
    expect(await outbox?.unsent(9)).toEqual([]);
  });

  withThings('keeps an unsent event through writes that bring none', async (collection, store) => {
    const [outbox] = store.outboxes();
    const first = await collection.insert(aThing({ _id: 'a' }), anEvent('a'));
    const second = await collection.replace(first, { ...first.doc, rank: 1 });
    await collection.remove(second);
    expect(await outbox?.unsent(9)).toMatchObject([{ id: 'a', version: 1, event: { sequence: 1 } }]);
    await outbox?.sent([{ id: 'a', version: 1 }]);
    expect(await outbox?.unsent(9)).toEqual([]);
  });

  withThings('tells of writes that bring an event, after they are done, until told to stop', async (collection, store) => {
    const [outbox] = store.outboxes();
    const heard: (string | undefined)[] = [];
    const stop = outbox?.onWrite((id) => heard.push(id ?? 'a'));
    const first = await collection.insert(aThing({ _id: 'a' }), anEvent('a'));
    await until('the first', () => heard.length === 1);
    const second = await collection.replace(first, first.doc);
    await collection.replace(first, first.doc, anEvent('a')).catch(() => {});
    const third = await collection.replace(second, second.doc, anEvent('a'));
    await until('the second', () => heard.length === 2);
    await collection.remove(third, anEvent('a'));
    await until('the third', () => heard.length === 3);
    stop?.();
    await collection.insert(aThing({ _id: 'b' }), anEvent('b'));
    await Promise.resolve();
    expect(heard).toEqual(['a', 'a', 'a']);
  });

  withThings('writes nothing when the event cannot be made', async (collection) => {
    const failing = () => {
      throw new Error('no event');
    };
    await expect(collection.insert(aThing({ _id: 'a' }), failing)).rejects.toThrow('no event');
    expect(await collection.get('a')).toBeNull();
  });
}
