export {
  type Ask,
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
export { sidekickData } from './data.ts';
export { type Proxy, proxyTo } from './servers/proxy.ts';
export { describeIf, describeWith, foundServer, type ServerName, servers } from './servers.ts';
export { until } from './until.ts';
