import { withoutComments, withoutLiquidComments } from './comments.ts';
import { outsideCodeSpans, outsideFences } from './prose.ts';
import { noteUnknown, type Unknown } from './unknown.ts';

/** What `_config.yml` says that Liquid in a page may ask for. */
export interface LiquidSite {
  /** `https://…` of the repository, where known. */
  repository: string | null;
  title: string | null;
}

const endraw = /\{%-?\s*endraw\s*-?%\}/g;
const raw = /\{%-?\s*raw\s*-?%\}([\s\S]*?)\{%-?\s*endraw\s*-?%\}/g;
/** Stand for the two openings of Liquid in text that is to be shown as it is. */
const shownTag = '\ue0f0';
const shownOutput = '\ue0f1';
const highlightOpen = /\{%-?\s*highlight\s([^%]*)%\}/g;
const highlightClose = /\{%-?\s*endhighlight\s*-?%\}/g;
const blocks = ['for', 'capture'].map((name) => ({
  name,
  whole: new RegExp(`\\{%-?\\s*${name}\\b[\\s\\S]*?\\{%-?\\s*end${name}\\s*-?%\\}`, 'g'),
  ending: new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, 'g'),
}));
const link = /\{%-?\s*(link|post_url)\s([^%]*)%\}/g;
const tags = /\{%[\s\S]*?%\}/g;
const base = /\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/g;
const filtered = /\{\{-?\s*(["'])([^"']*)\1\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.baseurl)\s*-?\}\}/g;
const output = /\{\{([\s\S]*?)\}\}/g;
/** What stands in a tag or output, without the dashes that eat white space. */
const inner = (text: string): string => text.replace(/^-/, '').replace(/-$/, '').trim();
/** What stands before an output that is part of an address. */
const inAddress = /(?:\]\(\s*<?|\]:\s*<?|=\s*["']?)$/;

/**
 * Reads the little Liquid that handbooks use, outside code: `{% link %}` becomes `jekyll:<path>`, base addresses vanish,
 * an address that only a build could know becomes `liquid:…`, and all other tags leave nothing behind.
 */
export function readLiquid(text: string, site: LiquidSite, unknown: Unknown = {}): string {
  if (!text.includes('{%') && !text.includes('{{')) return text;
  const show = (_: string, shown: string) => shown.replaceAll('{%', shownTag).replaceAll('{{', shownOutput);
  const hidden = upToLast(endraw, text, (part) => part.replace(raw, show));
  const fenced = outsideFences(withoutLiquidComments(hidden), (prose) =>
    prose.replace(highlightOpen, fence).replace(highlightClose, '\n~~~~\n'),
  );
  const read = outsideFences(fenced, (prose) =>
    outsideCodeSpans(withoutBlocks(countedBlocks(prose, unknown)), (plain) => evaluate(plain, site, unknown)),
  );
  return read.replaceAll(shownTag, '{%').replaceAll(shownOutput, '{{');
}

const asTarget = (_: string, tag: string, path: string): string => `${tag === 'link' ? 'jekyll' : 'post'}:${encodeURI(inner(path))}`;

/** A house's own tag with a name in it, as the address of a link: the page of that name is meant. */
const namedInAddress = /(\]\(\s*<?)\{%-?\s*(\w+)\s+["']([^"'\n]{1,300})["']\s*-?%\}/g;
/** Hugo's shortcodes for links. */
const hugoLink = /\{\{[<%]\s*(?:rel)?ref\s+["']?([^"'\s}]{1,300})["']?\s*[>%]\}\}/g;
const shortcode = /\{\{[<%]\s*([\w/-]{1,60})/g;
const tagName = /(?<!\{)\{%-?\s*(\w{1,60})/g;
/** Tags that are read here or elsewhere, and the ends of blocks, which their beginnings stand for. */
const understood = /^(?:raw|link|post_url|comment|hint|highlight|end\w+|else|elsif|when)$/;

/** Outside of a Jekyll site Liquid is most often shown: comments go, links of tags that are known lead on, all else is counted. */
export function readForeignLiquid(text: string, unknown: Unknown): string {
  const left = withoutComments(text);
  if (!left.includes('{%') && !left.includes('{{')) return left;
  return outsideFences(left, (prose) =>
    outsideCodeSpans(prose, (plain) => {
      const linked = plain
        .replace(link, asTarget)
        .replace(/(\]\(\s*<?)\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/g, '$1')
        .replace(filtered, '$2')
        .replace(hugoLink, (_, path: string) => encodeURI(path))
        .replace(namedInAddress, (_, before: string, tag: string, name: string) => {
          noteUnknown(unknown, `{% ${tag} %}`);
          return `${before}wiki:${encodeURIComponent(name).replaceAll(/[()']/g, (char) => `%${char.charCodeAt(0).toString(16)}`)}`;
        });
      countTags(linked, unknown);
      for (const [, name = ''] of linked.matchAll(shortcode)) if (!name.startsWith('/')) noteUnknown(unknown, `{{< ${name} >}}`);
      return linked;
    }),
  );
}

function countedBlocks(prose: string, unknown: Unknown): string {
  for (const [, name = ''] of prose.matchAll(/\{%-?\s*(for|capture)\b/g)) noteUnknown(unknown, `{% ${name} %}`);
  return prose;
}

function countTags(text: string, unknown: Unknown): void {
  for (const [, name = ''] of text.matchAll(tagName)) if (!understood.test(name)) noteUnknown(unknown, `{% ${name} %}`);
}

/** Only what stands before the last ending can be closed; openings behind it would each be looked through to the end. */
function upToLast(ending: RegExp, text: string, change: (part: string) => string): string {
  let end = 0;
  for (const found of text.matchAll(ending)) end = found.index + found[0].length;
  return end === 0 ? text : change(text.slice(0, end)) + text.slice(end);
}

const withoutBlocks = (prose: string): string =>
  blocks.reduce((left, { whole, ending }) => upToLast(ending, left, (part) => part.replace(whole, '')), prose);

function fence(tag: string, words: string): string {
  const language = /^\s*([\w+#-]+)/.exec(words)?.[1];
  return language === undefined ? tag : `\n~~~~${language}\n`;
}

function evaluate(text: string, { repository, title }: LiquidSite, unknown: Unknown): string {
  const known = new Map([
    ['site.github.repository_url', repository],
    ['site.title', title],
  ]);
  const linked = text.replace(link, asTarget);
  countTags(linked, unknown);
  const based = upToLast(/%\}/g, linked, (part) => part.replace(tags, ''))
    .replace(base, '')
    .replace(filtered, '$2');
  return upToLast(/\}\}/g, based, (part) =>
    part.replace(output, (_, name: string, at: number, whole: string) => {
      return known.get(inner(name)) ?? (inAddress.test(whole.slice(Math.max(0, at - 12), at)) ? 'liquid:' : '');
    }),
  );
}
