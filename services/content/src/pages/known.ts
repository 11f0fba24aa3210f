import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Crumb } from '@sidekick/contracts';
import { type Audience, shows } from '../access/reader.ts';
import type { Tree } from '../tree/tree.ts';
import { type Backlinks, backlinksOf, usedBy } from './backlinks.ts';
import type { Page, StoredPage } from './page.ts';
import { type PageIndexes, pageIndexesOf, whereItStands } from './page-indexes.ts';

/** All pages but their bodies, in memory, with what is derived from all of them. */
export interface KnownPages {
  get(id: string): StoredPage | undefined;
  all(): StoredPage[];
  /** The page of a path, or the one that had it before. */
  byPath(path: string): StoredPage | undefined;
  tree(audience: Audience): Tree;
  /** Pages that link to a page and show to the audience, by title. */
  linkedFrom(id: string, audience: Audience): Crumb[];
  /** Pages whose head shows an attachment. */
  usersOf(hash: string): StoredPage[];
  /** Names the state: any change of any page changes it. The same in every process. */
  stamp(): string;
}

/** What takes pages in; an older version than the one that is known, and a page that was deleted, change nothing. */
export interface Memory extends KnownPages {
  put(stored: StoredPage): void;
  drop(id: string): void;
}

export function knownPages(): Memory {
  const known = new Map<string, StoredPage>();
  /** Ids that were deleted: none is given again, and no late answer of the store brings one back. */
  const gone = new Set<string>();
  let indexes: PageIndexes | undefined;
  let backlinks: Backlinks | undefined;
  const trees = new Map<Audience, Tree>();
  let sum = 0n;

  const pages = () => [...known.values()].map(({ doc }): Page => doc);
  const stood = () => (indexes ??= pageIndexesOf(pages(), trees));
  const using = () => (backlinks ??= backlinksOf(pages(), stood().byPath));
  return {
    put(stored) {
      const old = known.get(stored.doc._id);
      if (gone.has(stored.doc._id) || (old && old.version >= stored.version)) return;
      known.set(stored.doc._id, stored);
      sum ^= (old ? mark(old) : 0n) ^ mark(stored);
      if (!old || !isDeepStrictEqual(whereItStands(old.doc), whereItStands(stored.doc))) indexes = backlinks = undefined;
      else if (!isDeepStrictEqual(usedBy(old.doc), usedBy(stored.doc))) backlinks = undefined;
    },
    drop(id) {
      const old = known.get(id);
      gone.add(id);
      if (!old) return;
      known.delete(id);
      sum ^= mark(old);
      indexes = backlinks = undefined;
    },
    get: (id) => known.get(id),
    all: () => [...known.values()],
    byPath: (path) => known.get(stood().byPath.get(path) ?? stood().byOldPath.get(path) ?? ''),
    tree: (audience) => stood().tree(audience),
    linkedFrom: (id, audience) =>
      (using().links.get(id) ?? [])
        .flatMap((from) => known.get(from)?.doc ?? [])
        .filter((doc) => shows(doc, audience))
        .map(({ _id, path, title }) => ({ id: _id, path, title }))
        .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0)),
    usersOf: (hash) => (using().users.get(hash) ?? []).flatMap((id) => known.get(id) ?? []),
    stamp: () => sum.toString(36),
  };
}

/** Order does not matter to a sum of these, so every process comes to the same one. */
const mark = ({ doc, version }: StoredPage): bigint => createHash('sha256').update(`${doc._id}:${version}`).digest().readBigUInt64BE(0);
