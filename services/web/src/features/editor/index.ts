export { changesOf, linesOf, type Row, rowsOf } from './lines.ts';
export { Preview } from './preview.tsx';
