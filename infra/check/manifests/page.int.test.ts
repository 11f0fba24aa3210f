import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { containersOf, type Dict, type Manifest, podOf, render, rootFolder } from './render.ts';
import { rules } from './rules/index.ts';
import { get, list, of, running, workloads } from './rules/look.ts';
import { nodeCache } from './rules/network.ts';
import { schemaFaults } from './schema.ts';

const page = readFileSync(join(rootFolder, 'infra/docs/kubernetes.md'), 'utf8');
const upgrade = readFileSync(join(rootFolder, 'infra/docs/upgrade.md'), 'utf8');
const production = render(join(rootFolder, 'k8s/overlays/production'));

/** Production with a few lines more, as a reader of the page writes them. */
function overlay(lines: string): Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-overlay-'));
  try {
    const resources = `resources: [${relative(folder, join(rootFolder, 'k8s/overlays/production'))}]`;
    writeFileSync(join(folder, 'kustomization.yaml'), `${resources}\n${lines}`);
    return render(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const wrong = (objects: readonly Manifest[]): string[] => [
  ...Object.values(rules).flatMap((rule) => rule(objects)),
  ...objects.flatMap(schemaFaults),
];

test('images by digest are taken, with the migration named as the page says', () => {
  const digest = `sha256:${'4f53cda18c2b'.padEnd(64, '0')}`;
  const [, job] = /`(migrate-[0-9a-f]{12})`/.exec(page) ?? [];
  const patch = `patch: "{apiVersion: batch/v1, kind: Job, metadata: {name: ${job}}}"`;
  const patched = overlay(`images: [{ name: registry.example.org/sidekick, digest: "${digest}" }]
patches: [{ target: { kind: Job }, options: { allowNameChange: true }, ${patch} }]`);
  const images = workloads(patched).flatMap((object) => containersOf(object).map(({ image }) => image));
  expect(new Set(images)).toEqual(new Set([`registry.example.org/sidekick@${digest}`]));
  expect(wrong(patched)).toEqual([]);
});

test('a priority class goes in by a patch', () => {
  const patch = '[{ op: add, path: /spec/template/spec/priorityClassName, value: portal }]';
  const patched = overlay(
    `patches: [{ target: { kind: Deployment }, patch: "${patch}" }, { target: { kind: StatefulSet }, patch: "${patch}" }]`,
  );
  expect(running(patched).map((object) => get(podOf(object), 'spec', 'priorityClassName'))).toEqual(Array(4).fill('portal'));
  expect(wrong(patched)).toEqual([]);
});

test('new secrets reach all that stays by the command of the page', () => {
  const [, restarted = ''] = /rollout restart -n sidekick ([^`]+)`/.exec(page) ?? [];
  const short = (object: Manifest) => `${object.kind === 'StatefulSet' ? 'sts' : 'deploy'}/${object.metadata.name}`;
  const readers = running(production).filter((object) =>
    containersOf(object).some(({ envFrom }) => list(envFrom).some((source) => source['secretRef'])),
  );
  expect(restarted.split(/\s+/).sort()).toEqual(readers.map(short).sort());
});

test('what is deleted after a node was lost, and with the namespace, is what is there', () => {
  const [search] = of(production, 'StatefulSet');
  const [claim] = list(get(search, 'spec', 'volumeClaimTemplates'));
  const volume = `${get(claim, 'metadata', 'name')}-${search?.metadata.name}-0`;
  expect(page).toContain(`kubectl delete pvc ${volume} -n sidekick`);
  expect(page).toContain(`kubectl delete pod ${search?.metadata.name}-0 -n sidekick --force`);
  const spaces = of(production, 'PersistentVolumeClaim').map(({ metadata }) => `${metadata.name} in ${metadata.namespace}`);
  expect(spaces).toEqual(['backups in sidekick']);
  expect(of(production, 'Namespace').map(({ metadata }) => metadata.name)).toEqual(['sidekick']);
});

test('the address of the cache of names is the one that the policies let through', () => {
  expect(page).toContain(`at ${nodeCache.replace('/32', '')}, where NodeLocal DNSCache listens`);
});

test('an upgrade part by part names a label that each part has', () => {
  const named = (object: Manifest) => (get(object.metadata, 'labels') as Dict)['app.kubernetes.io/name'];
  const [, parts = ''] = /the same with `-l app\.kubernetes\.io\/name=(.+?) of the one before/s.exec(upgrade) ?? [];
  const said = [...parts.matchAll(/\b(migrate|content|staffing|search|gateway)`/g)].map(([, part]) => part);
  expect(said).toEqual(['migrate', 'content', 'staffing', 'search', 'gateway']);
  expect(said.filter((part) => !workloads(production).some((object) => named(object) === part))).toEqual([]);
});
