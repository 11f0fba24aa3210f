import { outsideCodeSpans, outsideFences } from './prose.ts';

/** What `_config.yml` says that Liquid in a page may ask for. */
export interface LiquidSite {
  /** `https://…` of the repository, where known. */
  repository: string | null;
  title: string | null;
}

const raw = /\{%-?\s*raw\s*-?%\}([\s\S]*?)\{%-?\s*endraw\s*-?%\}/g;
/** Stand for the two openings of Liquid in text that is to be shown as it is. */
const shownTag = '\ue0f0';
const shownOutput = '\ue0f1';
const highlightOpen = /\{%-?\s*highlight\s+([\w+#-]+)[^%]*-?%\}/g;
const highlightClose = /\{%-?\s*endhighlight\s*-?%\}/g;
const blocks = /\{%-?\s*(for|comment|capture)\b[\s\S]*?\{%-?\s*end\1\s*-?%\}/g;
const link = /\{%-?\s*(?:link|post_url)\s+([^%]*?)\s*-?%\}/g;
const tags = /\{%[\s\S]*?%\}/g;
const base = /\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/g;
const filtered = /\{\{-?\s*(["'])([^"']*)\1\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.baseurl)\s*-?\}\}/g;
const output = /\{\{-?\s*([\s\S]*?)\s*-?\}\}/g;
/** What stands before an output that is part of an address. */
const inAddress = /(?:\]\(\s*<?|\]:\s*<?|=\s*["']?)$/;

/**
 * Reads the little Liquid that handbooks use, outside code: `{% link %}` becomes `jekyll:<path>`, base addresses vanish,
 * an address that only a build could know becomes `liquid:…`, and all other tags leave nothing behind.
 */
export function readLiquid(text: string, site: LiquidSite): string {
  if (!text.includes('{%') && !text.includes('{{')) return text;
  const hidden = text.replace(raw, (_, shown: string) => shown.replaceAll('{%', shownTag).replaceAll('{{', shownOutput));
  const fenced = outsideFences(hidden, (prose) => prose.replace(highlightOpen, '\n~~~~$1\n').replace(highlightClose, '\n~~~~\n'));
  const read = outsideFences(fenced, (prose) => outsideCodeSpans(prose.replace(blocks, ''), (plain) => evaluate(plain, site)));
  return read.replaceAll(shownTag, '{%').replaceAll(shownOutput, '{{');
}

function evaluate(text: string, { repository, title }: LiquidSite): string {
  const known = new Map([
    ['site.github.repository_url', repository],
    ['site.title', title],
  ]);
  return text
    .replace(link, (_, path: string) => `jekyll:${encodeURI(path)}`)
    .replace(tags, '')
    .replace(base, '')
    .replace(filtered, '$2')
    .replace(output, (_, name: string, at: number, whole: string) => {
      return known.get(name) ?? (inAddress.test(whole.slice(Math.max(0, at - 12), at)) ? 'liquid:' : '');
    });
}
