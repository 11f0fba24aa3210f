import type { Collection } from '@sidekick/store';
import { LRUCache } from 'lru-cache';
import type { Revision } from './revision.ts';

/** Characters of text that are kept, of all revisions together; a character is one or two bytes. */
const most = 16_000_000;

/** Revisions that were read or written a short time ago. None is ever changed, so what is known of one stays true. */
export interface RecentRevisions {
  /** From memory, else from the store; undefined where there is none. */
  get(id: string): Promise<Revision | undefined>;
  /** Called with one that is stored. */
  keep(revision: Revision): void;
}

export function recentRevisions(revisions: Pick<Collection<Revision, 'by-page'>, 'get'>): RecentRevisions {
  const kept = new LRUCache<string, Revision>({ maxSize: most, sizeCalculation: sizeOf });
  const keep = (revision: Revision) => void kept.set(revision._id, revision);
  return {
    keep,
    async get(id) {
      const known = kept.get(id);
      if (known) return known;
      const stored = await revisions.get(id);
      if (stored) keep(stored.doc);
      return stored?.doc;
    },
  };
}

const sizeOf = ({ body, html, sections }: Revision): number =>
  1_000 + body.length + html.length + sections.reduce((sum, { text, code }) => sum + text.length + code.length, 0);
