export { type Apart, type PartName, partNames, startApart } from './apart.ts';
export { deleteQueue, deleteTopology, dropDatabases } from './clean.ts';
export { hurry } from './hurry.ts';
export type { Replica } from './replica.ts';
export { smuggle } from './smuggle.ts';
export { unsentIn } from './unsent.ts';
export { type Witness, witnessOf } from './witness.ts';
