import type { SheetRefusal } from '@sidekick/contracts';

/** What is wrong with a sheet that is not read, and what to do. */
export const refusalWords: Readonly<Record<SheetRefusal, string>> = {
  binary: 'This is no text. Save the sheet as CSV or XLSX once more, and send that file under its own ending',
  damaged: 'The file is damaged or was not copied to its end. Save it once more, and send it again',
  'too-big':
    'The sheet is larger than is read here: 20,000 rows, 1,000 columns and 50 MB unpacked at the most. Keep the rows and columns of people and weeks, and take out the rest',
  'forbidden-xml': 'The workbook declares a document type, which no spreadsheet writes. Open it in a spreadsheet, and save it anew',
  'not-a-sheet': 'This is a zip file without a workbook. Send the workbook itself, as XLSX, or its sheet as CSV',
  'old-or-locked': 'The workbook is of an old kind (.xls) or locked with a password. Save it as XLSX without a password',
  empty: 'There is no cell with text in it',
  'no-header':
    'No row of weeks or days was found among the first 30, such as 2026-11-30 or W49 beside each other, nor one that names person, project, from and to',
  'two-headers': 'There are two header rows that differ. Keep one table in a sheet, and send the other by itself',
  'no-person-column': 'No column holds people. Write Name over it',
  'no-rows': 'Nothing stands below the header row',
  'ambiguous-dates': 'Days and months of the dates cannot be told apart. Write them as 2026-11-30',
  'repeated-heads': 'The same week or day stands over two columns. Give each column its own',
  'heads-out-of-order': 'The weeks or days over the columns do not rise from left to right. Put them in order',
  'uneven-heads': 'The columns are neither weeks nor days that follow each other. Write the first day of each week over its column',
};
