/** A sheet as it is sent: its name, and its bytes as base64. */
export interface SheetFile {
  readonly name: string;
  readonly content: string;
}

/** As many as the portal takes. */
const largest = 10 * 1024 * 1024;
const tooLarge = `A sheet holds at most ${largest / 1_048_576} MB. Take out what is neither people nor weeks.`;

const chunk = 32_768;

function base64Of(bytes: Uint8Array): string {
  if (bytes.length > largest) throw new Error(tooLarge);
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(binary);
}

/** Throws an Error in words for a file that is too large. */
export async function sheetOfFile(file: File): Promise<SheetFile> {
  if (file.size > largest) throw new Error(tooLarge);
  return { name: file.name, content: base64Of(new Uint8Array(await file.arrayBuffer())) };
}

/** What cells of a clipboard are called. */
const pastedName = 'Pasted cells.csv';

/** The cells that a spreadsheet put on the clipboard; null for a text that is no row of cells. Throws an Error in words for too much. */
export function sheetOfPaste(data: Pick<DataTransfer, 'getData'>): SheetFile | null {
  const text = cellsOfTable(data.getData('text/html')) ?? data.getData('text/plain');
  return sheetOfText(text);
}

/** Rows of cells parted by tabs. */
export function sheetOfText(text: string): SheetFile | null {
  if (!text.includes('\t') || !/[\r\n]/.test(text.trim())) return null;
  // The separator is named: whatever stands in the cells is no other.
  return { name: pastedName, content: base64Of(new TextEncoder().encode(`sep=\t\n${text}`)) };
}

/**
 * The first table of what a spreadsheet copied, as rows of cells. A cell over several rows or columns stands in each of them, but for one
 * that is alone in its row, which is a title. Null without a table.
 */
function cellsOfTable(html: string): string | null {
  if (html === '' || html.length > largest) return null;
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  if (!table) return null;
  const rows: string[][] = [];
  for (const [at, row] of [...table.rows].entries()) {
    rows[at] ??= [];
    const isAlone = row.cells.length === 1;
    let column = 0;
    for (const cell of row.cells) {
      while (rows[at]?.[column] !== undefined) column += 1;
      const text = textOf(cell);
      const across = isAlone ? 1 : Math.min(cell.colSpan, mostSpan);
      for (let down = 0; down < Math.min(cell.rowSpan, mostSpan); down++)
        for (let over = 0; over < across; over++) {
          rows[at + down] ??= [];
          (rows[at + down] as string[])[column + over] = text;
        }
      column += across;
    }
  }
  return rows.map((row) => Array.from(row, (text) => quoted(text ?? '')).join('\t')).join('\n');
}
const mostSpan = 1_000;

function textOf(cell: HTMLTableCellElement): string {
  for (const line of cell.querySelectorAll('br')) line.replaceWith('\n');
  return (cell.textContent ?? '').replaceAll('\u00a0', ' ').trim();
}

const quoted = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

let handed: SheetFile | null = null;
/** For the screen that is gone to next. */
export const handOver = (file: SheetFile): void => {
  handed = file;
};
export function takeHanded(): SheetFile | null {
  const file = handed;
  handed = null;
  return file;
}
