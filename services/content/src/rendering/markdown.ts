import MarkdownIt, { type Env, type MarkdownIt as Parser, type Token } from 'markdown-it';
import definitions from 'markdown-it-deflist';
import footnotes from 'markdown-it-footnote';
import taskLists from 'markdown-it-task-lists';
import { admonitions } from './admonitions.ts';
import { type Anchors, alsoIdOf, headingAnchors } from './anchors.ts';
import { kramdownAttributes } from './attributes.ts';
import { markedBlocks } from './blocks.ts';
import { callouts } from './callouts.ts';
import { conflictsApart } from './conflicts.ts';
import { docfx } from './docfx.ts';
import { type LiquidSite, readForeignLiquid, readLiquid } from './liquid.ts';
import { math } from './math.ts';
import { openHtmlBlocks } from './prose.ts';
import { closeRawText, rawText } from './raw-text.ts';
import type { Unknown } from './unknown.ts';
import { wikiLinks } from './wiki.ts';

/** Code of a page by its place: rendered apart from the Markdown, so that it is neither parsed nor sanitised as HTML. */
export interface CodeBlock {
  language: string;
  code: string;
}
export type Environment = Anchors & {
  codes: CodeBlock[];
  unknown: Unknown;
  /** Headings have kramdown's ids too. */
  kramdown: boolean;
  references?: Record<string, { title: string; href: string }>;
};

const makeParser = (plugins: ((md: Parser) => void)[]): Parser => {
  const md = new MarkdownIt({ html: true, linkify: true });
  // Without a scheme `README.md` would become a link to Moldova.
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  md.normalizeLink = (url: string) => url;
  for (const plugin of [
    ...plugins,
    kramdownAttributes,
    callouts,
    markedBlocks,
    admonitions,
    docfx,
    math,
    wikiLinks,
    rawText,
    headingAnchors,
  ])
    md.use(plugin);
  return md;
};
const md = makeParser([footnotes, taskLists, definitions]);
const plainer = makeParser([]);

/** The plugins for footnotes and tasks take the square of their number: a page with more than this is read without them. */
const mostMarks = 3_000;
const marks = /\[\^|\^\[|^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\]/gm;
const parserOf = (body: string): Parser => ((body.match(marks)?.length ?? 0) > mostMarks ? plainer : md);

const block = (code: string, info: string, env: Environment): string => {
  const language = /^[\w+#.-]*/.exec(info.trim())?.[0].toLowerCase() ?? '';
  return `<code-block n="${env.codes.push({ code, language }) - 1}"></code-block>\n`;
};
const formula = (code: string, language: string, env: Environment): string =>
  `<code-block n="${env.codes.push({ code, language }) - 1}"></code-block>`;
const { rules } = md.renderer;
rules.fence = (tokens, at, _options, env) => block(tokens[at]?.content ?? '', tokens[at]?.info ?? '', env as unknown as Environment);
rules.code_block = (tokens, at, _options, env) => block(tokens[at]?.content ?? '', '', env as unknown as Environment);
rules['math_inline'] = (tokens, at, _options, env) => formula(tokens[at]?.content ?? '', 'math-inline', env as unknown as Environment);
rules['math_block'] = (tokens, at, _options, env) => formula(tokens[at]?.content ?? '', 'math', env as unknown as Environment);
rules['table_open'] = () => '<div class="scroll" role="region" tabindex="0" aria-label="Table"><table>\n';
rules['table_close'] = () => '</table></div>\n';
rules['heading_open'] = (tokens, at, options, _env, self) => {
  const also = alsoIdOf(tokens[at]);
  return `${self.renderToken(tokens, at, options)}${also ? `<span id="${md.utils.escapeHtml(also)}"></span>` : ''}`;
};
rules['heading_close'] = (tokens, at) => {
  const id = String(tokens[at - 2]?.attrGet('id') ?? '');
  return `<a class="an" href="#${md.utils.escapeHtml(id)}" aria-label="Link to this section">#</a></${tokens[at]?.tag}>\n`;
};

/** How a page's body is read: `liquid` for pages of a Jekyll site, null elsewhere. */
export interface Dialect {
  liquid: LiquidSite | null;
}

export interface Parsed {
  tokens: Token[];
  env: Environment;
  /** The heading of level 1 that opens the page; not part of `tokens`. */
  lead: { id: string; text: string } | null;
}

export function parseMarkdown(body: string, { liquid }: Dialect): Parsed {
  const env: Environment = { codes: [], headings: [], anchors: [], unknown: {}, kramdown: liquid !== null };
  const text = conflictsApart(liquid ? readLiquid(body, liquid, env.unknown) : readForeignLiquid(body, env.unknown), env.unknown);
  const tokens = parserOf(body).parse(closeRawText(openHtmlBlocks(text)), env as unknown as Env);
  const [open, inline] = tokens;
  if (open?.type !== 'heading_open' || open.tag !== 'h1' || !inline) return { tokens, env, lead: null };
  const id = String(open.attrGet('id'));
  const words = (inline.children ?? []).map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : '')).join('');
  env.headings = env.headings.filter((heading) => heading.id !== id);
  return { tokens: tokens.slice(3), env, lead: { id, text: words.trim() } };
}

export const toHtml = ({ tokens, env }: Parsed): string => md.renderer.render(tokens, md.options, env as unknown as Env);
