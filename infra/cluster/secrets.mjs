// npm run -s k8s:secrets -- NAMESPACE | kubectl apply -f - : the Secrets that k8s/base asks for. Identity keys and the token of
// monitoring are kept where kubectl finds them in the namespace, and made where it finds none; --new-keys makes others.
// Addresses come from MONGO_URL, AMQP_URL and REDIS_URL, or for one service from GATEWAY_MONGO_URL and the like: give each
// service a user of its own where the server allows it. Nothing is written to a file.
import { spawnSync } from 'node:child_process';
import { identitySettings, password } from '../scripts/identity.mjs';

const args = process.argv.slice(2);
const namespace = args.find((arg) => !arg.startsWith('--'));
if (!namespace) fail('Which namespace? npm run -s k8s:secrets -- sidekick');

const needs = new Map([
  ['gateway', ['MONGO_URL', 'AMQP_URL', 'REDIS_URL']],
  ['content', ['MONGO_URL', 'AMQP_URL', 'REDIS_URL']],
  ['staffing', ['MONGO_URL', 'AMQP_URL', 'REDIS_URL']],
  ['search', ['AMQP_URL']],
  ['backup', ['MONGO_URL']],
]);

function fail(words) {
  console.error(words);
  process.exit(1);
}
function address(service, name) {
  const value = process.env[`${service.toUpperCase()}_${name}`] ?? process.env[name];
  return value || fail(`${name} is needed, or ${service.toUpperCase()}_${name}`);
}

/** What a Secret of the namespace holds; null where there is none. Ends when the cluster does not say. */
function kept(service) {
  const asked = ['get', 'secret', `sidekick-${service}`, '--namespace', namespace, '--ignore-not-found', '--output', 'json'];
  const { status, stdout, stderr, error } = spawnSync('kubectl', asked, { encoding: 'utf8' });
  if (error?.code === 'ENOENT') {
    console.error('kubectl is not here, so it is not known whether there are keys already: new ones are made.');
    return null;
  }
  if (status !== 0) fail(`kubectl could not say whether there are keys already (--new-keys makes others without asking): ${stderr.trim()}`);
  if (!stdout.trim()) return null;
  return Object.fromEntries(
    Object.entries(JSON.parse(stdout).data ?? {}).map(([name, data]) => [name, Buffer.from(data, 'base64').toString()]),
  );
}

function keys() {
  const [gateway, search] = args.includes('--new-keys') ? [null, null] : [kept('gateway'), kept('search')];
  const [newGateway, newSearch, newPublic] = identitySettings().map(([, json]) => json);
  const whole = gateway?.IDENTITY_PRIVATE_KEY && search?.IDENTITY_PRIVATE_KEY && search.IDENTITY_PUBLIC_KEYS;
  const publicKeys = whole ? search.IDENTITY_PUBLIC_KEYS : newPublic;
  return new Map([
    [
      'gateway',
      {
        IDENTITY_PRIVATE_KEY: whole ? gateway.IDENTITY_PRIVATE_KEY : newGateway,
        METRICS_TOKEN: gateway?.METRICS_TOKEN ?? password(),
      },
    ],
    ['content', { IDENTITY_PUBLIC_KEYS: publicKeys }],
    ['staffing', { IDENTITY_PUBLIC_KEYS: publicKeys }],
    ['search', { IDENTITY_PUBLIC_KEYS: publicKeys, IDENTITY_PRIVATE_KEY: whole ? search.IDENTITY_PRIVATE_KEY : newSearch }],
    ['backup', {}],
  ]);
}

const addresses = [...needs].map(([service, names]) => [service, Object.fromEntries(names.map((name) => [name, address(service, name)]))]);
const more = keys();
const items = addresses.map(([service, settings]) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: `sidekick-${service}`, namespace },
  type: 'Opaque',
  stringData: { ...settings, ...more.get(service) },
}));
console.log(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
