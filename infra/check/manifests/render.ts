// The part of kustomize that k8s/ uses, so that `npm run check` needs Node alone. A key it does not know is an error. Where
// kubectl is installed, render.unit.test.ts's sibling in infra/cluster compares this with the real one, object by object.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

type Json = null | boolean | number | string | Json[] | Dict;
export type Dict = { [key: string]: Json };
export interface Manifest extends Dict {
  apiVersion: string;
  kind: string;
  metadata: Dict & { name: string; namespace?: string };
}
interface Item {
  object: Manifest;
  /** The name before a patch or a hash changed it: what references use. */
  name: string;
  hashed: boolean;
}
type Pod = Dict & { metadata?: Dict; spec: Dict };
interface Target {
  kind?: string;
  name?: string;
}
interface Kustomization {
  resources?: string[];
  components?: string[];
  namespace?: string;
  images?: { name: string; newName?: string; newTag?: string; digest?: string }[];
  replicas?: { name: string; count: number }[];
  configMapGenerator?: { name: string; namespace?: string; behavior?: 'create' | 'merge'; literals: string[] }[];
  patches?: { path?: string; patch?: string; target?: Target; options?: { allowNameChange?: boolean } }[];
}
const known = new Set([
  'apiVersion',
  'kind',
  'resources',
  'components',
  'namespace',
  'images',
  'replicas',
  'configMapGenerator',
  'patches',
]);
const clusterWide = new Set(['Namespace']);
/** Lists that are merged by a key of their items, as the API's patch-merge-key says. */
const mergeKeys = new Map(
  Object.entries({
    containers: 'name',
    initContainers: 'name',
    env: 'name',
    volumes: 'name',
    volumeMounts: 'mountPath',
    ports: 'containerPort',
  }),
);

/** The objects of the folder's kustomization, in no order that means anything. Throws an Error that names file and key. */
export function render(folder: string): Manifest[] {
  const items = accumulate(resolve(folder), []);
  for (const item of items.filter((each) => each.hashed)) {
    const old = item.object.metadata.name;
    item.object.metadata.name = `${old}-${hashOf(item.object)}`;
    for (const other of items) {
      if (sameNamespace(other.object, item.object)) renameConfigMap(other.object, old, item.object.metadata.name);
    }
  }
  return items.map((item) => item.object);
}

function accumulate(folder: string, inherited: Item[]): Item[] {
  const file = join(folder, 'kustomization.yaml');
  const spec = parse(readFileSync(file, 'utf8')) as Kustomization;
  for (const key of Object.keys(spec)) if (!known.has(key)) throw new Error(`${file}: ${key} is not known here`);
  let items = [...inherited];
  for (const resource of spec.resources ?? []) items.push(...load(join(folder, resource)));
  for (const component of spec.components ?? []) items = accumulate(join(folder, component), items);
  generate(spec, items, file);
  for (const patch of spec.patches ?? []) applyPatch(patch, items, folder);
  const { namespace } = spec;
  for (const { object } of namespace ? items : []) setNamespace(object, namespace as string);
  for (const { object } of items)
    for (const container of containersOf(object)) container['image'] = imageOf(String(container['image']), spec);
  for (const { name, count } of spec.replicas ?? []) {
    for (const { object } of items)
      if (object.metadata.name === name && isDict(object['spec']) && 'replicas' in object['spec']) object['spec']['replicas'] = count;
  }
  return items;
}

function load(path: string): Item[] {
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  if (statSync(path).isDirectory()) return accumulate(path, []);
  return parseAllDocuments(readFileSync(path, 'utf8')).flatMap((document) => {
    if (document.errors[0]) throw new Error(`${path}: ${document.errors[0].message}`);
    const object = document.toJS() as Manifest | null;
    return object ? [{ object, name: object.metadata.name, hashed: false }] : [];
  });
}

function generate(spec: Kustomization, items: Item[], file: string): void {
  for (const { name, namespace, behavior = 'create', literals } of spec.configMapGenerator ?? []) {
    const data = Object.fromEntries(literals.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    const found = items.find((item) => item.hashed && item.name === name && (!namespace || item.object.metadata.namespace === namespace));
    if (behavior === 'merge') {
      if (!found) throw new Error(`${file}: no ConfigMap ${name} to merge into`);
      Object.assign(found.object['data'] as Dict, data);
    } else {
      if (found) throw new Error(`${file}: there is a ConfigMap ${name} already`);
      const metadata = namespace ? { name, namespace } : { name };
      items.push({ object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }, name, hashed: true });
    }
  }
}

function applyPatch({ path, patch, target, options }: NonNullable<Kustomization['patches']>[number], items: Item[], folder: string): void {
  const change = parse(path ? readFileSync(join(folder, path), 'utf8') : (patch ?? '')) as Manifest | Dict[];
  const wanted: Target = target ?? (Array.isArray(change) ? {} : { kind: change.kind, name: change.metadata.name });
  const hits = items.filter(
    ({ object }) => (!wanted.kind || object.kind === wanted.kind) && (!wanted.name || object.metadata.name === wanted.name),
  );
  if (hits.length === 0) throw new Error(`${folder}: a patch finds no ${wanted.kind} ${wanted.name ?? ''}`);
  for (const { object } of hits) {
    if (Array.isArray(change)) {
      for (const operation of change) operate(object, operation, folder);
      continue;
    }
    const { name } = object.metadata;
    merge(object, change, '');
    if (!options?.allowNameChange) object.metadata.name = name;
  }
}

