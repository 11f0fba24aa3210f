import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { containersOf, type Manifest, podOf, render, rootFolder } from './render.ts';
import { rules } from './rules/index.ts';
import { schemaFaults } from './schema.ts';

const component = (path: string): Manifest => parse(readFileSync(join(rootFolder, 'k8s/components', path), 'utf8'));
/** With the components that a cluster has to have the kinds for. */
const production = [
  ...render(join(rootFolder, 'k8s/overlays/production')),
  ...['http-route/route.yaml', 'monitoring/monitor.yaml', 'monitoring/alerts.yaml'].map(component),
];
const find = (objects: Manifest[], kind: string, name = ''): any => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name.startsWith(name));
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
};
const container = (objects: Manifest[], kind: string, name = ''): any => containersOf(find(objects, kind, name))[0];

/** One way to break each rule, as somebody in a hurry would. */
const breaks: Record<string, ((objects: Manifest[]) => void)[]> = {
  'an image has a fixed tag': [
    (all) => Object.assign(container(all, 'Deployment', 'content'), { image: 'registry.example.org/sidekick' }),
    (all) => Object.assign(container(all, 'Deployment', 'content'), { image: 'sidekick:latest' }),
  ],
  'the migration Job is named after the release': [
    (all) => Object.assign(find(all, 'Job').metadata, { name: 'migrate-0-0-9' }),
    (all) => void all.splice(all.indexOf(find(all, 'Job')), 1),
    (all) => Object.assign(container(all, 'Job'), { image: `registry.example.org/sidekick@sha256:${'0'.repeat(64)}` }),
  ],
  'images are pulled by the default account of the namespace': [
    (all) => Object.assign(find(all, 'Deployment', 'content').spec.template.spec, { serviceAccountName: 'content' }),
    (all) => Object.assign(podOf(find(all, 'CronJob'))?.spec ?? {}, { imagePullSecrets: [{ name: 'registry' }] }),
  ],
  'every pod runs the same release': [
    (all) => Object.assign(container(all, 'StatefulSet'), { image: 'registry.example.org/sidekick:0.0.9' }),
  ],
  'a Deployment takes no pod away before the next is ready': [
    (all) => Object.assign(find(all, 'Deployment', 'gateway').spec.strategy.rollingUpdate, { maxUnavailable: 1 }),
  ],
  'search is a StatefulSet on volumes that has time to rebuild': [
    (all) => void delete find(all, 'StatefulSet').spec.volumeClaimTemplates,
    (all) => void delete find(all, 'StatefulSet').spec.podManagementPolicy,
    (all) => void delete find(all, 'StatefulSet').spec.template.spec.securityContext.fsGroupChangePolicy,
    (all) => Object.assign(container(all, 'StatefulSet').startupProbe, { failureThreshold: 30 }),
  ],
  'no preStop': [(all) => Object.assign(container(all, 'Deployment'), { lifecycle: { preStop: { sleep: { seconds: 5 } } } })],
  'grace is longer than drain and the end of streams': [
    (all) => Object.assign(find(all, 'Deployment').spec.template.spec, { terminationGracePeriodSeconds: 20 }),
    (all) => Object.assign(find(all, 'ConfigMap', 'common').data, { GRACE_SECONDS: '60' }),
  ],
  'a disruption budget where there are two replicas, and only there': [
    (all) => void all.splice(all.indexOf(find(all, 'PodDisruptionBudget', 'search')), 1),
    (all) => Object.assign(find(all, 'Deployment', 'staffing').spec, { replicas: 1 }),
  ],
  'requests and a memory limit, no CPU limit': [
    (all) => void delete container(all, 'Deployment').resources.requests.memory,
    (all) => void delete container(all, 'CronJob').resources.limits,
    (all) => void delete container(all, 'Deployment', 'staffing').resources.requests['ephemeral-storage'],
    (all) => Object.assign(container(all, 'Deployment').resources.limits, { cpu: '1' }),
  ],
  'the heap ends below the memory limit': [
    (all) => void delete container(all, 'Job').env,
    (all) => Object.assign(container(all, 'Deployment', 'gateway').resources.limits, { memory: '320Mi' }),
  ],
  'the heaps of all processes of a container fit into its memory limit': [
    (all) => Object.assign(container(all, 'Deployment', 'content').resources.limits, { memory: '1Gi' }),
    (all) => Object.assign(container(all, 'StatefulSet', 'search').resources.limits, { memory: '1536Mi' }),
    (all) => Object.assign(container(all, 'Deployment', 'content').env[0], { value: '--max-old-space-size=1024' }),
  ],
  'replicas spread over nodes and zones': [
    (all) => void delete find(all, 'Deployment', 'content').spec.template.spec.topologySpreadConstraints,
    (all) => void find(all, 'StatefulSet').spec.template.spec.topologySpreadConstraints.pop(),
  ],
  'a budget lets a pod go that is not ready': [
    (all) => void delete find(all, 'PodDisruptionBudget', 'content').spec.unhealthyPodEvictionPolicy,
  ],
  'a store that hangs is noticed within a minute, and not before half of one': [
    (all) => Object.assign(container(all, 'Deployment', 'content').readinessProbe, { timeoutSeconds: 5 }),
    (all) => Object.assign(container(all, 'StatefulSet').readinessProbe, { failureThreshold: 3 }),
  ],
  'pods have no rights': [
    (all) => void delete find(all, 'Deployment').spec.template.spec.securityContext.runAsNonRoot,
    (all) => void delete find(all, 'Deployment').spec.template.spec.securityContext.seccompProfile,
    (all) => void delete find(all, 'Deployment').spec.template.spec.automountServiceAccountToken,
    (all) => Object.assign(container(all, 'CronJob').securityContext, { readOnlyRootFilesystem: false }),
    (all) => Object.assign(container(all, 'Job').securityContext, { capabilities: { drop: ['NET_RAW'] } }),
  ],
  'alive and ready are asked for': [
    (all) => void delete container(all, 'Deployment').readinessProbe,
    (all) => Object.assign(container(all, 'StatefulSet').livenessProbe, { httpGet: { path: '/readyz', port: 'http' } }),
  ],
  'nothing talks to anything by default': [
    (all) => void all.splice(all.indexOf(find(all, 'NetworkPolicy', 'default-deny')), 1),
    (all) => Object.assign(find(all, 'NetworkPolicy', 'default-deny').spec, { policyTypes: ['Ingress'] }),
  ],
  'names are asked of the cluster, and of the cache on the node': [
    (all) => void find(all, 'NetworkPolicy', 'dns').spec.egress[0].to.pop(),
    (all) => void find(all, 'NetworkPolicy', 'dns').spec.egress[0].to.shift(),
    (all) =>
      Object.assign(find(all, 'NetworkPolicy', 'dns').spec.podSelector.matchLabels, {
        'app.kubernetes.io/name': 'gateway',
        'app.kubernetes.io/part-of': 'x',
      }),
  ],
  'no policy is open to everybody': [
    (all) => Object.assign(find(all, 'NetworkPolicy', 'search').spec, { egress: [{}] }),
    (all) => Object.assign(find(all, 'NetworkPolicy', 'to-managed').spec.egress[0].to[0].ipBlock, { cidr: '0.0.0.0/0' }),
  ],
  'no secret is in git': [
    (all) => void all.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sidekick-content' } }),
    (all) => Object.assign(find(all, 'ConfigMap', 'content').data, { MONGO_URL: 'mongodb://mongo' }),
    (all) => container(all, 'Deployment').env.push({ name: 'COLLECTOR', value: 'https://me:secret@collector' }),
  ],
  'settings roll the pods, addresses come from Secrets': [
    (all) => Object.assign(container(all, 'Deployment').envFrom[0].configMapRef, { name: 'common' }),
    (all) => void container(all, 'Deployment').envFrom.pop(),
  ],
  'the namespace is restricted': [
    (all) => Object.assign(find(all, 'Namespace').metadata.labels, { 'pod-security.kubernetes.io/enforce': 'baseline' }),
    (all) => void all.splice(all.indexOf(find(all, 'Namespace')), 1),
  ],
  'a backup is made every day on a volume': [
    (all) => void all.splice(all.indexOf(find(all, 'CronJob')), 1),
    (all) => Object.assign(find(all, 'CronJob').spec, { concurrencyPolicy: 'Allow' }),
    (all) => Object.assign(podOf(find(all, 'CronJob'))?.spec ?? {}, { volumes: [{ name: 'backups', emptyDir: {} }] }),
    (all) => Object.assign(find(all, 'CronJob').spec, { schedule: '0 1 * * 0' }),
  ],
  'only the ingress leads in, and only to the gateway': [
    (all) => Object.assign(find(all, 'Service', 'gateway').spec, { type: 'LoadBalancer' }),
    (all) => Object.assign(find(all, 'Ingress').spec.rules[0].http.paths[0].backend.service, { name: 'staffing' }),
    (all) => Object.assign(find(all, 'Deployment').spec.template.spec, { hostNetwork: true }),
    (all) => Object.assign(find(all, 'HTTPRoute').spec.rules[0].backendRefs[0], { name: 'content' }),
    (all) => void delete find(all, 'HTTPRoute').spec.rules[0].timeouts,
  ],
  'live updates pass the ingress unbuffered, over TLS': [
    (all) => void delete find(all, 'Ingress').metadata.annotations['nginx.ingress.kubernetes.io/proxy-buffering'],
    (all) => void delete find(all, 'Ingress').spec.tls,
  ],
  'monitoring finds every part by a job named sidekick-…, and has the shipped alerts': [
    (all) => void find(all, 'ServiceMonitor').spec.endpoints[0].relabelings.pop(),
    (all) => void find(all, 'ServiceMonitor').spec.endpoints[0].relabelings.shift(),
    (all) => void find(all, 'PrometheusRule').spec.groups[0].rules.pop(),
  ],
  'a Service finds its pods, and every service is there': [
    (all) => Object.assign(find(all, 'Service', 'search').spec, { selector: { app: 'search' } }),
    (all) => void all.splice(all.indexOf(find(all, 'Deployment', 'staffing')), 1),
  ],
  'the app alone: no operator objects, no database of our own': [(all) => Object.assign(container(all, 'Job'), { image: 'redis:8' })],
};

