export { handOver, sheetOfPaste } from './sheet-file.ts';
