export * from './blobs.ts';
export { folderBlobs } from './folder.ts';
export { keyOf } from './key.ts';
