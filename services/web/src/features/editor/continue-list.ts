/** Quotes, then a list marker with its blanks, then the box of a task. */
const item = /^([ \t>]*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)(\[[ xX]\][ \t]+)?/;
const quote = /^[ \t]*(?:>[ \t]?)+/;

export interface Continued {
  /** Offsets of what is replaced. */
  from: number;
  to: number;
  insert: string;
}

/**
 * What Enter does in a list or a quote: the next line begins as this one does, the number raised, its box empty; an item without
 * a word ends the list instead. Null: Enter is Enter.
 */
export function continueList(text: string, from: number, to: number): Continued | null {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', from);
  const line = text.slice(start, Math.min(end < 0 ? text.length : end, start + 1_000));
  const marked = item.exec(line);
  const head = marked?.[0] ?? quote.exec(line)?.[0];
  if (head === undefined || from < start + head.length) return null;
  if (line.slice(head.length).trim() === '' && from === to) return { from: start, to: start + head.length, insert: '' };
  return { from, to, insert: `\n${marked ? nextOf(marked) : head}` };
}

function nextOf([, before = '', bullet, number, after = '', blanks = ' ', box]: RegExpExecArray): string {
  return `${before}${bullet ?? `${Number(number) + 1}${after}`}${blanks}${box ? '[ ] ' : ''}`;
}
