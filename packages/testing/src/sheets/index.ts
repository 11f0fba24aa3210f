export { mutationOf } from './mutation.ts';
export { type Random, randomFrom } from './random.ts';
export { type CellValue, type SheetOf, workbookParts, zippedWorkbook } from './workbook.ts';
export { type ZipPart, zipOf } from './zip.ts';
