export type { Records } from './bars.ts';
export { hasAll, words } from './filter.ts';
export { arrow } from './grid-keys.ts';
export { Panels } from './panels.tsx';
export { metaOf } from './person-rows.ts';
export { wantsOf } from './project-rows.ts';
export { useRangedTimeline } from './range.ts';
