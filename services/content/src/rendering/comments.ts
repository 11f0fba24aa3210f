import { outsideCodeSpans, outsideFences } from './prose.ts';

interface Kind {
  /** What a text must hold to hold one. */
  sign: string;
  open: RegExp;
  end: RegExp;
}

const liquid: Kind = { sign: '{%', open: /(?<!\{)\{%-?\s*comment\b[^%]*%\}/g, end: /\{%-?\s*endcomment\s*-?%\}/g };
/** What tools never show: comments of Liquid, Hugo, MDX, Jinja with Nunjucks, Obsidian. */
const kinds: Kind[] = [
  liquid,
  { sign: '{{', open: /\{\{\/\*/g, end: /\*\/\}\}/g },
  { sign: '{{', open: /\{\{[<%]\s*comment\s*[>%]\}\}/g, end: /\{\{[<%]\s*\/\s*comment\s*[>%]\}\}/g },
  { sign: '{/*', open: /\{\/\*/g, end: /\*\/\}/g },
  { sign: '{# ', open: /\{# /g, end: / #\}/g },
  { sign: '%%', open: /^%%[ \t]*$/gm, end: /^%%[ \t]*$/gm },
];
/** Blanks on both sides within or on none: `%%i in (…) do echo %%i` is none. */
const obsidian = /(?<![^\s([])%%(?:[ \t][^%\n]*[ \t]|[^%\s](?:[^%\n]*[^%\s])?)%%(?![\p{L}\p{N}_%])/gu;

export const withoutLiquidComments = (text: string): string =>
  text.includes(liquid.sign)
    ? cut(
        text,
        rangesOf(text, liquid, () => true),
      )
    : text;

/** Takes out comments that begin outside code, with any code inside of them. */
export function withoutComments(text: string): string {
  let left = text;
  for (const kind of kinds) if (left.includes(kind.sign)) left = cut(left, rangesOf(left, kind, proseOf(left)));
  if (!left.includes('%%')) return left;
  const isProse = proseOf(left);
  return left.replaceAll(obsidian, (whole, at: number) => (isProse(at) ? '' : whole));
}

function proseOf(text: string): (at: number) => boolean {
  const marked = outsideFences(text, (prose) => outsideCodeSpans(prose, (plain) => plain.replaceAll(/[^\n]/g, '\0')));
  return (at) => marked[at] === '\0';
}

type Range = readonly [from: number, to: number];

/** Each opening up to the next ending; those that are never closed are text. */
function rangesOf(text: string, { open, end }: Kind, isProse: (at: number) => boolean): Range[] {
  const ends = [...text.matchAll(end)];
  const ranges: Range[] = [];
  let next = 0;
  let past = 0;
  for (const found of text.matchAll(open)) {
    if (found.index < past || !isProse(found.index)) continue;
    const from = found.index + found[0].length;
    while (next < ends.length && (ends[next]?.index ?? 0) < from) next++;
    const last = ends[next];
    if (!last) break;
    past = last.index + last[0].length;
    ranges.push([found.index, past]);
  }
  return ranges;
}

function cut(text: string, ranges: readonly Range[]): string {
  let [left, at] = ['', 0];
  for (const [from, to] of ranges) {
    left += text.slice(at, from);
    at = to;
  }
  return left + text.slice(at);
}