/** JSON patch, as far as `add` and `replace` of something that has a parent. */
function operate(object: Manifest, operation: Dict, folder: string): void {
  const steps = String(operation['path'])
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop() as string;
  let place: Json | undefined = object;
  for (const step of steps) place = Array.isArray(place) ? place[Number(step)] : isDict(place) ? place[step] : undefined;
  const value = structuredClone(operation['value'] as Json);
  if (Array.isArray(place) && operation['op'] === 'add') place.splice(last === '-' ? place.length : Number(last), 0, value);
  else if (isDict(place) && (operation['op'] === 'add' || (operation['op'] === 'replace' && last in place))) place[last] = value;
  else throw new Error(`${folder}: cannot ${operation['op']} ${operation['path']} of ${object.kind} ${object.metadata.name}`);
}

/** Strategic merge: dictionaries by key, some lists by a key of their items, null removes, everything else replaces. */
function merge(into: Dict, from: Dict, parent: string): void {
  for (const [key, value] of Object.entries(from)) {
    const there = into[key];
    const by = mergeKeys.get(key);
    if (value === null) delete into[key];
    else if (isDict(value) && isDict(there)) merge(there, value, key);
    else if (Array.isArray(value) && Array.isArray(there) && by && parent !== 'ingress') into[key] = mergeList(there, value as Dict[], by);
    else into[key] = structuredClone(value);
  }
}
function mergeList(there: Json[], added: Dict[], by: string): Json[] {
  const fresh: Json[] = [];
  for (const item of added) {
    const same = there.find((each) => isDict(each) && each[by] === item[by]);
    if (isDict(same)) merge(same, item, '');
    else fresh.push(structuredClone(item));
  }
  return [...fresh, ...there];
}

function setNamespace(object: Manifest, namespace: string): void {
  if (object.kind === 'Namespace') object.metadata.name = namespace;
  else if (!clusterWide.has(object.kind)) object.metadata.namespace = namespace;
}

function imageOf(image: string, { images = [] }: Kustomization): string {
  const [, name = image, tag = ''] = /^(.*?)(:[^:/]+)?$/.exec(image) ?? [];
  const rule = images.find((each) => each.name === name);
  if (!rule) return image;
  const release = rule.digest ? `@${rule.digest}` : rule.newTag ? `:${rule.newTag}` : tag;
  return `${rule.newName ?? name}${release}`;
}

/** The pod template of a workload, or a Pod's own spec; undefined for anything else. */
export function podOf(object: Manifest): Pod | undefined {
  if (object.kind === 'Pod') return object as unknown as Pod;
  let spec = object['spec'];
  if (object.kind === 'CronJob' && isDict(spec) && isDict(spec['jobTemplate'])) spec = spec['jobTemplate']['spec'];
  else if (!['Deployment', 'StatefulSet', 'Job'].includes(object.kind)) return undefined;
  return isDict(spec) ? (spec['template'] as Pod) : undefined;
}
/** Every container of a workload, the initial ones too. */
export function containersOf(object: Manifest): Dict[] {
  const spec = podOf(object)?.spec;
  return [...((spec?.['initContainers'] as Dict[] | undefined) ?? []), ...((spec?.['containers'] as Dict[] | undefined) ?? [])];
}

function renameConfigMap(object: Manifest, from: string, to: string): void {
  const volumes = (podOf(object)?.spec['volumes'] as Dict[] | undefined) ?? [];
  const sources = containersOf(object).flatMap((container) => (container['envFrom'] as Dict[] | undefined) ?? []);
  const references = [...sources.map((source) => source['configMapRef']), ...volumes.map((volume) => volume['configMap'])];
  for (const reference of references) if (isDict(reference) && reference['name'] === from) reference['name'] = to;
}

/** kustomize's own: ten characters of SHA-256 over the map's JSON, whose name is always empty, in another alphabet (its `hasher.go`). */
function hashOf(configMap: Manifest): string {
  const data = Object.fromEntries(Object.entries(configMap['data'] as Dict).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify({ data, kind: 'ConfigMap', name: '' });
  const escaped = text.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const swap = new Map([
    ['0', 'g'],
    ['1', 'h'],
    ['3', 'k'],
    ['a', 'm'],
    ['e', 't'],
  ]);
  return [...createHash('sha256').update(escaped).digest('hex').slice(0, 10)].map((digit) => swap.get(digit) ?? digit).join('');
}

const sameNamespace = (a: Manifest, b: Manifest) => a.metadata.namespace === b.metadata.namespace;
export const isDict = (value: unknown): value is Dict => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The folder beside this repo's root, whatever the working directory. */
export const rootFolder = resolve(dirname(new URL(import.meta.url).pathname), '../../..');