describe('the rules of a deployment', () => {
  test('hold for production as it is', () => {
    expect(Object.values(rules).flatMap((rule) => rule(production))).toEqual([]);
    expect(production.flatMap(schemaFaults)).toEqual([]);
  });

  test.each(Object.entries(rules))('%s: breaking it is seen', (name, rule) => {
    expect(breaks[name]?.length).toBeGreaterThan(0);
    for (const breakIt of breaks[name] ?? []) {
      const objects = structuredClone(production);
      breakIt(objects);
      expect([String(breakIt), rule(objects).length > 0]).toEqual([String(breakIt), true]);
    }
  });
});

describe('the schemas', () => {
  const broken = (kind: string, name: string, change: (object: any) => void): string => {
    const object = structuredClone(find(production, kind, name));
    change(object);
    return schemaFaults(object).join('\n');
  };

  test('refuse an unknown key at any depth, and say which', () => {
    expect(broken('Deployment', 'content', ({ spec }) => Object.assign(spec.template.spec.containers[0], { readynessProbe: {} }))).toMatch(
      'readynessProbe',
    );
    expect(broken('NetworkPolicy', 'search', ({ spec }) => Object.assign(spec, { egres: [] }))).toMatch('egres');
    expect(broken('Service', 'search', (service) => Object.assign(service, { specs: {} }))).toMatch('specs');
  });

  test('refuse a wrong type, a missing key, and a kind that we do not use', () => {
    expect(broken('Deployment', 'content', ({ spec }) => Object.assign(spec, { replicas: '2' }))).toMatch('/spec/replicas');
    expect(broken('Deployment', 'content', ({ spec }) => void delete spec.selector)).toMatch('selector');
    expect(broken('Service', 'search', (service) => Object.assign(service, { kind: 'Sevrice' }))).toMatch('no kind that we use');
  });
});

