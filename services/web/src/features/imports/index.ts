export { Earlier } from './imports-screen.tsx';
export { SourceRemoval } from './queries.ts';
