import { createHash } from 'node:crypto';
import { longestBody } from '@sidekick/contracts';
import { TooLarge } from '@sidekick/service-kit';
import { checkLength, type Renderer } from '../rendering/rendering.ts';
import { readConfig, type SourceConfig } from './config.ts';
import { splitFrontMatter } from './front-matter.ts';
import { type FileMeta, metaOfFile, titleFromName } from './meta.ts';
import { isLeftOut, isPageFile } from './source-paths.ts';
import { BadFile, cut, textOfFile } from './text.ts';
import type { Zip, ZipItem } from './zip.ts';

/** A page as its file has it. */
export interface SourcePage {
  file: string;
  body: string;
  bodyHash: string;
  meta: FileMeta;
  title: string;
  jekyll: boolean;
  anchors: string[];
}

export interface Scanned {
  config: SourceConfig;
  pages: SourcePage[];
  /** Files that are no pages, by path. */
  files: Map<string, ZipItem>;
  failed: { path: string; reason: string }[];
}

/** Bytes of a file that a page may show. */
export const largestFile = 64 * 1024 * 1024;

export interface Scan {
  source: string;
  renderer: Renderer;
  progress(total: number): void;
  pause(): Promise<void>;
}

/** Reads every page of a source. A bad file is named with its reason; it never stops the others. */
export async function scan(zip: Zip, { source, renderer, progress, pause }: Scan): Promise<Scanned> {
  const failed = [...zip.refused];
  const fail = (path: string, error: unknown) => failed.push({ path, reason: reasonOf(error) });
  const config = await configOf(zip, fail);
  const items = zip.items.filter(({ path }) => !isLeftOut(path, config));
  const files = new Map(items.filter(({ path }) => !isPageFile(path)).map((item) => [item.path, item]));
  const pages: SourcePage[] = [];
  const found = items.filter(({ path }) => isPageFile(path));
  progress(found.length);
  for (const item of found) {
    await pause();
    try {
      if (item.size > longestBody) throw new BadFile(`${megabytes(item.size)} MB; a page holds at most ${megabytes(longestBody)} MB`);
      pages.push(await pageOf(item.path, await zip.read(item), { config, source, renderer }));
    } catch (error) {
      fail(item.path, error);
    }
  }
  return { config, pages, files, failed };
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1).replace(/\.0$/, '');
const reasonOf = (error: unknown): string =>
  error instanceof BadFile || error instanceof TooLarge ? error.message : `Cannot be read: ${(error as Error).message}`;

async function configOf(zip: Zip, fail: (path: string, error: unknown) => void): Promise<SourceConfig> {
  const at = (path: string) => zip.items.find((item) => item.path === path);
  const mkdocs = at('mkdocs.yml') !== undefined || at('mkdocs.yaml') !== undefined;
  const item = at('_config.yml') ?? at('_config.yaml');
  try {
    return readConfig(item && item.size <= 64 * 1024 ? textOfFile(await zip.read(item)) : null, mkdocs);
  } catch (error) {
    fail(item?.path ?? '_config.yml', error);
    return readConfig(null, mkdocs);
  }
}

/** Throws BadFile and TooLarge. */
async function pageOf(
  file: string,
  bytes: Buffer,
  { config, source, renderer }: Pick<Scan, 'source' | 'renderer'> & { config: SourceConfig },
): Promise<SourcePage> {
  const { front, body } = splitFrontMatter(textOfFile(bytes));
  const read = metaOfFile(front, config.defaultsFor(file));
  // A Jekyll page without a parent stands at the top of its site, even when it says nothing of its place.
  const meta = { ...read, navigates: read.navigates || (front !== null && config.jekyll && !config.mkdocs) };
  const jekyll = front !== null && config.jekyll;
  checkLength(body);
  const { anchors, firstHeading } = await renderer.outline(body, { liquid: jekyll ? config : null });
  const title = meta.title ?? (cut(firstHeading ?? '', 300) || null) ?? titleFromName(file, source);
  return { file, body, bodyHash: createHash('sha256').update(body).digest('hex'), meta, title, jekyll, anchors };
}
