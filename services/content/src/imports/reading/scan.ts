import { TooLarge } from '@sidekick/service-kit';
import type { Renderer } from '../../rendering/rendering.ts';
import { BadFile } from '../parsing/text.ts';
import { type Unknown, unknownKinds } from '../parsing/unknown.ts';
import type { Zip, ZipItem } from '../parsing/zip.ts';
import { sectionsIn } from './cascade.ts';
import type { SourceConfig } from './config.ts';
import { followNavigation } from './follow-navigation.ts';
import { namesOfPage, notLinked, reasonFor } from './kinds.ts';
import { readPageFile, type SourcePage } from './page-file.ts';
import { sortFiles } from './sorted-files.ts';

export type { SourcePage } from './page-file.ts';

export interface Scanned {
  config: SourceConfig;
  pages: SourcePage[];
  /** Files that are no pages, by path. */
  files: Map<string, ZipItem>;
  failed: { path: string; reason: string }[];
  /** What takes no part, with the reason. */
  leftOut: { path: string; reason: string }[];
  /** Why a file is no page, should none show it. */
  reasonFor: (path: string) => string;
  /** Folder that holds all pages and is no level of its own; empty for none. */
  root: string;
  unknown: Unknown;
}

export interface ScanOptions {
  source: string;
  renderer: Renderer;
  /** As `2026-11-30`. */
  today: string;
  /** Hears how many pages there are, as far as that is known. */
  progress: (total: number) => void;
  /** Lets others go on; throws when the process stops. */
  pause: () => Promise<void>;
}

/** Bytes of a file that a page may show. */
export const largestFile = 64 * 1024 * 1024;

const reasonOf = (error: unknown): string =>
  error instanceof BadFile || error instanceof TooLarge ? error.message : `Cannot be read: ${(error as Error).message}`;

/** Reads every page of a source. A bad file is named with its reason; it never stops the others. */
export async function scan(zip: Pick<Zip, 'items' | 'refused' | 'read'>, options: ScanOptions): Promise<Scanned> {
  const { source, renderer, today, progress, pause } = options;
  const failed = [...zip.refused];
  const fail = (path: string, error: unknown) => void failed.push({ path, reason: reasonOf(error) });
  const { mkdocs, perhaps, pages: found, ...sorted } = await sortFiles(zip, pause);
  const unknown = unknownKinds();
  const { handsDown: cascade, isHeld } = await sectionsIn(sorted.config.jekyll ? [] : found, { read: zip.read, pause });
  const drafts = (path: string): boolean => (mkdocs?.drafts(path) ?? false) || isHeld(path);
  const reading = { zip, config: sorted.config, drafts, cascade, withMkdocs: mkdocs !== null, renderer, source, today, unknown };
  const pages: SourcePage[] = [];
  const targets = new Set<string>();
  let total = 0;
  const read = async (items: readonly ZipItem[]) => {
    total += items.length;
    progress(total);
    for (const item of items) {
      await pause();
      try {
        const one = await readPageFile(item, reading);
        pages.push(one.page);
        for (const target of one.targets) targets.add(target);
      } catch (error) {
        fail(item.path, error);
      }
    }
  };
  await read(found);
  const waiting = await readLinked(perhaps, targets, read);
  for (const item of waiting) sorted.files.set(item.path, item);
  const followed = await followNavigation(pages, { zip, files: sorted.files, mkdocs, unknown, fail, pause });
  const unlinked = new Set(waiting.map(({ path }) => path));
  const isBelow = mkdocs !== null && found.length > 0 && found.every(({ path }) => path.startsWith(`${mkdocs.docsDir}/`));
  return {
    ...sorted,
    pages,
    failed,
    reasonFor: (path) => (followed.has(path) ? 'Read as the order of the pages' : unlinked.has(path) ? notLinked : reasonFor(path)),
    root: isBelow ? mkdocs.docsDir : '',
    unknown,
  };
}

/** Reads hidden pages that others link to, and those that these link to; answers the rest. */
async function readLinked(perhaps: readonly ZipItem[], targets: ReadonlySet<string>, read: (items: readonly ZipItem[]) => Promise<void>) {
  const waiting = new Set(perhaps);
  const byName = new Map<string, ZipItem[]>();
  for (const item of perhaps) for (const name of namesOfPage(item.path)) byName.set(name, [...(byName.get(name) ?? []), item]);
  // A set's loop meets what is added while it goes.
  for (const target of targets) {
    const linked = (byName.get(target) ?? []).filter((item) => waiting.delete(item));
    if (linked.length > 0) await read(linked);
  }
  return [...waiting];
}
