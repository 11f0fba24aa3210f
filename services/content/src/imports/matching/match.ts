import type { StoredPage } from '../../pages/page.ts';
import { nameOf } from '../../text/paths.ts';
import type { Scanned, SourcePage } from '../reading/scan.ts';
import { alike, mostCompared } from './likeness.ts';

export interface Matches {
  matches: Map<SourcePage, StoredPage>;
  /** Pages whose file is gone. */
  vanished: StoredPage[];
}

export interface MatchOptions {
  /** Pages that this source made before. */
  known: readonly StoredPage[];
  pathOf: (page: SourcePage) => string;
  /** The source's text of pages as the last import read it. */
  bodiesOf: (pages: readonly StoredPage[]) => AsyncIterable<[StoredPage, string]>;
  pause: () => Promise<void>;
}

const fileOf = ({ doc }: StoredPage): string => doc.imported?.file ?? '';

/** Matches files with the pages they made before: by file, by the same content elsewhere, by likeness (a move with changes), by path. */
export async function matchPages({ pages, failed }: Pick<Scanned, 'pages' | 'failed'>, options: MatchOptions): Promise<Matches> {
  const { known, pathOf } = options;
  const byFile = new Map(known.map((stored) => [fileOf(stored), stored]));
  const matches = new Map<SourcePage, StoredPage>();
  for (const page of pages) {
    const stored = byFile.get(page.file);
    if (stored) matches.set(page, stored);
  }
  const used = new Set(matches.values());
  const bad = new Set(failed.map(({ path }) => path));
  // The page of a file that failed this time stays as it is.
  const gone = new Set(known.filter((stored) => !used.has(stored) && !bad.has(fileOf(stored))));
  const take = (page: SourcePage, stored: StoredPage | undefined) => {
    if (!stored || !gone.has(stored)) return;
    matches.set(page, stored);
    gone.delete(stored);
  };
  const fresh = () => pages.filter((page) => !matches.has(page));
  const nameAndHash = (hash: string | undefined, file: string) => `${hash} ${nameOf(file)}`;
  const named = firstBy(gone, (stored) => nameAndHash(stored.doc.imported?.bodyHash, fileOf(stored)));
  for (const page of fresh()) take(page, named(nameAndHash(page.bodyHash, page.file)));
  const same = firstBy(gone, ({ doc }) => doc.imported?.bodyHash ?? '');
  for (const page of fresh()) if (!page.isEmpty) take(page, same(page.bodyHash));
  for (const [stored, page] of await moved(gone, fresh(), options)) take(page, stored);
  const byPath = new Map([...gone].map((stored) => [stored.doc.path, stored]));
  for (const page of fresh()) take(page, byPath.get(pathOf(page)));
  return { matches, vanished: [...gone] };
}

/** By a key the first page that is still without a file. */
function firstBy(gone: ReadonlySet<StoredPage>, keyOf: (stored: StoredPage) => string) {
  const byKey = new Map<string, StoredPage[]>();
  for (const stored of [...gone].reverse()) {
    const known = byKey.get(keyOf(stored));
    if (known) known.push(stored);
    else byKey.set(keyOf(stored), [stored]);
  }
  return (key: string): StoredPage | undefined => {
    const list = byKey.get(key) ?? [];
    while (list.length > 0 && !gone.has(list.at(-1) as StoredPage)) list.pop();
    return list.at(-1);
  };
}

async function moved(gone: ReadonlySet<StoredPage>, fresh: readonly SourcePage[], { bodiesOf, pause }: MatchOptions) {
  const standing = [...gone].filter(({ doc }) => doc.status !== 'archived');
  const candidates = fresh.filter(({ isEmpty }) => !isEmpty);
  if (standing.length === 0 || candidates.length === 0 || Math.min(standing.length, candidates.length) > mostCompared) return [];
  if (Math.max(standing.length, candidates.length) > 10 * mostCompared) return [];
  const prefers = (stored: StoredPage, page: SourcePage) => nameOf(fileOf(stored)) === nameOf(page.file);
  return alike(bodiesOf(standing), bodiesIn(candidates), { prefers, pause });
}

async function* bodiesIn(pages: readonly SourcePage[]): AsyncIterable<[SourcePage, string]> {
  for (const page of pages) yield [page, await page.body()];
}
