export * from './bus.ts';
export type { BusNotice, Notify } from './delivery.ts';
export { type EnvelopeParts, envelope, isNewer } from './envelope.ts';
export { type SqliteBusOptions, sqliteBus } from './sqlite.ts';
