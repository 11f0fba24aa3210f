// Writes infra/check/manifests/kubernetes.json: the schemas of the kinds we use, as the API server that KUBECONFIG points at
// serves them, closed so that an unknown key fails. Run it by hand when the oldest supported Kubernetes rises:
//   node --import ./infra/ts/register.mjs infra/cluster/schemas.ts
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { [key: string]: Json };

const kinds: Record<string, string[]> = {
  v1: ['Namespace', 'ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'PersistentVolumeClaim', 'Pod'],
  'apps/v1': ['Deployment', 'StatefulSet'],
  'batch/v1': ['Job', 'CronJob'],
  'networking.k8s.io/v1': ['NetworkPolicy', 'Ingress'],
  'policy/v1': ['PodDisruptionBudget'],
};
const kept = new Set([
  'type',
  'format',
  'properties',
  'required',
  'items',
  'additionalProperties',
  'enum',
  'oneOf',
  'x-kubernetes-patch-merge-key',
]);

const kubectl = (...args: string[]) => execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 64_000_000 });
const isNode = (value: Json | undefined): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const short = (ref: string) => ref.split('/').at(-1) as string;

/** Our dialect: references by bare name, objects closed, no prose. Formats stay out: ajv judges types alone. */
function closed(node: Node): Node {
  if (typeof node['$ref'] === 'string') return { $ref: `#/$defs/${short(node['$ref'])}` };
  if (Array.isArray(node['allOf']) && node['allOf'].length === 1) return closed(node['allOf'][0] as Node);
  const out: Node = {};
  for (const [key, value] of Object.entries(node)) {
    if (!kept.has(key) || key === 'format') continue;
    if (key === 'properties')
      out[key] = Object.fromEntries(Object.entries(value as Node).map(([name, inner]) => [name, closed(inner as Node)]));
    else if (key === 'items' || (key === 'additionalProperties' && isNode(value))) out[key] = closed(value as Node);
    else out[key] = value;
  }
  if (out['properties'] && out['additionalProperties'] === undefined) out['additionalProperties'] = false;
  return out;
}

function references(node: Json, found: Set<string>): void {
  if (Array.isArray(node)) for (const inner of node) references(inner, found);
  else if (isNode(node)) {
    if (typeof node['$ref'] === 'string') found.add(short(node['$ref']));
    for (const inner of Object.values(node)) references(inner, found);
  }
}

const served = new Map<string, Node>();
const entries: Record<string, string> = {};
for (const [apiVersion, names] of Object.entries(kinds)) {
  const path = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
  const document = JSON.parse(kubectl('get', '--raw', `/openapi/v3/${path}`)) as { components: { schemas: Record<string, Node> } };
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    served.set(name, schema);
    const own = schema['x-kubernetes-group-version-kind'] as { group: string; version: string; kind: string }[] | undefined;
    const kind = own?.length === 1 ? own[0] : undefined;
    if (!kind || !names.includes(kind.kind)) continue;
    if ([kind.group, kind.version].filter(Boolean).join('/') === apiVersion) entries[`${apiVersion}/${kind.kind}`] = name;
  }
}

const $defs: Record<string, Node> = {};
const queue = Object.values(entries);
for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
  if ($defs[name]) continue;
  const schema = closed(served.get(name) as Node);
  const properties = schema['properties'] as Node | undefined;
  if (properties && Object.values(entries).includes(name)) delete properties['status'];
  $defs[name] = schema;
  const found = new Set<string>();
  references(schema, found);
  queue.push(...found);
}
const version = (JSON.parse(kubectl('version', '-o', 'json')) as { serverVersion: { gitVersion: string } }).serverVersion.gitVersion;
const sorted = Object.fromEntries(Object.entries($defs).sort(([a], [b]) => a.localeCompare(b)));
const lines = Object.entries(sorted).map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
const target = new URL('../check/manifests/kubernetes.json', import.meta.url);
writeFileSync(
  target,
  `{\n  "version": "${version}",\n  "kinds": ${JSON.stringify(entries)},\n  "$defs": {\n${lines.join(',\n')}\n  }\n}\n`,
);
console.log(`${Object.keys(entries).length} kinds of ${version}, ${lines.length} schemas`);
