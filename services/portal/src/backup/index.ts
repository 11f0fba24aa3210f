export { isDataFolder, type MongoPlaces, openFolder, openMongo } from './installation.ts';
export { keepNewest, makeBackup, nameAt, type Source } from './make.ts';
export { restoreFolder, restoreMongo } from './restore.ts';
export { refuseRunning } from './running.ts';
export { openedSource, portalSource } from './sources.ts';
