import { type KnownPages, knownPages } from './known.ts';
import { pathKey, type StoredPage } from './page.ts';
import { type ReplicationOptions, replicationOf } from './replication.ts';

/** All pages as this process knows them, kept as the store has them. */
export interface PagesReplica extends KnownPages {
  /** Takes in what other processes wrote. Called before anything is read. */
  refresh(): Promise<void>;
  /**
   * A page as the store has it now where `exactly`, so that whoever wrote through another process reads it at once; what is
   * not known here is looked for before it counts as missing.
   */
  current(id: string, exactly: boolean): Promise<StoredPage | undefined>;
  /** The same of the page of a path, or the one that had it before. */
  currentAt(path: string, exactly: boolean): Promise<StoredPage | undefined>;
  /** Takes in a write of this process, so that whoever wrote reads it at once, and tells the other processes. */
  put(stored: StoredPage): void;
  drop(id: string): void;
  /** Waits until the other processes can know of every write so far. Never rejects. */
  told(): Promise<void>;
}

export function createPagesReplica(options: ReplicationOptions): PagesReplica {
  const known = knownPages();
  const { refresh, lookAt, mayBeOld, announce, told } = replicationOf(known, options);
  return {
    ...known,
    refresh,
    told,
    async current(id, exactly) {
      if (await mayBeOld(known.get(id), exactly)) await lookAt(id);
      return known.get(id);
    },
    async currentAt(path, exactly) {
      const found = known.byPath(path);
      if (await mayBeOld(found, exactly)) {
        const there = await options.pages.byKey(pathKey(path));
        if (there) known.put(there);
        else if (found) await lookAt(found.doc._id);
      }
      return known.byPath(path);
    },
    put(stored) {
      known.put(stored);
      announce();
    },
    drop(id) {
      known.drop(id);
      announce();
    },
  };
}
