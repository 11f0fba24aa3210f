const fence = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(`{3,}|~{3,})(.*)$/;

/** Applies `change` to each run of lines outside fenced code; fences stay as they are. */
export function outsideFences(text: string, change: (prose: string) => string): string {
  const out: string[] = [];
  let run: string[] = [];
  let open = '';
  const flush = () => {
    if (run.length > 0) out.push(change(run.join('\n')));
    run = [];
  };
  for (const line of text.split('\n')) {
    const [, marker = '', rest = ''] = fence.exec(line) ?? [];
    if (open) {
      out.push(line);
      if (marker[0] === open[0] && marker.length >= open.length && rest.trim() === '') open = '';
    } else if (marker && !(marker[0] === '`' && rest.includes('`'))) {
      flush();
      out.push(line);
      open = marker;
    } else run.push(line);
  }
  flush();
  return out.join('\n');
}

const codeSpan = /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;

/** Applies `change` to what lies between code spans of a piece of prose. */
export function outsideCodeSpans(prose: string, change: (text: string) => string): string {
  let out = '';
  let end = 0;
  for (const match of prose.matchAll(codeSpan)) {
    out += change(prose.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return out + change(prose.slice(end));
}

const opens = /^([ \t>]*)<\w+[^>]*\smarkdown=["']?(?:1|block|span)["']?[^>]*>[ \t]*$/gm;
/** A line that is a span's opening tag starts a paragraph in kramdown, and raw HTML in CommonMark. */
const spans = /^([ \t>]*)<span\b[^>]*>[ \t]*$/gm;
const closes = /^((?:>[ \t]?)*)<\/(?:div|section|details|aside|article)>[ \t]*$/gm;

/** kramdown reads Markdown inside and right after `<div markdown="1">`; CommonMark does after a blank line. */
export function openHtmlBlocks(text: string): string {
  if (!/\smarkdown=/.test(text)) return text;
  return outsideFences(text, (prose) => [opens, spans, closes].reduce((text, lines) => text.replace(lines, '$&\n$1'), prose));
}
