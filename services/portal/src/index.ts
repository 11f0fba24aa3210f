export { readSettings } from './config.ts';
export { openDataFolder } from './data-folder.ts';
export { startPortal } from './portal.ts';
