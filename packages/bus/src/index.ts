export * from './bus.ts';
export type { BusNotice, Notify } from './delivery.ts';
export { type EnvelopeParts, envelope, isNewer } from './envelope.ts';
export { type RabbitBusOptions, rabbitBus } from './rabbit.ts';
export type { Relay } from './relay.loop.ts';
export { relayDocuments, relayLog } from './relay.ts';
export { type SqliteBusOptions, sqliteBus } from './sqlite.ts';
