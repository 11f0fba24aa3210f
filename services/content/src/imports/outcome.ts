import { isDeepStrictEqual } from 'node:util';
import { merge } from 'node-diff3';
import type { ImportedMeta, Page } from '../pages/page.ts';

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

/** Whether anybody changed the page here since the last import wrote it. */
export const editedHere = (page: Page): boolean =>
  page.imported !== null &&
  (page.revision !== page.imported.revision ||
    page.path !== page.imported.path ||
    !isDeepStrictEqual(importedMetaOf(page), page.imported.meta));

function importedMetaOf(page: Page): ImportedMeta {
  const { title, visibility, status, owners, tags, place, under, searchExclude, reviewEveryWeeks, reviewedAt } = page;
  return { title, visibility, status, owners, tags, place, under, searchExclude, reviewEveryWeeks, reviewedAt };
}

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
export async function decide(
  page: Page,
  wanted: Wanted,
  bodies: () => Promise<{ base: string; ours: string; theirs: string }>,
): Promise<Decision> {
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
  const { base, ours, theirs } = await bodies();
  if (page.revision === imported.revision) return { do: 'write', body: theirs, source: true, outcome };
  const merged = mergeBodies(base, ours, theirs);
  if (merged === null) return { do: 'keep', reason: 'Edited here and changed in the source in the same lines' };
  return { do: 'write', body: merged, source: merged === theirs, outcome: 'merged' };
}

/** A clean three-way merge by lines, or null. */
export function mergeBodies(base: string, ours: string, theirs: string): string | null {
  const { conflict, result } = merge(ours.split('\n'), base.split('\n'), theirs.split('\n'), { excludeFalseConflicts: true });
  return conflict ? null : result.join('\n');
}
