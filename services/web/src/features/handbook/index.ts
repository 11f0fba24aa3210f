export { usePatchPage, useQuickChange } from './changes.ts';
export { pageKey, revisionsKey } from './keys.ts';
export { Prose } from './prose.tsx';
export { hrefOf, usePage } from './queries.ts';
