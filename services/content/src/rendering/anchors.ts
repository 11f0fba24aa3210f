import { type Heading, nameKey } from '@sidekick/contracts';
import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { contentId } from './ids.ts';
import { textOf } from './tokens.ts';

/** GitHub's anchor of a heading: lower case, punctuation gone, spaces to hyphens. */
function slugOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/**
 * kramdown's own id of a heading, from https://github.com/gettalong/kramdown (basic_generate_id): what stands before the first
 * letter is gone, and all letters but those of English. Sites whose settings name its GitHub dialect have GitHub's instead.
 */
const kramdownId = (text: string): string =>
  text
    .replace(/^[^a-z]+/i, '')
    .replaceAll(/[^a-z0-9 -]/gi, '')
    .replaceAll(' ', '-')
    .toLowerCase();

/** What anchors are compared by: case and punctuation are ignored, and how many hyphens came of them. */
const looseAnchor = (anchor: string): string => slugOf(nameKey(anchor)).replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');

/** Of a page's anchors, the first by its loose form; made once a list, since a page may hold as many links as anchors. */
const looseForms = new WeakMap<readonly string[], Forms>();
interface Forms {
  exact: ReadonlySet<string>;
  loose: ReadonlyMap<string, string>;
  /** By the form without what stands before the first letter. */
  lettered: ReadonlyMap<string, string>;
}
function formsOf(anchors: readonly string[]): Forms {
  const known = looseForms.get(anchors);
  if (known) return known;
  // The first of two alike is meant, so it is set last.
  const loose = new Map([...anchors].reverse().map((anchor) => [looseAnchor(anchor), anchor]));
  const lettered = new Map([...loose].map(([form, anchor]) => [form.replace(/^[^a-z]+/, ''), anchor]));
  const made = { exact: new Set(anchors), loose, lettered };
  looseForms.set(anchors, made);
  return made;
}

/**
 * The anchor of the list that is meant by `wanted`: the same, else the first that differs in case and punctuation alone, else in
 * what stands before its first letter, as `first` for `1-first`.
 */
export function anchorIn(anchors: readonly string[], wanted: string): string | undefined {
  const { exact, loose, lettered } = formsOf(anchors);
  if (exact.has(wanted)) return wanted;
  const form = looseAnchor(wanted);
  return form === '' ? undefined : (loose.get(form) ?? lettered.get(form));
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

/**
 * Gives headings ids (repeats get `-1`, `-2` as on GitHub) and collects them; `.no_toc` keeps a heading out of the contents. Ids
 * that are written as HTML come first, wherever they stand: whoever wrote one meant that place.
 */
export function headingAnchors(md: MarkdownIt): void {
  md.core.ruler.push('anchors', (state: StateCore) => {
    const found: Anchors = { headings: [], anchors: [] };
    const written = state.tokens.flatMap(htmlIds);
    const taken: Taken = { ids: new Set(written), next: new Map() };
    keepFootnotes(state, taken);
    const automatic: { token: Token; text: string }[] = [];
    for (const [at, token] of state.tokens.entries()) {
      found.anchors.push(...htmlIds(token));
      const own = token.attrGet('id');
      if (token.type !== 'heading_open') {
        if (own === null || token.nesting === -1) continue;
        token.attrSet('id', free(contentId(String(own)), taken));
        found.anchors.push(String(token.attrGet('id')));
        continue;
      }
      const text = textOf(state.tokens[at + 1]);
      const id = free(contentId(String(own ?? slugOf(text)) || 'section'), taken);
      token.attrSet('id', id);
      found.anchors.push(id);
      if (own === null) automatic.push({ token, text });
      const hidden = /\bno_toc\b/.test(String(token.attrGet('class')));
      if (!hidden && text) found.headings.push({ level: Number(token.tag.slice(1)), id, text });
    }
    if ((state.env as { kramdown?: boolean }).kramdown) found.anchors.push(...kramdownIds(automatic, taken, state.tokens[0]));
    Object.assign(state.env, found);
  });
}

/**
 * Where kramdown's id of a heading is another than GitHub's, and free, the heading has both: links of its site hold either. A heading of
 * level 1 in the place of `lead` is no part of what is rendered.
 */
function kramdownIds(headings: readonly { token: Token; text: string }[], taken: Taken, lead: Token | undefined): string[] {
  const repeats = new Map<string, number>();
  return headings.flatMap(({ token, text }) => {
    const slug = kramdownId(text);
    const repeat = repeats.get(slug) ?? 0;
    repeats.set(slug, repeat + 1);
    const id = contentId(repeat === 0 ? slug : `${slug}-${repeat}`);
    if (slug === '' || (token === lead && token.tag === 'h1') || taken.ids.has(id)) return [];
    taken.ids.add(id);
    token.meta = { ...token.meta, alsoId: id };
    return [id];
  });
}

/** The second id of a heading, if it has one. */
export const alsoIdOf = (token: Token | undefined): string | undefined => (token?.meta as { alsoId?: string } | null)?.alsoId;

/** Notes have the ids `fn1`, `fnref1`; where content has such ids itself, notes get others. */
function keepFootnotes({ env, tokens }: StateCore, { ids }: Taken): void {
  const { list = [] } = (env as { footnotes?: { list?: unknown[] } }).footnotes ?? {};
  if (list.length === 0) return;
  const own = tokens.flatMap((token) => String(token.attrGet('id') ?? ''));
  const isTaken = (name: string) => [...ids, ...own].some((id) => id.startsWith(`fn${name}`) || id.startsWith(`fnref${name}`));
  let name = '';
  for (let n = 1; isTaken(name); n += 1) name = `-note${n}-`;
  if (name) Object.assign(env, { docId: name.slice(1, -1) });
  for (let n = 1; n <= list.length; n += 1) for (const kind of ['fn', 'fnref']) ids.add(`${kind}${name}${n}`);
}

function htmlIds(token: Token): string[] {
  if (token.type === 'html_block') return idsIn(token.content);
  if (token.type !== 'inline') return [];
  return (token.children ?? []).flatMap(({ type, content }) => (type === 'html_inline' ? idsIn(content) : []));
}

const idsIn = (html: string): string[] =>
  [...html.matchAll(htmlTag)].flatMap(([tag]) => {
    const id = htmlId.exec(tag)?.[1];
    return id ? [contentId(id)] : [];
  });

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
