export type { Param, Row, Statements } from './connection.ts';
export { FileClosed, FileInUse, isDamage, isFull } from './errors.ts';
export { filesOf } from './files.ts';
export { type OwnFile, openOwnFile } from './own-file.ts';
export { openSharedFile, type SharedFile } from './shared-file.ts';
