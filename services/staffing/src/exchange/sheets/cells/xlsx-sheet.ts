import { dayOf, isoDay } from '@sidekick/calendar';
import { type NumberFormat, numberCell } from './formats.ts';
import { Refused } from './refused.ts';
import { type Cell, lastColumn, lastRow, type Place, type Range, type Sheet } from './sheet.ts';
import { placeIn, rangeIn, unescaped } from './xlsx-parts.ts';
import { type Attributes, readXml } from './xml.ts';

export interface Book {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly since1904: boolean;
  readonly comments: readonly Place[];
}

/** Places that merged ranges may fill, all together: more than any sheet that was made by hand has. */
const mostMerged = 200_000;

interface Written {
  type: string;
  style: number;
  value: string | null;
  inline: string;
  formula: string | null;
  shared: string | null;
}

/** The cells of a sheet. Throws Refused beyond the limits, and for what no spreadsheet writes. */
export function sheetIn(part: Buffer, book: Book): Sheet {
  const rows: (Cell | undefined)[][] = [];
  const hiddenRows = new Set<number>();
  const hidden: { from: number; to: number }[] = [];
  const merges: Range[] = [];
  const formulas = new Map<string, string>();
  let place: Place = { row: 0, column: 0 };
  let written: Written | null = null;
  let into: 'value' | 'inline' | 'formula' | null = null;
  let aloud = false;

  const take = (cell: Cell | null) => {
    if (!cell) return;
    const { row, column } = place;
    if (row > lastRow || column > lastColumn) throw new Refused('too-big');
    rows[row] ??= [];
    (rows[row] as (Cell | undefined)[])[column] = cell;
  };
  const begin = new Map<string, (attributes: Attributes) => void>(
    Object.entries({
      row({ r, hidden: isHidden }: Attributes) {
        place = { row: r === undefined ? place.row + 1 : wholeNumber(r), column: 0 };
        if (isOn(isHidden)) hiddenRows.add(place.row);
      },
      c({ r, t = 'n', s = '0' }: Attributes) {
        place = r === undefined ? { row: place.row, column: place.column + 1 } : placeIn(r);
        written = { type: t, style: Number(s), value: null, inline: '', formula: null, shared: null };
      },
      v: () => start('value'),
      t: () => start('inline'),
      f(attributes: Attributes) {
        start('formula');
        if (written && attributes['t'] === 'shared') written.shared = attributes['si'] ?? '';
      },
      rPh: () => {
        aloud = true;
      },
      col({ min = '1', max = min, hidden: isHidden }: Attributes) {
        if (isOn(isHidden)) hidden.push({ from: Number(min), to: Number(max) });
      },
      mergeCell({ ref = '' }: Attributes) {
        if (merges.push(rangeIn(ref)) > mostMerged) throw new Refused('too-big');
      },
    }),
  );
  function start(kind: 'value' | 'inline' | 'formula'): void {
    into = kind;
    if (written && kind === 'value') written.value ??= '';
    if (written && kind === 'formula') written.formula ??= '';
  }
  readXml(part, {
    open: (name, attributes) => begin.get(name)?.(attributes),
    text(text) {
      if (!written || into === null) return;
      if (into === 'value') written.value += text;
      else if (into === 'formula') written.formula += text;
      else if (!aloud) written.inline += text;
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'f') into = null;
      else if (name === 'rPh') aloud = false;
      else if (name === 'c' && written) {
        take(cellOf(withFormula(written, formulas), book));
        written = null;
      }
    },
  });
  fill(rows, merges);
  return {
    rows,
    hiddenRows,
    isHiddenColumn: (column) => hidden.some(({ from, to }) => column >= from && column <= to),
    comments: book.comments,
  };
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';
function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Refused('damaged');
  return Number(text);
}

/** A formula that several cells share is written out at the first of them. */
function withFormula(written: Written, formulas: Map<string, string>): Written {
  if (written.shared === null) return written;
  if (written.formula) formulas.set(written.shared, written.formula);
  return { ...written, formula: written.formula || (formulas.get(written.shared) ?? '') };
}

const textCell = (text: string): Cell | null => (text.trim() === '' ? null : { text: text.trim(), is: 'text' });

function cellOf({ type, style, value, inline, formula }: Written, { strings, formats, since1904 }: Book): Cell | null {
  if (formula !== null && (value === null || (value === '' && type !== 'str')))
    return { text: `=${unescaped(formula).trim()}`, is: 'formula' };
  if (type === 'inlineStr') return textCell(unescaped(inline));
  if (value === null || value.trim() === '') return null;
  if (type === 'str') return textCell(unescaped(value));
  if (type === 's') return textCell(shared(strings, value.trim()));
  if (type === 'e') return { text: value.trim(), is: 'error' };
  if (type === 'b') return { text: value.trim() === '0' ? 'FALSE' : 'TRUE', is: 'text' };
  if (type === 'd') return dateCell(value.trim());
  const number = Number(value);
  if (!Number.isFinite(number)) throw new Refused('damaged');
  return numberCell(number, formats[style] ?? { as: 'number' }, since1904);
}

function shared(strings: readonly string[], at: string): string {
  const found = /^\d+$/.test(at) ? strings[Number(at)] : undefined;
  if (found === undefined) throw new Refused('damaged');
  return found;
}

function dateCell(value: string): Cell {
  const iso = /^(\d{4}-\d\d-\d\d)(?:T|$)/.exec(value)?.[1];
  if (iso === undefined || isoDay(dayOf(iso)) !== iso) throw new Refused('damaged');
  return { text: iso, is: 'date', day: dayOf(iso) };
}

/** Gives each cell of a merged range its value. */
function fill(rows: (Cell | undefined)[][], merges: readonly Range[]): void {
  let left = mostMerged;
  for (const range of merges) {
    const first = rows[range.top]?.[range.left];
    if (!first) continue;
    left -= (range.bottom - range.top + 1) * (range.right - range.left + 1);
    if (left < 0 || range.bottom > lastRow || range.right > lastColumn) throw new Refused('too-big');
    const cell = { ...first, range };
    for (let row = range.top; row <= range.bottom; row++) {
      rows[row] ??= [];
      for (let column = range.left; column <= range.right; column++) (rows[row] as (Cell | undefined)[])[column] = cell;
    }
  }
}
