export * from './bus.ts';
export { type EnvelopeParts, envelope, isNewer } from './envelope.ts';
export { rabbitBus } from './rabbit.ts';
export { relayDocuments, relayLog } from './relay.ts';
export { sqliteBus } from './sqlite.ts';
