export * from './blobs.ts';
export { folderBlobs } from './folder.ts';
export { gridfsBlobs } from './gridfs.ts';
