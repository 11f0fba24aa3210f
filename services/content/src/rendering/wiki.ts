import type { MarkdownIt, StateInline } from 'markdown-it';

const longest = 600;

/**
 * `[[Title]]`, `[[Title#heading]]`, `[[Title|words shown]]` become links to `wiki:<title>`. Brackets in a title come in pairs;
 * all that stands inside is kept, since only who knows the titles can tell `C#` from a heading of `C`.
 */
export function wikiLinks(md: MarkdownIt): void {
  md.inline.ruler.before('link', 'wiki', (state: StateInline, silent: boolean) => {
    if (!state.src.startsWith('[[', state.pos)) return false;
    const length = lengthOf(state.src, state.pos);
    if (length === 0) return false;
    const inside = state.src.slice(state.pos + 2, state.pos + length - 2);
    const bar = inside.indexOf('|');
    const target = (bar < 0 ? inside : inside.slice(0, bar)).trim();
    const words = bar < 0 ? '' : inside.slice(bar + 1).trim();
    if (target === '' || /^\s/.test(inside) || '(:['.includes(state.src.charAt(state.pos + length) || ' ')) return false;
    if (!silent) {
      state.push('link_open', 'a', 1).attrs = [['href', `wiki:${encodeURIComponent(inside.trim())}`]];
      state.push('text', '', 0).content = words || target.replace(/^#/, '').replace(/(\S)#(?=[^\s#]).*/, '$1') || target;
      state.push('link_close', 'a', -1);
    }
    state.pos += length;
    return true;
  });
}

/** Letters from `[[` to the `]]` that closes it, on one line; 0 without. */
function lengthOf(text: string, from: number): number {
  let depth = 0;
  const end = Math.min(text.length, from + longest);
  for (let at = from; at < end; at += 1) {
    const char = text[at];
    if (char === '\n') return 0;
    if (char === '[') depth += 1;
    if (char === ']') depth -= 1;
    if (depth === 0) return text.startsWith(']]', at - 1) && at > from + 3 ? at + 1 - from : 0;
  }
  return 0;
}
