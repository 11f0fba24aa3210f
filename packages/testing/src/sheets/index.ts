export { mutationOf } from './mutation.ts';
export { randomFrom } from './random.ts';
export { type CellValue, type SheetOf, workbookParts, zippedWorkbook } from './workbook.ts';
export { zipOf } from './zip.ts';
