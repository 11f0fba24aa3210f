// How rules look at what is rendered.
import { containersOf, type Dict, isDict, type Manifest, podOf } from '../render.ts';
import { label } from '../schema.ts';

export type Rule = (objects: readonly Manifest[]) => string[];

export const services = ['gateway', 'content', 'search', 'staffing'];
export const get = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((at, key) => (Array.isArray(at) || isDict(at) ? (at as Dict)[key] : undefined), value);
export const list = (value: unknown): Dict[] => (Array.isArray(value) ? (value as Dict[]) : []);
export const of = (objects: readonly Manifest[], ...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
export const workloads = (objects: readonly Manifest[]) => objects.filter((object) => podOf(object));
export const running = (objects: readonly Manifest[]) => of(objects, 'Deployment', 'StatefulSet');
export const replicas = (object: Manifest) => Number(get(object, 'spec', 'replicas') ?? 1);
export const podLabels = (object: Manifest) => (get(podOf(object), 'metadata', 'labels') ?? {}) as Dict;
export const selects = (selector: unknown, labels: Dict) =>
  Object.entries((selector ?? {}) as Dict).every(([key, value]) => labels[key] === value);
export const breaches = (objects: readonly Manifest[], words: string, broken: (object: Manifest) => boolean) =>
  objects.filter(broken).map((object) => `${label(object)}: ${words}`);
export const containerBreaches = (objects: readonly Manifest[], words: string, broken: (container: Dict, object: Manifest) => boolean) =>
  workloads(objects).flatMap((object) =>
    containersOf(object)
      .filter((container) => broken(container, object))
      .map((container) => `${label(object)}, ${container['name']}: ${words}`),
  );

const units = new Map(Object.entries({ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, k: 1e3, M: 1e6, G: 1e9 }));
/** Bytes of a quantity of memory; NaN for none. */
export const bytes = (quantity: unknown): number => {
  const [, digits, unit = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(String(quantity)) ?? [];
  return Number(digits) * (unit ? (units.get(unit) ?? Number.NaN) : 1);
};
export const setting = (objects: readonly Manifest[], name: string): number =>
  Math.max(0, ...of(objects, 'ConfigMap').map((map) => Number(get(map, 'data', name) ?? 0)));
