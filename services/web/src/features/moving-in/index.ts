export { handOver, sheetOfPaste, takeHanded } from './sheet-file.ts';
