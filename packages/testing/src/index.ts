export { freePort } from './apart/ports.ts';
export {
  aManager,
  anEngineer,
  anOps,
  type Client,
  clientOf,
  documentCheck,
  type Got,
  quietLog,
  responseCheck,
  testKeys,
} from './client.ts';
export { newAssignment, newRecord, newTimeOff } from './commands.ts';
export { sidekickData } from './data.ts';
export { type Ended, projectRoot, type Running, runScript } from './run-script.ts';
export { proxyTo } from './servers/proxy.ts';
export { describeIf, describeWith, servers } from './servers.ts';
export { until } from './until.ts';
