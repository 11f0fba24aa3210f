import { collapsed } from '../cells/sheet.ts';

export interface Part {
  readonly text: string;
  /** A pair of brackets stands round the whole cell. */
  readonly isTentative: boolean;
}

const pairs = new Map([
  ['(', ')'],
  ['[', ']'],
]);
const closing = new Set(pairs.values());
const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

/** The entries of a cell (S17), each with its blanks collapsed. */
export function partsOf(cell: string): Part[] {
  const inner = unwrapped(cell.trim());
  const isTentative = inner !== null;
  const parts: Part[] = [];
  let [depth, start] = [0, 0];
  const text = inner ?? cell;
  const take = (end: number) => {
    const part = collapsed(text.slice(start, end));
    if (part !== '') parts.push({ text: part, isTentative });
    start = end + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (pairs.has(char)) depth += 1;
    else if (closing.has(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && isBetween(text, at)) take(at);
  }
  take(text.length);
  return parts;
}

function isBetween(text: string, at: number): boolean {
  const char = text[at];
  if (char === ';' || char === '|' || char === '\n' || char === '\r') return true;
  if (char === ',') return !(isDigit(text[at - 1]) && isDigit(text[at + 1]));
  if (char !== '/' && char !== '+') return false;
  if (at > 0 && isSpace(text[at - 1]) && isSpace(text[at + 1])) return true;
  const last = text[at - 1];
  return isDigit(last) || (last !== undefined && '%)]?'.includes(last)) || /\d ?[hd]$/i.test(text.slice(Math.max(0, at - 4), at));
}

/** What stands in a pair of brackets that opens and closes the whole; null without one. */
export function unwrapped(text: string): string | null {
  const close = pairs.get(text[0] ?? '');
  if (close === undefined || text.at(-1) !== close) return null;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (pairs.has(char)) depth += 1;
    else if (closing.has(char)) depth -= 1;
    if (depth === 0 && at < text.length - 1) return null;
  }
  return depth === 0 ? text.slice(1, -1).trim() : null;
}

export interface Bracketed {
  /** Without brackets and what they hold. */
  readonly outside: string;
  readonly inside: readonly string[];
}

/** Takes an entry apart; null where a bracket is unmatched or in another. */
export function bracketsOf(text: string): Bracketed | null {
  const inside: string[] = [];
  let outside = '';
  let open: { close: string; from: number } | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    const close = pairs.get(char);
    if (close !== undefined) {
      if (open) return null;
      open = { close, from: at + 1 };
    } else if (closing.has(char)) {
      if (open?.close !== char) return null;
      inside.push(text.slice(open.from, at).trim());
      outside += ' ';
      open = null;
    } else if (!open) outside += char;
  }
  return open ? null : { outside, inside };
}
