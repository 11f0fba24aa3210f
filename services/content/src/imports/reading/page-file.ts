import { createHash } from 'node:crypto';
import { longestBody } from '@sidekick/contracts';
import type { Addresses } from '../../links/link-page.ts';
import { checkLength, type Renderer } from '../../rendering/rendering.ts';
import { nameOf } from '../../text/paths.ts';
import { nameFrom } from '../../text/words.ts';
import { isNavigationPage } from '../navigation/read.ts';
import { parseFrontMatter, splitFrontMatter } from '../parsing/front-matter.ts';
import { BadFile, textOfFile } from '../parsing/text.ts';
import type { Unknown } from '../parsing/unknown.ts';
import type { Zip, ZipItem } from '../parsing/zip.ts';
import { addressesOf, isDated } from './addresses.ts';
import type { SourceConfig } from './config.ts';
import { plainMarkdown } from './dialects.ts';
import { hiddenTargets, isInDrafts } from './kinds.ts';
import { type FileMeta, type MetaOptions, metaOfFile, titleFromName } from './meta.ts';

/** A page as its file has it. Its text stays in the zip until it is asked for: thousands of them are more than memory should hold. */
export interface SourcePage extends Addresses {
  file: string;
  bodyHash: string;
  isEmpty: boolean;
  meta: FileMeta;
  title: string;
  jekyll: boolean;
  anchors: string[];
  /** What its navigation says. */
  parentFile: string | null;
  body(): Promise<string>;
}

export interface PageFileOptions {
  zip: Pick<Zip, 'read'>;
  config: SourceConfig;
  /** Where a page is a draft whatever its file says. */
  drafts: (path: string) => boolean;
  /** What Hugo's sections hand down to a file. */
  cascade: (path: string) => Map<string, unknown>;
  withMkdocs: boolean;
  renderer: Renderer;
  source: string;
  today: string;
  unknown: Unknown;
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1).replace(/\.0$/, '');

/** Throws BadFile and TooLarge. `targets` are paths of hidden files that the text may link to. */
export async function readPageFile(item: ZipItem, options: PageFileOptions): Promise<{ page: SourcePage; targets: string[] }> {
  const { zip, config, source, unknown } = options;
  const { path: file } = item;
  if (item.size > longestBody) throw new BadFile(`${megabytes(item.size)} MB; a page holds at most ${megabytes(longestBody)} MB`);
  const split = splitFrontMatter(textOfFile(await zip.read(item)));
  const front = split.front && (await parseFrontMatter(split.front.text, split.front.syntax));
  const meta = metaFor(file, metaOfFile(front, saidOfAll(file, options)), { ...options, hasFront: front !== null });
  const body = plainMarkdown(file, split.body, { title: meta.title, unknown });
  checkLength(body);
  const jekyll = front !== null && config.jekyll;
  const { anchors, firstHeading, unknown: syntax } = await options.renderer.outline(body, { liquid: jekyll ? config : null });
  for (const [kind, count] of Object.entries(syntax)) unknown.note(kind, file, count);
  const title = meta.title ?? (nameFrom(firstHeading ?? '', 300) || null) ?? titleFromName(file, source);
  if (meta.sidebarLabel !== null && meta.sidebarLabel !== title) unknown.note('sidebar_label that is another than the title', file);
  const page: SourcePage = {
    file,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    isEmpty: body.trim() === '',
    meta,
    title,
    jekyll,
    anchors,
    parentFile: null,
    ...addressesOf(file, meta, { ...config, jekyll }),
    body: async () => plainMarkdown(file, splitFrontMatter(textOfFile(await zip.read(item))).body, { title: meta.title, unknown: null }),
  };
  return { page, targets: hiddenTargets(file, body) };
}

/** What a file need not say of itself. */
function saidOfAll(file: string, { config, cascade, withMkdocs, today }: PageFileOptions): MetaOptions {
  const day = isDated(file, config) ? /^\d{4}-\d{1,2}-\d{1,2}(?=-)/.exec(nameOf(file))?.[0] : undefined;
  return {
    defaults: new Map([...(day ? [['date', day] as const] : []), ...config.defaultsFor(file)]),
    cascade: cascade(file),
    today,
    showsFuture: withMkdocs || (config.jekyll && (config.future || !isDated(file, config))),
  };
}

function metaFor(
  file: string,
  read: FileMeta,
  { config, drafts, withMkdocs, hasFront }: PageFileOptions & { hasFront: boolean },
): FileMeta {
  const hidden = isNavigationPage(file);
  return {
    ...read,
    published: read.published && !isInDrafts(file) && !drafts(file),
    exclude: read.exclude || hidden,
    searchExclude: read.searchExclude || hidden,
    // A Jekyll page without a parent stands at the top of its site, even when it says nothing of its place.
    navigates: read.navigates || (hasFront && config.jekyll && !withMkdocs),
  };
}
