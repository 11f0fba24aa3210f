// npm run check: everything under k8s/ renders, is what this Kubernetes accepts, and keeps our rules.
import { join } from 'node:path';
import { render, rootFolder } from './render.ts';
import { rules } from './rules/index.ts';
import { kubernetesVersion, label, schemaFaults } from './schema.ts';

const overlays = ['staging', 'production', 'staging/restore', 'production/restore'].map((name) => `k8s/overlays/${name}`);
/** The trial adds stand-in stores and a NodePort on purpose; the API server judges it by the same schemas. */
const trials = ['infra/cluster/trial', 'infra/cluster/next', 'infra/cluster/restore'];

function faults(folder: string): string[] {
  try {
    const objects = render(join(rootFolder, folder));
    const names = objects.map(label);
    const twice = names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`);
    const judged = trials.includes(folder)
      ? []
      : Object.entries(rules).flatMap(([rule, check]) => check(objects).map((line) => `${rule}: ${line}`));
    return [...twice, ...objects.flatMap(schemaFaults), ...judged];
  } catch (error) {
    return [(error as Error).message];
  }
}

const folders = [...overlays, ...trials];
const wrong = folders.flatMap((folder) => faults(folder).map((line) => `${folder}: ${line}`));
for (const line of wrong) console.error(line);
console.log(`${folders.length} overlays against Kubernetes ${kubernetesVersion}, ${Object.keys(rules).length} rules`);
process.exit(wrong.length > 0 ? 1 : 0);
