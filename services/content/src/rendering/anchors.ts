import type { Heading } from '@sidekick/contracts';
import type { MarkdownIt, StateCore } from 'markdown-it';
import { textOf } from './tokens.ts';

/** GitHub's anchor of a heading: lower case, punctuation gone, spaces to hyphens. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** What anchors are compared by: case and punctuation are ignored, and how many hyphens came of them. */
const looseAnchor = (anchor: string): string => slugOf(anchor).replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');

/** The anchor of the list that is meant by `wanted`: the same, else the first that differs in case and punctuation alone. */
export function anchorIn(anchors: readonly string[], wanted: string): string | undefined {
  if (anchors.includes(wanted)) return wanted;
  const loose = looseAnchor(wanted);
  return loose === '' ? undefined : anchors.find((anchor) => looseAnchor(anchor) === loose);
}

/** What the anchors rule leaves in the environment of a rendering. */
export interface Anchors {
  headings: Heading[];
  /** Every id that a link may lead to. */
  anchors: string[];
}

const htmlId = /<[a-z][^>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)/gi;

/** Gives headings ids (repeats get `-1`, `-2` as on GitHub) and collects them; `.no_toc` keeps a heading out of the contents. */
export function headingAnchors(md: MarkdownIt): void {
  md.core.ruler.push('anchors', (state: StateCore) => {
    const found: Anchors = { headings: [], anchors: [] };
    const taken = new Set<string>();
    for (const [at, token] of state.tokens.entries()) {
      if (token.type === 'html_block') collectIds(token.content, found);
      if (token.type === 'inline')
        for (const { type, content } of token.children ?? []) if (type === 'html_inline') collectIds(content, found);
      if (token.type !== 'heading_open') continue;
      const text = textOf(state.tokens[at + 1]);
      const id = free(String(token.attrGet('id') ?? slugOf(text)) || 'section', taken);
      token.attrSet('id', id);
      found.anchors.push(id);
      const hidden = /\bno_toc\b/.test(String(token.attrGet('class')));
      if (!hidden && text) found.headings.push({ level: Number(token.tag.slice(1)), id, text });
    }
    Object.assign(state.env, found);
  });
}

function collectIds(html: string, found: Anchors): void {
  for (const match of html.matchAll(htmlId)) if (match[1]) found.anchors.push(match[1]);
}

function free(slug: string, taken: Set<string>): string {
  let id = slug;
  for (let n = 1; taken.has(id); n++) id = `${slug}-${n}`;
  taken.add(id);
  return id;
}
