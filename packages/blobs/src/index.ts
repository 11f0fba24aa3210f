export * from './blobs.ts';
export { folderBlobs } from './folder.ts';
