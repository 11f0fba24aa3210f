import type { Heading } from '@sidekick/contracts';
import { escapeHtml } from './escape.ts';
import { highlight } from './highlight.ts';
import { type CodeBlock, type Dialect, type Parsed, parseMarkdown, toHtml } from './markdown.ts';
import { mathHtml } from './math-html.ts';
import { type RawLink, sanitise } from './sanitise.ts';
import { type Section, sectionsOf, wordsIn } from './sections.ts';
import type { Unknown } from './unknown.ts';

/** Everything that a revision keeps of its body; links are still as written (`sk:<index>` in the HTML). */
export interface Rendered {
  html: string;
  /** The heading of level 1 that opens the page; shown only where it differs from the title. */
  lead: { id: string; text: string } | null;
  headings: Heading[];
  anchors: string[];
  sections: Section[];
  links: RawLink[];
  words: number;
  /** Syntax that is not understood, by kind: how often it comes. */
  unknown: Unknown;
}

/**
 * What is kept of a body, in bytes of UTF-8, and how many links, headings or anchors: a body that grows beyond is shown as
 * plain text. With a body of `longestBody` and where its links lead all of it fits the 16 MiB of a MongoDB document.
 */
const mostHtml = 6_000_000;
const mostBeside = 4_000_000;
const mostOfAKind = 20_000;

/** Renders Markdown to sanitised HTML. Never throws on what a body holds. */
export async function render(body: string, dialect: Dialect): Promise<Rendered> {
  try {
    const parsed = parseMarkdown(body, dialect);
    const links: RawLink[] = [];
    const clean = sanitise(toHtml(parsed), links);
    const html = await withCode(clean, parsed.env.codes);
    const rendered = { html, links, ...outline(parsed) };
    return fits(rendered) ? rendered : plain(body);
  } catch (error) {
    // A string longer than the engine allows, or a stack deeper: input made to blow up.
    if (error instanceof RangeError) return plain(body);
    throw error;
  }
}

function fits({ html, ...beside }: Rendered): boolean {
  const { links, headings, anchors, sections } = beside;
  if ([links, headings, anchors, sections].some(({ length }) => length > mostOfAKind)) return false;
  return Buffer.byteLength(html) <= mostHtml && Buffer.byteLength(JSON.stringify(beside)) <= mostBeside;
}

function outline(parsed: Parsed): Omit<Rendered, 'html' | 'links'> {
  const { tokens, env, lead } = parsed;
  const sections = sectionsOf(tokens, lead);
  const { headings, anchors, unknown } = env;
  return { lead, headings, anchors: [...new Set(lead ? [lead.id, ...anchors] : anchors)], sections, words: wordsIn(sections), unknown };
}

const plain = (body: string): Rendered => ({
  html: `<pre>${body.replaceAll(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'))}</pre>`,
  lead: null,
  headings: [],
  anchors: [],
  sections: [{ anchor: '', heading: '', level: 1, text: body, code: '' }],
  links: [],
  words: body.split(/\s+/).length,
  unknown: {},
});

/** Processor time for the colours of a page's code, in milliseconds: what is left then is shown plain. */
const colouring = 1_500;

async function withCode(html: string, codes: readonly CodeBlock[]): Promise<string> {
  const blocks: string[] = [];
  const began = process.cpuUsage();
  for (const code of codes) {
    const { user } = process.cpuUsage(began);
    blocks.push(await codeHtml(user / 1000 < colouring ? code : { ...code, isPlain: true }));
  }
  return html.replaceAll(/<code-block n="(\d+)"><\/code-block>/g, (_, n: string) => blocks[Number(n)] ?? '');
}

async function codeHtml({ code, language, isPlain = false }: CodeBlock & { isPlain?: boolean }): Promise<string> {
  if (language === 'mermaid') return `<pre class="mermaid">${escapeHtml(code)}</pre>`;
  if (language === 'math' || language === 'math-inline') return mathHtml(code, language === 'math');
  const text = code.replace(/\n$/, '');
  const body = isPlain ? escapeHtml(text) : await highlight(text, language);
  return `<div class="code"${language ? ` data-language="${escapeHtml(language)}"` : ''}><pre tabindex="0"><code>${body}</code></pre></div>`;
}

/** What others need of a page before it is rendered: where links may lead in it, and what it calls itself. */
export interface Outline {
  anchors: string[];
  firstHeading: string | null;
  unknown: Unknown;
}
export function outlineOf(body: string, dialect: Dialect): Outline {
  const { env, lead } = parseMarkdown(body, dialect);
  return {
    anchors: lead ? [lead.id, ...env.anchors] : env.anchors,
    firstHeading: lead?.text || env.headings[0]?.text || null,
    unknown: env.unknown,
  };
}
