import type { Heading } from '@sidekick/contracts';
import type { MarkdownIt, StateCore } from 'markdown-it';
import { textOf } from './tokens.ts';

/** GitHub's anchor of a heading: lower case, punctuation gone, spaces to hyphens. */
function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** What anchors are compared by: case and punctuation are ignored, and how many hyphens came of them. */
const looseAnchor = (anchor: string): string => slugOf(anchor).replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');

/** Of a page's anchors, the first by its loose form; made once a list, since a page may hold as many links as anchors. */
const looseForms = new WeakMap<readonly string[], { exact: ReadonlySet<string>; loose: ReadonlyMap<string, string> }>();
function formsOf(anchors: readonly string[]) {
  const known = looseForms.get(anchors);
  if (known) return known;
  // The first of two alike is meant, so it is set last.
  const made = { exact: new Set(anchors), loose: new Map([...anchors].reverse().map((anchor) => [looseAnchor(anchor), anchor])) };
  looseForms.set(anchors, made);
  return made;
}

/** The anchor of the list that is meant by `wanted`: the same, else the first that differs in case and punctuation alone. */
export function anchorIn(anchors: readonly string[], wanted: string): string | undefined {
  const { exact, loose } = formsOf(anchors);
  if (exact.has(wanted)) return wanted;
  const form = looseAnchor(wanted);
  return form === '' ? undefined : loose.get(form);
}

/** What the anchors rule leaves in the environment of a rendering. */
export interface Anchors {
  headings: Heading[];
  /** Every id that a link may lead to. */
  anchors: string[];
}

/** A tag ends where the next begins: text made of openings alone is then read once, not once for each of them. */
const htmlTag = /<[a-z][^<>]*/gi;
const htmlId = /\s(?:id|name)\s*=\s*["']?([^"'\s]+)/i;

/** Gives headings ids (repeats get `-1`, `-2` as on GitHub) and collects them; `.no_toc` keeps a heading out of the contents. */
export function headingAnchors(md: MarkdownIt): void {
  md.core.ruler.push('anchors', (state: StateCore) => {
    const found: Anchors = { headings: [], anchors: [] };
    const taken: Taken = { ids: new Set(), next: new Map() };
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
  for (const [tag] of html.matchAll(htmlTag)) {
    const id = htmlId.exec(tag)?.[1];
    if (id) found.anchors.push(id);
  }
}

/** Ids given so far, and by slug the number that its next repetition tries first. */
interface Taken {
  ids: Set<string>;
  next: Map<string, number>;
}

function free(slug: string, { ids, next }: Taken): string {
  let id = slug;
  let n = next.get(slug) ?? 1;
  while (ids.has(id)) id = `${slug}-${n++}`;
  next.set(slug, n);
  ids.add(id);
  return id;
}