describe('rendering', () => {
  const rendered = (files: Record<string, string>): Manifest[] => {
    const folder = mkdtempSync(join(tmpdir(), 'sidekick-render-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    try {
      return render(join(folder, 'top'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const base = {
    'base/kustomization.yaml': 'resources: [pod.yaml]\nconfigMapGenerator: [{ name: common, literals: [A=1] }]',
    'base/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers: [{ name: c, image: sidekick, envFrom: [{ configMapRef: { name: common } }] }]',
  };

  test('gives a ConfigMap the name that kustomize gives it, and tells those who use it', () => {
    const literals = '[HOST=0.0.0.0, PORT=8080, LOG_LEVEL=info, TIME_ZONE=UTC, DRAIN_SECONDS=5, GRACE_SECONDS=20]';
    const [pod, map] = rendered({
      ...base,
      'top/kustomization.yaml': `namespace: n\nresources: [../base]\nimages: [{ name: sidekick, newTag: '2' }]\nconfigMapGenerator: [{ name: common, behavior: merge, literals: ${literals} }]`,
      'base/kustomization.yaml': 'resources: [pod.yaml]\nconfigMapGenerator: [{ name: common, literals: [PORT=1] }]',
    });
    expect(map?.metadata).toEqual({ name: 'common-ttc8fkg7t9', namespace: 'n' });
    expect(containersOf(pod as Manifest)[0]).toMatchObject({
      image: 'sidekick:2',
      envFrom: [{ configMapRef: { name: 'common-ttc8fkg7t9' } }],
    });
  });

  test('patches containers by name, and by JSON patch', () => {
    const patch = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { hostNetwork: null, containers: [{ name: c, tty: true }] }';
    const [pod] = rendered({
      ...base,
      'top/kustomization.yaml':
        'resources: [../base]\npatches: [{ path: p.yaml }, { target: { kind: Pod }, patch: "[{ op: add, path: /spec/containers/0/stdin, value: true }]" }]',
      'top/p.yaml': patch,
    });
    expect(containersOf(pod as Manifest)).toMatchObject([{ name: 'c', image: 'sidekick', tty: true, stdin: true }]);
  });

  test('refuses what it does not know, and a patch that finds nothing', () => {
    expect(() => rendered({ ...base, 'top/kustomization.yaml': 'resources: [../base]\nnamePrefix: x' })).toThrow('namePrefix');
    expect(() =>
      rendered({ ...base, 'top/kustomization.yaml': 'resources: [../base]\npatches: [{ target: { kind: Job, name: no }, patch: "[]" }]' }),
    ).toThrow('finds no Job no');
  });
});
