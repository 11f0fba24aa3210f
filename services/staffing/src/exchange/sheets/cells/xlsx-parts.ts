import { formatOf, type NumberFormat } from './formats.ts';
import { Refused } from './refused.ts';
import type { Place, Range } from './sheet.ts';
import { readXml } from './xml.ts';

/** Characters that XML cannot hold are written as `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Texts that cells share, by number; how they are read aloud is not theirs. */
export function sharedStringsIn(part: Buffer): string[] {
  const strings: string[] = [];
  let [current, inText, aloud] = ['', false, false];
  readXml(part, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') aloud = true;
    },
    text(text) {
      if (inText && !aloud) current += text;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(current));
      else if (name === 't') inText = false;
      else if (name === 'rPh') aloud = false;
    },
  });
  return strings;
}

/** What numbers of each style of cells are. */
export function stylesIn(part: Buffer): NumberFormat[] {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  readXml(part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) ids.push(Number(attributes['numFmtId'] ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  const made = new Map<number, NumberFormat>();
  return ids.map((id) => {
    const known = made.get(id) ?? formatOf(id, codes.get(id));
    made.set(id, known);
    return known;
  });
}

export function commentsIn(part: Buffer): Place[] {
  const places: Place[] = [];
  readXml(part, {
    open(name, attributes) {
      if (name === 'comment' || name === 'threadedComment') places.push(placeIn(attributes['ref'] ?? ''));
    },
  });
  return places;
}

/** `C7` is row 7, column 3. Throws Refused for what is none. */
export function placeIn(reference: string): Place {
  const [, letters = '', digits = ''] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(reference) ?? [];
  if (letters === '') throw new Refused('damaged');
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits), column };
}

export function rangeIn(reference: string): Range {
  const [first = '', last = first] = reference.split(':');
  const [a, b] = [placeIn(first), placeIn(last)];
  return {
    top: Math.min(a.row, b.row),
    left: Math.min(a.column, b.column),
    bottom: Math.max(a.row, b.row),
    right: Math.max(a.column, b.column),
  };
}
