import type { Envelope } from '@sidekick/contracts';
import type { Outbox } from './collection.ts';
import type { MongoRow } from './mongo-model.ts';
import { atOnce } from './mongo-query.ts';
import type { MongoParts } from './mongo-writes.ts';

type Waiting = Pick<MongoRow, '_id' | 'event' | 'eventVersion' | 'writtenAt'>;

/** What the relay sees of a collection. */
export function mongoOutbox(name: string, { model, use }: Pick<MongoParts, 'model' | 'use'>, onWrite: Outbox['onWrite']): Outbox {
  const oldest = (limit: number) =>
    use(() =>
      model.collection
        .find<Waiting>(
          { writtenAt: { $gt: Number.NEGATIVE_INFINITY } },
          { projection: { event: 1, eventVersion: 1, writtenAt: 1 }, sort: { writtenAt: 1, _id: 1 }, ...atOnce(limit) },
        )
        .toArray(),
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
    async sent(events) {
      if (events.length === 0) return;
      const update = { $unset: { event: 1, eventVersion: 1, writtenAt: 1 } };
      const clears = events.map(({ id, version }) => ({ updateOne: { filter: { _id: id, eventVersion: version }, update } }));
      await use(() => model.collection.bulkWrite(clears as never, { ordered: false }));
    },
    oldestUnsent: async () => (await oldest(1))[0]?.writtenAt ?? null,
    onWrite,
  };
}
