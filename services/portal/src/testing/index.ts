export { accept, aPassword, firstManager, printedLink } from './accounts.ts';
export { type Caller, callerAt, type Reply } from './caller.ts';
export { aFolder, type PortalProcess, portalProcess } from './portal-process.ts';
export { change, newPerson, newProject } from './records.ts';
export { watch } from './watch.ts';
