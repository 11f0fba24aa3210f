export * from './blobs.ts';
export { folderBlobs } from './folder.ts';
export { type GridfsBlobs, gridfsBlobs } from './gridfs.ts';
