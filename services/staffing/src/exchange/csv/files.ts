import { CsvKind, type CsvQuery } from '@sidekick/contracts';
import { createLog } from '@sidekick/service-kit';
import type { Store } from '@sidekick/store';
import type { ChangeSet } from '../../log/change-set.ts';
import { replicaOf } from '../../log/replica.ts';
import { bookOf } from './reading.ts';
import { csvOf } from './write.ts';

export interface CsvOut {
  /** `people.csv`. */
  readonly name: string;
  readonly pieces: AsyncIterable<string>;
}

/** Every kind as CSV from the database of a service that does not run. */
export async function csvFiles(store: Store, today: string, query: CsvQuery): Promise<CsvOut[]> {
  const replica = replicaOf({ log: store.log<ChangeSet>('changes'), logger: createLog({ level: 'silent' }) });
  await replica.start();
  await replica.stop();
  const book = bookOf(replica.current(), { today, timeZone: 'UTC' });
  return CsvKind.options.map((kind) => ({ name: `${kind}.csv`, pieces: csvOf(kind, book, query) }));
}
