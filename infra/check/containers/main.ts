// Part of npm run check: the Dockerfile and the Compose files against the rules that hold on Docker 20.10 and our own.
import { readFileSync } from 'node:fs';
import { composeRules, compositionOf } from './compose.ts';
import { dockerfileRules } from './dockerfile.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const faults: string[] = [];
const dockerfile = 'infra/Dockerfile';
for (const [rule, check] of Object.entries(dockerfileRules))
  for (const fault of check(read(dockerfile))) faults.push(`${dockerfile}: ${rule}: ${fault}`);

const base = compositionOf(read('docker-compose.yml'));
const over = compositionOf(read('infra/compose/ferretdb.yml'));
// What the second file leaves unsaid about a service, or its environment, stands in the first.
const services = Object.fromEntries(
  Object.entries(over.services).map(([name, service]) => {
    const before = base.services[name];
    return [name, { ...before, ...service, environment: { ...before?.environment, ...service.environment } }];
  }),
);
const monitoring = compositionOf(read('infra/compose/prometheus.yml'));
const compositions = {
  'docker-compose.yml': base,
  'infra/compose/ferretdb.yml': { ...over, services, secrets: { ...base.secrets, ...over.secrets } },
  'infra/compose/prometheus.yml': monitoring,
};
for (const [file, composition] of Object.entries(compositions))
  for (const [rule, check] of Object.entries(composeRules))
    for (const fault of check(composition)) faults.push(`${file}: ${rule}: ${fault}`);

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
