import { type ZipPart, zipOf } from './zip.ts';

export type CellValue =
  | string
  | number
  | boolean
  | null
  | { shared: string }
  | { number: number; format: string | number }
  | { formula: string; value?: string | number; text?: boolean }
  | { error: string };

export interface SheetOf {
  readonly name?: string;
  readonly hidden?: boolean;
  readonly rows: readonly (readonly CellValue[])[];
  readonly merges?: readonly string[];
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
  /** Cells with a comment. */
  readonly comments?: readonly string[];
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? columnName(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

class Book {
  readonly strings: string[] = [];
  readonly formats: (string | number)[] = [0];
  cell(value: CellValue, row: number, column: number): string {
    const r = `r="${columnName(column)}${row}"`;
    if (value === null) return '';
    if (typeof value === 'string') return `<c ${r} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
    if (typeof value === 'number') return `<c ${r}><v>${value}</v></c>`;
    if (typeof value === 'boolean') return `<c ${r} t="b"><v>${value ? 1 : 0}</v></c>`;
    if ('shared' in value) return `<c ${r} t="s"><v>${this.strings.push(value.shared) - 1}</v></c>`;
    if ('error' in value) return `<c ${r} t="e"><v>${value.error}</v></c>`;
    if ('formula' in value) {
      const cached = value.value === undefined ? '<v/>' : `<v>${escaped(String(value.value))}</v>`;
      return `<c ${r}${value.text ? ' t="str"' : ''}><f>${escaped(value.formula)}</f>${cached}</c>`;
    }
    return `<c ${r} s="${this.formats.push(value.format) - 1}"><v>${value.number}</v></c>`;
  }
}

function sheetXml(book: Book, { rows, merges = [], hiddenRows = [], hiddenColumns = [] }: SheetOf): string {
  const columns = hiddenColumns.map((column) => `<col min="${column}" max="${column}" hidden="1"/>`).join('');
  const lines = rows.map((cells, at) => {
    const hidden = hiddenRows.includes(at + 1) ? ' hidden="1"' : '';
    return `<row r="${at + 1}"${hidden}>${cells.map((value, column) => book.cell(value, at + 1, column + 1)).join('')}</row>`;
  });
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return `${head}<worksheet ${main}>${columns && `<cols>${columns}</cols>`}<sheetData>${lines.join('')}</sheetData>${
    merged && `<mergeCells>${merged}</mergeCells>`
  }</worksheet>`;
}

const relations = (some: readonly (readonly [string, string])[]): string =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${some
    .map(([type, target], at) => `<Relationship Id="r${at + 1}" Type="${types}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The parts of a workbook, as spreadsheets write them. */
export function workbookParts(sheets: readonly SheetOf[], more: { since1904?: boolean } = {}): ZipPart[] {
  const book = new Book();
  const parts: ZipPart[] = [];
  for (const [at, sheet] of sheets.entries()) {
    const path = `xl/worksheets/sheet${at + 1}.xml`;
    parts.push({ name: path, content: sheetXml(book, sheet) });
    if (!sheet.comments) continue;
    const comments = sheet.comments.map((ref) => `<comment ref="${ref}" authorId="0"><text><t>x</t></text></comment>`).join('');
    parts.push({ name: `xl/comments${at + 1}.xml`, content: `${head}<comments ${main}><commentList>${comments}</commentList></comments>` });
    parts.push({ name: `xl/worksheets/_rels/sheet${at + 1}.xml.rels`, content: relations([['comments', `../comments${at + 1}.xml`]]) });
  }
  const listed = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${escaped(name ?? `Sheet${at + 1}`)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="r${at + 1}"/>`,
  );
  const custom = book.formats.flatMap((format, at) =>
    typeof format === 'string' ? [`<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>`] : [],
  );
  const styles = book.formats.map((format, at) => `<xf numFmtId="${typeof format === 'string' ? 164 + at : format}"/>`);
  const since1904 = more.since1904 ? '<workbookPr date1904="1"/>' : '';
  return [
    { name: '[Content_Types].xml', content: `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>` },
    { name: '_rels/.rels', content: relations([['officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `${head}<workbook ${main} xmlns:r="${types}">${since1904}<sheets>${listed.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ...sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const),
        ['sharedStrings', 'sharedStrings.xml'],
        ['styles', '/xl/styles.xml'],
      ]),
    },
    {
      name: 'xl/styles.xml',
      content: `${head}<styleSheet ${main}><numFmts>${custom.join('')}</numFmts><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    },
    {
      name: 'xl/sharedStrings.xml',
      content: `${head}<sst ${main}>${book.strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    },
    ...parts,
  ];
}

export const zippedWorkbook = (sheets: readonly SheetOf[], more: { since1904?: boolean } = {}): Buffer =>
  zipOf(workbookParts(sheets, more));
