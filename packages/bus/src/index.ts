export * from './bus.ts';
export { type EnvelopeParts, envelope } from './envelope.ts';
export { isNewer } from './newer.ts';
export { insertOnce, reactionsOf } from './reaction.ts';
export { relayDocuments, relayLog } from './relay.ts';
export { sqliteBus } from './sqlite.ts';
