import { isDeepStrictEqual } from 'node:util';
import { importedMetaOf } from '../../pages/imported.ts';
import type { ImportedMeta, Page } from '../../pages/page.ts';
import type { Sides } from '../../rendering/merge.ts';
import { isTooCostly, type Renderer } from '../../rendering/rendering.ts';

/** What a file asks of the page that it made before. */
export interface Wanted {
  bodyHash: string;
  path: string;
  meta: ImportedMeta;
  jekyll: boolean;
  file: string;
  address: string | null;
  also: string[];
}

export type Decision =
  | { do: 'nothing' }
  | { do: 'keep'; reason: string }
  /** `body` null: as it is. `source` says whether the new body is the source's own. */
  | { do: 'write'; body: string | null; source: boolean; outcome: 'updated' | 'moved' | 'merged' };

/** What the page becomes: a field changed here stays as it was made here, all others follow the source. */
export function mergeMeta(page: Page, next: ImportedMeta): ImportedMeta {
  const ours = importedMetaOf(page);
  const base = page.imported?.meta ?? ours;
  const merged = Object.entries(next).map(([key, value]) => {
    const field = key as keyof ImportedMeta;
    return [field, isDeepStrictEqual(ours[field], base[field]) ? value : ours[field]];
  });
  return Object.fromEntries(merged) as ImportedMeta;
}

/** Compares a file with its page. `bodies` are read only when both sides changed. */
export async function decide(page: Page, wanted: Wanted, bodies: () => Promise<Sides>, merge: Renderer['merge']): Promise<Decision> {
  const { imported } = page;
  if (!imported) return { do: 'keep', reason: 'A page made here stands at this path' };
  const moved = imported.path !== wanted.path;
  const outcome = moved ? 'moved' : 'updated';
  const sameSite = imported.address === wanted.address && isDeepStrictEqual(imported.also, wanted.also);
  const sameMeta = isDeepStrictEqual(imported.meta, wanted.meta) && page.jekyll === wanted.jekyll && sameSite;
  if (imported.bodyHash === wanted.bodyHash) {
    if (!moved && sameMeta && imported.file === wanted.file) return { do: 'nothing' };
    return { do: 'write', body: null, source: false, outcome };
  }
  const sides = await bodies();
  const { theirs } = sides;
  if (page.revision === imported.revision) return { do: 'write', body: theirs, source: true, outcome };
  try {
    const merged = await merge(sides);
    if (merged === null) return { do: 'keep', reason: 'Edited here and changed in the source in the same lines' };
    return { do: 'write', body: merged, source: merged === theirs, outcome: 'merged' };
  } catch (error) {
    if (!isTooCostly(error)) throw error;
    return { do: 'keep', reason: 'Edited here and changed in the source; merging the two takes too long' };
  }
}
