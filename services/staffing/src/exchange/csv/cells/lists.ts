import { Fault } from './fault.ts';

const mustBeQuoted = /[;"]|^\s|\s$|^$/;

/** Names in one cell, parted by semicolons; one that holds a semicolon or a quote stands in quotes. */
export const listText = (items: readonly string[]): string => items.join('; ');
export const quotedName = (name: string): string => (mustBeQuoted.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

interface ListItem {
  /** Without its quotes. */
  readonly name: string;
  /** What stands behind a quoted name. */
  readonly rest: string;
  readonly isQuoted: boolean;
}

/** The items of such a cell; blank ones are none. Throws Fault for a quote that does not end. */
export function listItems(text: string): ListItem[] {
  const items: ListItem[] = [];
  let at = 0;
  while (at < text.length) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    const quoted = text[at] === '"' ? quotedFrom(text, at) : null;
    const from = quoted ? quoted.end : at;
    const end = text.indexOf(';', from) < 0 ? text.length : text.indexOf(';', from);
    const rest = text.slice(from, end).trim();
    if (quoted) items.push({ name: quoted.name, rest, isQuoted: true });
    else if (rest !== '') items.push({ name: rest, rest: '', isQuoted: false });
    at = end + 1;
  }
  return items;
}

function quotedFrom(text: string, start: number): { name: string; end: number } {
  let name = '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') name += text[at];
    else if (text[at + 1] === '"') {
      name += '"';
      at += 1;
    } else return { name, end: at + 1 };
  }
  throw new Fault('A quote is opened here and never closed. Close it, or double it where it stands for itself');
}
