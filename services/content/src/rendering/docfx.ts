import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import { noteUnknown, type Unknown } from './unknown.ts';

const longest = 1_500;
const bracket = /^\[!(INCLUDE|code(?:-[\w+#-]+)?)\s*\[([^\]\n]*)\]\(\s*([^()\s]{1,400})[^()\n]{0,200}\)\]/i;
const film = /^\[!VIDEO\s+(https:\/\/[^\]\s]{1,400})\]/i;
const reference = /^<xref:([^<>\s?]{1,300})(?:\?[^<>\s]{0,300})?>/i;
const element = /^:::[ \t]*(image|code|no-loc|image-end|video)\b/;

/**
 * What DocFX writes in a line: `[!INCLUDE [words](file)]`, `[!code-cs[words](file)]`, `[!VIDEO url]`, `<xref:Name>`,
 * `[words](xref:Name)`, `:::image …:::`.
 */
export function docfx(md: MarkdownIt): void {
  md.inline.ruler.before('link', 'docfx', (state: StateInline, silent: boolean) => {
    const char = state.src.charCodeAt(state.pos);
    if (char === 0x5b) return state.src.charCodeAt(state.pos + 1) === 0x21 && readBracket(state, silent);
    return char === 0x3a && readElement(state, silent);
  });
  md.inline.ruler.before('autolink', 'xref', (state: StateInline, silent: boolean) => {
    const found = state.src.charCodeAt(state.pos) === 0x3c ? reference.exec(state.src.slice(state.pos, state.pos + longest)) : null;
    if (!found?.[1]) return false;
    if (!silent) {
      note(state, 'DocFX xref');
      state.push('code_inline', 'code', 0).content = plainName(found[1]);
    }
    state.pos += found[0].length;
    return true;
  });
  md.core.ruler.push('xref links', ({ tokens, env }: StateCore) => {
    for (const { children } of tokens) unlinkReferences(children ?? [], env);
  });
}

/** A link to a name of an interface stays as its words: only DocFX's own build knows where that is described. */
function unlinkReferences(inline: readonly Token[], env: object): void {
  let inside = false;
  for (const token of inline) {
    if (token.type === 'link_open' && /^xref:/i.test(String(token.attrGet('href')))) {
      inside = true;
      noted(env, 'DocFX xref');
    } else if (!inside || token.type !== 'link_close') continue;
    else inside = false;
    Object.assign(token, { tag: 'span', attrs: null });
  }
}

const note = ({ env }: StateInline, kind: string): void => noted(env, kind);
const noted = (env: object, kind: string): void => {
  const { unknown } = env as { unknown?: Unknown };
  if (unknown) noteUnknown(unknown, kind);
};

function plainName(uid: string): string {
  try {
    return decodeURIComponent(uid).replace(/\*$/, '');
  } catch {
    return uid;
  }
}

function readBracket(state: StateInline, silent: boolean): boolean {
  const text = state.src.slice(state.pos, state.pos + longest);
  const found = bracket.exec(text);
  const video = found ? null : film.exec(text);
  if (!found && !video) return false;
  if (!silent) {
    const kind = found ? (found[1]?.toLowerCase() === 'include' ? 'DocFX include' : 'DocFX code') : 'DocFX video';
    note(state, kind);
    const address = found?.[3] ?? video?.[1] ?? '';
    link(state, address, found?.[2]?.trim() || address);
  }
  state.pos += (found ?? video)?.[0].length ?? 0;
  return true;
}

function link(state: StateInline, address: string, words: string): void {
  state.push('link_open', 'a', 1).attrs = [['href', address]];
  state.push('text', '', 0).content = words;
  state.push('link_close', 'a', -1);
}

function readElement(state: StateInline, silent: boolean): boolean {
  const name = element.exec(state.src.slice(state.pos, state.pos + 40))?.[1];
  const end = name === undefined ? -1 : state.src.slice(state.pos + 3, state.pos + longest).indexOf(':::');
  if (name === undefined || end < 0) return false;
  const inside = state.src.slice(state.pos + 3, state.pos + 3 + end);
  if (!silent) {
    const source = attribute(inside, 'source');
    if (name === 'image' && source) image(state, source, attribute(inside, 'alt-text'));
    else if (name === 'no-loc') state.push('text', '', 0).content = attribute(inside, 'text');
    else if (source) link(state, source, source);
    if (name === 'code' || name === 'video') note(state, `DocFX ${name}`);
  }
  state.pos += end + 6;
  return true;
}

const attribute = (text: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1]?.trim() ?? '';

function image(state: StateInline, source: string, alt: string): void {
  const token = state.push('image', 'img', 0);
  const words = new state.Token('text', '', 0);
  words.content = alt;
  token.attrs = [
    ['src', source],
    ['alt', ''],
  ];
  token.content = alt;
  token.children = [words];
}
