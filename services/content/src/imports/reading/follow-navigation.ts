import type { MkDocs } from '../navigation/mkdocs.ts';
import { readNavigation } from '../navigation/read.ts';
import { parseDataFile } from '../parsing/front-matter.ts';
import { BadFile, textOfFile } from '../parsing/text.ts';
import type { Unknown } from '../parsing/unknown.ts';
import type { Zip, ZipItem } from '../parsing/zip.ts';
import type { SourcePage } from './page-file.ts';

export interface FollowOptions {
  zip: Pick<Zip, 'read'>;
  files: ReadonlyMap<string, ZipItem>;
  mkdocs: MkDocs | null;
  unknown: Unknown;
  /** Hears of a file of navigation that cannot be read: what it orders stands by its folder. */
  fail: (path: string, error: unknown) => void;
  pause: () => Promise<void>;
}

/** Bytes of a file of navigation. */
const largest = 1_000_000;

/** Gives pages the order, title and parent that the navigation of their source says; front matter goes first. Answers the files followed. */
export async function followNavigation(pages: readonly SourcePage[], options: FollowOptions): Promise<Set<string>> {
  const { zip, files, mkdocs, unknown, fail, pause } = options;
  if (pages.length === 0) return new Set();
  const told = (path: string) => (error: unknown) => {
    fail(path, error);
    return null;
  };
  const byFile = new Map(pages.map((page) => [page.file, page]));
  const textOf = async (path: string): Promise<string | null> => {
    const item = files.get(path);
    if (!item) return (await byFile.get(path)?.body()) ?? null;
    if (item.size > largest) return told(path)(new BadFile(`Larger than ${largest / 1_000_000} MB; not read as the order of the pages`));
    return zip.read(item).then(textOfFile).catch(told(path));
  };
  const valuesOf = async (path: string): Promise<unknown> => {
    const text = await textOf(path);
    if (text === null) return null;
    const syntax = path.endsWith('.json') ? 'json' : 'yaml';
    // A list of DocFX stands below a key of its own, so that it is read like any front matter.
    const whole = syntax === 'yaml' && /^\s*(?:#[^\n]*\n\s*)*-/.test(text) ? `items:\n${text}` : text;
    return parseDataFile(whole, syntax).then(({ values }) => values, told(path));
  };
  const all = [...files.keys(), ...byFile.keys()].sort();
  const { places, read } = await readNavigation({ all, pages: new Set(byFile.keys()), mkdocs, textOf, valuesOf, unknown, pause });
  for (const [file, { order, title, parent }] of places) {
    const page = byFile.get(file);
    if (!page) continue;
    page.title = title ?? page.title;
    page.parentFile = page.meta.parent === null ? parent : null;
    page.meta = { ...page.meta, order: page.meta.order ?? order };
  }
  return read;
}
