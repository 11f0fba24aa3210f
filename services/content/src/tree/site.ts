import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Cache } from '@sidekick/cache';
import type { Crumb } from '@sidekick/contracts';
import { oneAfterAnother } from '@sidekick/service-kit';
import type { Collection } from '@sidekick/store';
import { type Audience, shows } from '../access/reader.ts';
import { type Page, pathKey, type StoredPage } from '../pages/page.ts';
import { type Removals, removedSince } from '../pages/removal.ts';
import { buildTree, type Tree, type TreePage } from './tree.ts';

/** All pages but their bodies, in memory, with what is derived from all of them. */
export interface Site {
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

/** How long what others wrote may go unseen by somebody who is not signed in, in milliseconds. */
const pollMs = 250;
/** How late a write may arrive after the time it names, and how far clocks may be apart, in milliseconds. */
const overlapMs = 10_000;
const stampName = 'content:pages';

export interface SiteOptions {
  pages: Collection<Page, 'by-touched'>;
  removals: Removals;
  /** Through its stamps processes tell each other that something was written. */
  cache: Cache;
  /** Other processes write too, so their writes are looked for. */
  shared: boolean;
}

export function createSite({ pages, removals, cache, shared }: SiteOptions): Site {
  const known = new Map<string, StoredPage>();
  /** Ids that were deleted: none is given again, and no late answer of the store brings one back. */
  const gone = new Set<string>();
  let loaded: Promise<void> | undefined;
  let polled = 0;
  /** When the last look at all that others wrote began that came to an end. */
  let looked = 0;
  /** The stamp before that look; null before the first. */
  let seen: string | null = null;
  let telling = Promise.resolve();
  let structure: Structure | undefined;
  let uses: Uses | undefined;
  const trees = new Map<Audience, Tree>();
  let sum = 0n;

  const put = (stored: StoredPage) => {
    const old = known.get(stored.doc._id);
    if (gone.has(stored.doc._id) || (old && old.version >= stored.version)) return;
    known.set(stored.doc._id, stored);
    sum ^= (old ? mark(old) : 0n) ^ mark(stored);
    if (!old || !isDeepStrictEqual(standingOf(old.doc), standingOf(stored.doc))) structure = uses = undefined;
    else if (!isDeepStrictEqual(usedBy(old.doc), usedBy(stored.doc))) uses = undefined;
  };
  const drop = (id: string) => {
    const old = known.get(id);
    gone.add(id);
    if (!old) return;
    known.delete(id);
    sum ^= mark(old);
    structure = uses = undefined;
  };
  async function load(): Promise<void> {
    polled = Date.now();
    const begun = polled;
    for await (const { version, doc } of pages.scan()) if (doc) put({ doc, version });
    looked = begun;
  }
  async function poll(): Promise<void> {
    polled = Date.now();
    const begun = polled;
    const stamp = await cache.stampOf(stampName);
    const since = looked - overlapMs;
    let cursor: string | undefined;
    do {
      const page = await pages.query({ index: 'by-touched', range: { gt: since }, limit: 1_000, cursor });
      for (const stored of page.items) put(stored);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    for (const { page } of await removedSince(removals, since)) if (known.has(page)) await lookAt(page);
    looked = begun;
    if (stamp !== null) seen = stamp;
  }
  async function lookAt(id: string): Promise<void> {
    const stored = await pages.get(id);
    if (stored) put(stored);
    else if (known.has(id)) drop(id);
  }
  let newestStamp: string | null = null;
  const readStamp = oneAfterAnother(async () => {
    newestStamp = await cache.stampOf(stampName);
  });
  const tell = oneAfterAnother(() => cache.stamp(stampName));
  const announce = () => {
    if (shared) telling = tell();
  };
  const mayBeOld = async (found: StoredPage | undefined, exactly: boolean): Promise<boolean> => {
    if (!shared || (found && !exactly)) return false;
    if (found) await readStamp();
    return !found || newestStamp === null || newestStamp !== seen;
  };
  const standing = () => (structure ??= structureOf([...known.values()].map(docOf), trees));
  const using = () => (uses ??= usesOf([...known.values()].map(docOf), standing().byPath));
  const at = (path: string) => known.get(standing().byPath.get(path) ?? standing().byOldPath.get(path) ?? '');
  return {
    async refresh() {
      loaded ??= load().catch((error) => {
        loaded = undefined;
        throw error;
      });
      await loaded;
      if (!shared || Date.now() - polled < pollMs) return;
      await poll();
    },
    async current(id, exactly) {
      if (await mayBeOld(known.get(id), exactly)) await lookAt(id);
      return known.get(id);
    },
    async currentAt(path, exactly) {
      const found = at(path);
      if (await mayBeOld(found, exactly)) {
        const there = await pages.byKey(pathKey(path));
        if (there) put(there);
        else if (found) await lookAt(found.doc._id);
      }
      return at(path);
    },
    put(stored) {
      put(stored);
      announce();
    },
    drop(id) {
      drop(id);
      announce();
    },
    told: () => telling,
    get: (id) => known.get(id),
    all: () => [...known.values()],
    byPath: at,
    tree: (audience) => standing().tree(audience),
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

const docOf = ({ doc }: StoredPage): Page => doc;

/** What follows from where pages stand, by their ids. Most edits leave it as it is. */
interface Structure {
  byPath: Map<string, string>;
  byOldPath: Map<string, string>;
  tree(audience: Audience): Tree;
}
const standingOf = (page: Page) => [treePageOf(page), page.oldPaths, page.status, page.visibility];

/** Ids of the pages that link to a page, by its id, and of those that show an attachment, by its hash. */
interface Uses {
  links: Map<string, string[]>;
  users: Map<string, string[]>;
}
const usedBy = ({ links, files }: Page) => [links, files];

export const treePageOf = ({ _id, path, title, place, under }: Pick<Page, '_id' | 'path' | 'title' | 'place' | 'under'>): TreePage => ({
  id: _id,
  path,
  title,
  place,
  under,
});

/** `last` are the trees that were made last, of whatever pages; their order is a good guess. */
function structureOf(all: readonly Page[], last: Map<Audience, Tree>): Structure {
  const treePages = new Map(all.map((doc) => [doc._id, treePageOf(doc)]));
  const trees = new Map<Audience, Tree>();
  return {
    byPath: new Map(all.map((doc) => [doc.path, doc._id])),
    byOldPath: new Map(all.flatMap((doc) => doc.oldPaths.map((path) => [path, doc._id] as const))),
    tree(audience) {
      const known = trees.get(audience);
      if (known) return known;
      const shown = new Map(all.filter((doc) => shows(doc, audience)).map((doc) => [doc._id, treePageOf(doc)]));
      const before = (last.get(audience)?.order ?? []).flatMap((id) => shown.get(id) ?? []);
      const tree = buildTree([...new Set([...before, ...shown.values()])], treePages);
      trees.set(audience, tree);
      last.set(audience, tree);
      return tree;
    },
  };
}

function usesOf(all: readonly Page[], byPath: ReadonlyMap<string, string>): Uses {
  const users = new Map<string, string[]>();
  const links = new Map<string, string[]>();
  for (const doc of all) {
    for (const hash of doc.files) add(users, hash, doc._id);
    for (const link of doc.links) {
      const id = link.startsWith('/') ? byPath.get(link.slice(1)) : link;
      if (id && id !== doc._id) add(links, id, doc._id);
    }
  }
  return { links, users };
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
