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

/** Applies `change` to what lies between code spans of a piece of prose: from a run of backticks to the next as long as it. */
export function outsideCodeSpans(prose: string, change: (text: string) => string): string {
  const runs = [...prose.matchAll(/`+/g)];
  const later = new Map<number, number>();
  const closing = new Map<number, number>();
  for (let at = runs.length - 1; at >= 0; at--) {
    const length = runs[at]?.[0].length ?? 0;
    const close = later.get(length);
    if (close !== undefined) closing.set(at, close);
    later.set(length, at);
  }
  let out = '';
  let end = 0;
  for (let at = 0; at < runs.length; at++) {
    const close = closing.get(at);
    const [from, to] = [runs[at], runs[close ?? -1]];
    if (close === undefined || !from || !to) continue;
    const past = to.index + to[0].length;
    out += change(prose.slice(end, from.index)) + prose.slice(from.index, past);
    end = past;
    at = close;
  }
  return out + change(prose.slice(end));
}

/** A line that is an opening tag. A tag ends where the next begins, so that lines of openings alone are read once. */
const opens = /^([ \t>]*)<(span\b|\w)([^<>]*)>[ \t]*$/gm;
const read = /\smarkdown=["']?(?:1|block|span)["']?/;
const closes = /^((?:>[ \t]?)*)<\/(?:div|section|details|aside|article)>[ \t]*$/gm;

/**
 * kramdown reads Markdown inside and right after `<div markdown="1">`; CommonMark does after a blank line. A line that is
 * a span's opening tag starts a paragraph in kramdown, and raw HTML in CommonMark.
 */
export function openHtmlBlocks(text: string): string {
  if (!/\smarkdown=/.test(text)) return text;
  const apart = (line: string, lead: string, tag: string, rest: string) => (tag === 'span' || read.test(rest) ? `${line}\n${lead}` : line);
  return outsideFences(text, (prose) => prose.replace(opens, apart).replace(closes, '$&\n$1'));
}
