export { type Bar, barsOf, type Records } from './bars.ts';
export { coverageMeanings } from './coverage-meanings.ts';
export { hasAll, words } from './filter.ts';
export { arrow } from './grid-keys.ts';
export { Panels } from './panels.tsx';
export { LoadBar } from './person-row.tsx';
export { type LoadCell, loadCells, metaOf } from './person-rows.ts';
export { gapDays, gapReasons, wantsOf } from './project-rows.ts';
export { useRangedTimeline } from './range.ts';
