import { InvalidInput } from '@sidekick/service-kit';
import { readConfig, type SourceConfig } from './config.ts';
import { parseFrontMatter } from './front-matter.ts';
import { kindOf } from './kinds.ts';
import { type MkDocs, mkdocsOf } from './navigation/mkdocs.ts';
import { textOfFile } from './text.ts';
import type { Zip, ZipItem } from './zip.ts';

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

export interface SortOptions {
  fail: (path: string, error: unknown) => void;
  pause: () => Promise<void>;
}

/** Bytes of a file of settings. */
const largest = 1_000_000;

/** Throws InvalidInput where it cannot be known what a site leaves out. */
export async function sortFiles(zip: Pick<Zip, 'items' | 'read'>, { fail, pause }: SortOptions): Promise<SortedFiles> {
  const textAt = async (...names: string[]): Promise<{ path: string; text: string } | null> => {
    const item = names.flatMap((name) => zip.items.find(({ path }) => path === name) ?? [])[0];
    if (!item) return null;
    if (item.size > largest) throw new InvalidInput('settings-too-large', `${item.path} is larger than ${largest / 1_000_000} MB`);
    return { path: item.path, text: textOfFile(await zip.read(item)) };
  };
  const config = await configOf(textAt, fail);
  const mkdocs = await mkdocsIn(textAt, fail);
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

type TextAt = (...names: string[]) => Promise<{ path: string; text: string } | null>;

async function configOf(textAt: TextAt, fail: SortOptions['fail']): Promise<SourceConfig> {
  try {
    return await readConfig((await textAt('_config.yml', '_config.yaml'))?.text ?? null);
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    fail('_config.yml', error);
    return readConfig(null);
  }
}

async function mkdocsIn(textAt: TextAt, fail: SortOptions['fail']): Promise<MkDocs | null> {
  try {
    const found = await textAt('mkdocs.yml', 'mkdocs.yaml');
    return found && mkdocsOf(await parseFrontMatter(found.text, 'yaml'));
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    fail('mkdocs.yml', error);
    return mkdocsOf({ values: new Map(), quoted: new Set() });
  }
}
