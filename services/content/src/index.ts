export { type ContentDeps, type ContentService, createContent } from './service.ts';
