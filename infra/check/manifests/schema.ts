// Judges objects by the schemas that a Kubernetes API server serves (kubernetes.json beside this, written by
// infra/cluster/schemas.ts), and those of others by what crds.json knows of them. Every object is closed: an unknown key fails here as it does with strict validation there.
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Manifest } from './render.ts';

interface Served {
  version: string;
  kinds: Record<string, string>;
  $defs: Record<string, object>;
}
const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Served;
const [served, others] = [read('./kubernetes.json'), read('./crds.json')];
const ajv = new Ajv({ strict: false, allErrors: true, schemas: [{ $id: 'kubernetes', $defs: { ...others.$defs, ...served.$defs } }] });
const validators = new Map<string, ValidateFunction>();

function validatorOf(name: string): ValidateFunction {
  const found = validators.get(name) ?? ajv.compile({ $ref: `kubernetes#/$defs/${name}` });
  validators.set(name, found);
  return found;
}

export const kubernetesVersion = served.version;
export const label = ({ kind, metadata }: Manifest): string =>
  `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;

/** One line for each thing the API server would refuse. */
export function schemaFaults(object: Manifest): string[] {
  const name = { ...others.kinds, ...served.kinds }[`${object.apiVersion}/${object.kind}`];
  if (!name) return [`${label(object)}: ${object.apiVersion} ${object.kind} is no kind that we use`];
  const validate = validatorOf(name);
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const key = 'additionalProperty' in params ? ` (${params['additionalProperty']})` : '';
    return `${label(object)}: ${instancePath || '/'} ${message}${key}`;
  });
}
