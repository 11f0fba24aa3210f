// npm run k8s:secrets -- NAMESPACE | kubectl apply -f - : the Secrets that k8s/base asks for, with identity keys freshly made.
// Addresses come from MONGO_URL, AMQP_URL and REDIS_URL, or for one service from GATEWAY_MONGO_URL and the like: give each
// service a user of its own where the server allows it. Nothing is written to a file.
import { newSigningKey, publicHalf } from '@sidekick/service-kit';
import { ulid } from 'ulid';

const namespace = process.argv[2];
if (!namespace) throw new Error('which namespace? npm run --silent k8s:secrets -- sidekick');

const needs = new Map([
  ['gateway', ['MONGO_URL', 'AMQP_URL', 'REDIS_URL']],
  ['content', ['MONGO_URL', 'AMQP_URL', 'REDIS_URL']],
  ['staffing', ['MONGO_URL', 'AMQP_URL', 'REDIS_URL']],
  ['search', ['AMQP_URL']],
  ['backup', ['MONGO_URL']],
]);
function address(service: string, name: string): string {
  const value = process.env[`${service.toUpperCase()}_${name}`] ?? process.env[name];
  if (!value) throw new Error(`${name} is needed, or ${service.toUpperCase()}_${name}`);
  return value;
}

const gateway = await newSigningKey(`gateway-${ulid()}`);
const search = await newSigningKey(`search-${ulid()}`);
const publicKeys = JSON.stringify([publicHalf(gateway), publicHalf(search, ['ops'])]);
const keys = new Map<string, Record<string, string>>([
  ['gateway', { IDENTITY_PRIVATE_KEY: JSON.stringify(gateway) }],
  ['content', { IDENTITY_PUBLIC_KEYS: publicKeys }],
  ['staffing', { IDENTITY_PUBLIC_KEYS: publicKeys }],
  ['search', { IDENTITY_PUBLIC_KEYS: publicKeys, IDENTITY_PRIVATE_KEY: JSON.stringify(search) }],
  ['backup', {}],
]);
const items = [...needs].map(([service, names]) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: `sidekick-${service}`, namespace },
  type: 'Opaque',
  stringData: { ...Object.fromEntries(names.map((name) => [name, address(service, name)])), ...keys.get(service) },
}));
console.log(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
