import type { Envelope } from '@sidekick/contracts';
import type { Outbox } from './collection.ts';
import type { MongoRow } from './mongo-model.ts';
import type { MongoParts } from './mongo-writes.ts';

/** What the relay sees of a collection. */
export function mongoOutbox(name: string, { model, use }: Pick<MongoParts, 'model' | 'use'>, onWrite: Outbox['onWrite']): Outbox {
  const oldest = (limit: number) =>
    use(() =>
      model
        .find({ writtenAt: { $gt: Number.NEGATIVE_INFINITY } } as never, { event: 1, eventVersion: 1, writtenAt: 1 })
        .sort({ writtenAt: 1, _id: 1 })
        .limit(limit)
        .lean<Pick<MongoRow, '_id' | 'event' | 'eventVersion' | 'writtenAt'>[]>()
        .exec(),
    );
  return {
    name,
    async unsent(limit) {
      return (await oldest(limit)).map(({ _id, event, eventVersion, writtenAt }) => ({
        id: _id,
        version: eventVersion ?? 0,
        event: JSON.parse(event ?? 'null') as Envelope,
        writtenAt: writtenAt ?? 0,
      }));
    },
    async sent(id, version) {
      const clear = { $unset: { event: 1, eventVersion: 1, writtenAt: 1 } };
      await use(() => model.updateOne({ _id: id, eventVersion: version } as never, clear as never).exec());
    },
    oldestUnsent: async () => (await oldest(1))[0]?.writtenAt ?? null,
    onWrite,
  };
}
