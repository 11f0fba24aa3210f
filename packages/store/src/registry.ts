import type { Collection, CollectionDef, Outbox } from './collection.ts';
import { type AnyDef, checkDefinition, checkName } from './definition.ts';
import type { Log } from './log.ts';
import { notingCollection, notingLog } from './noting.ts';

/** What one store has been told of: a name means one definition, and the same one answers the same collection or log. */
export function registry() {
  const collections = new Map<string, { def: unknown; collection: Pick<Collection<never>, 'sweep'>; outbox: Outbox }>();
  const logs = new Map<string, unknown>();
  return {
    /** Throws when the name has another definition. */
    collection<T extends { _id: string }, I extends string>(
      def: CollectionDef<T, I>,
      make: () => { collection: Collection<T, I>; outbox: Outbox },
    ): Collection<T, I> {
      const known = collections.get(def.name);
      if (known && known.def !== def) throw new Error(`collection "${def.name}" is defined twice`);
      if (known) return known.collection as unknown as Collection<T, I>;
      checkDefinition(def as unknown as AnyDef);
      const { collection: own, outbox } = make();
      const collection = notingCollection(own);
      collections.set(def.name, { def, collection, outbox });
      return collection;
    },
    log<E>(name: string, make: () => Log<E>): Log<E> {
      checkName(name);
      const log = (logs.get(name) as Log<E> | undefined) ?? notingLog(make());
      logs.set(name, log);
      return log;
    },
    outboxes: (): Outbox[] => [...collections.values()].map(({ outbox }) => outbox),
    /** Tombstones forgotten over all collections. */
    async sweep(olderThan: number): Promise<number> {
      let swept = 0;
      for (const { collection } of collections.values()) swept += await collection.sweep(olderThan);
      return swept;
    },
    definitions: (): AnyDef[] => [...collections.values()].map(({ def }) => def as AnyDef),
  };
}
