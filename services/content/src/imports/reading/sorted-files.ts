import { InvalidInput } from '@sidekick/service-kit';
import { type MkDocs, mkdocsOf } from '../navigation/mkdocs.ts';
import { parseDataFile } from '../parsing/front-matter.ts';
import { BadFile, textOfFile } from '../parsing/text.ts';
import type { Zip, ZipItem } from '../parsing/zip.ts';
import { readConfig, type SourceConfig } from './config.ts';
import { kindOf } from './kinds.ts';

/** The files of a source by what they are, and what its settings say. */
export interface SortedFiles {
  config: SourceConfig;
  mkdocs: MkDocs | null;
  pages: ZipItem[];
  /** Hidden ones, pages only where a page links to them. */
  perhaps: ZipItem[];
  files: Map<string, ZipItem>;
  leftOut: { path: string; reason: string }[];
}

/** Bytes of a file of settings. */
const largest = 1_000_000;

/** Throws InvalidInput where it cannot be known what a site leaves out: that may be nobody's business. */
export async function sortFiles(zip: Pick<Zip, 'items' | 'read'>, pause: () => Promise<void>): Promise<SortedFiles> {
  const config = await settingsIn(zip, ['_config.yml', '_config.yaml'], readConfig);
  const mkdocs = await settingsIn(zip, ['mkdocs.yml', 'mkdocs.yaml'], mkdocsIn);
  const sorted: SortedFiles = { config, mkdocs, pages: [], perhaps: [], files: new Map(), leftOut: [] };
  for (const item of zip.items) {
    await pause();
    const kind = kindOf(item.path, config, { excluded: mkdocs?.excluded ?? (() => false) });
    if (kind.is === 'out') sorted.leftOut.push({ path: item.path, reason: kind.reason });
    else if (kind.is === 'file') sorted.files.set(item.path, item);
    else sorted[kind.is === 'page' ? 'pages' : 'perhaps'].push(item);
  }
  return sorted;
}

const mkdocsIn = async (text: string | null): Promise<MkDocs | null> =>
  text === null ? null : mkdocsOf(await parseDataFile(text, 'yaml'));

/** Of the first that is there; `read` hears null where none is. */
async function settingsIn<T>(
  zip: Pick<Zip, 'items' | 'read'>,
  names: readonly string[],
  read: (text: string | null) => Promise<T>,
): Promise<T> {
  const item = names.flatMap((name) => zip.items.find(({ path }) => path === name) ?? [])[0];
  if (!item) return read(null);
  const refusal = (why: string) =>
    new InvalidInput('unreadable-settings', `${item.path} cannot be read, so what it leaves out is not known. ${why}`);
  if (item.size > largest) throw refusal(`It is larger than ${largest / 1_000_000} MB`);
  const bytes = await zip.read(item).catch((error: Error) => {
    throw refusal(`It is damaged: ${error.message}`);
  });
  try {
    return await read(textOfFile(bytes));
  } catch (error) {
    throw error instanceof BadFile ? refusal(error.message) : error;
  }
}
