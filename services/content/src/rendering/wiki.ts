import type { MarkdownIt, StateInline } from 'markdown-it';

const wiki = /^\[\[([^\s[\]|][^[\]|\n]*)(?:\|([^[\]\n]+))?\]\](?![(:[])/;

/** `[[Title]]`, `[[Title#heading]]`, `[[Title|words shown]]` become links to `wiki:<title>`. */
export function wikiLinks(md: MarkdownIt): void {
  md.inline.ruler.before('link', 'wiki', (state: StateInline, silent: boolean) => {
    if (!state.src.startsWith('[[', state.pos)) return false;
    const found = wiki.exec(state.src.slice(state.pos, state.pos + 600));
    if (!found?.[1]) return false;
    if (!silent) {
      state.push('link_open', 'a', 1).attrs = [['href', `wiki:${encodeURIComponent(found[1].trim())}`]];
      state.push('text', '', 0).content = (found[2] ?? found[1].replace(/#.*/, '')).trim() || found[1].slice(1);
      state.push('link_close', 'a', -1);
    }
    state.pos += found[0].length;
    return true;
  });
}
