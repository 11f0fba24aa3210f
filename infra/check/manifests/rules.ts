// The rules of DESIGN §13, one function each: what is rendered comes in, a line for each breach comes out.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { containersOf, type Dict, isDict, type Manifest, podOf } from './render.ts';
import { label } from './schema.ts';

export type Rule = (objects: readonly Manifest[]) => string[];

const shippedAlerts = parse(readFileSync(new URL('../../observability/alerts.yaml', import.meta.url), 'utf8')) as { groups: unknown };
const services = ['gateway', 'content', 'search', 'staffing'];
const get = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((at, key) => (Array.isArray(at) || isDict(at) ? (at as Dict)[key] : undefined), value);
const list = (value: unknown): Dict[] => (Array.isArray(value) ? (value as Dict[]) : []);
const of = (objects: readonly Manifest[], ...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
const workloads = (objects: readonly Manifest[]) => objects.filter((object) => podOf(object));
const running = (objects: readonly Manifest[]) => of(objects, 'Deployment', 'StatefulSet');
const replicas = (object: Manifest) => Number(get(object, 'spec', 'replicas') ?? 1);
const podLabels = (object: Manifest) => (get(podOf(object), 'metadata', 'labels') ?? {}) as Dict;
const selects = (selector: unknown, labels: Dict) =>
  Object.entries((selector ?? {}) as Dict).every(([key, value]) => labels[key] === value);
const breaches = (objects: readonly Manifest[], words: string, broken: (object: Manifest) => boolean) =>
  objects.filter(broken).map((object) => `${label(object)}: ${words}`);
const containerBreaches = (objects: readonly Manifest[], words: string, broken: (container: Dict, object: Manifest) => boolean) =>
  workloads(objects).flatMap((object) =>
    containersOf(object)
      .filter((container) => broken(container, object))
      .map((container) => `${label(object)}, ${container['name']}: ${words}`),
  );

const units = new Map(Object.entries({ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, k: 1e3, M: 1e6, G: 1e9 }));
/** Bytes of a quantity of memory; NaN for none. */
const bytes = (quantity: unknown): number => {
  const [, digits, unit = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(String(quantity)) ?? [];
  return Number(digits) * (unit ? (units.get(unit) ?? Number.NaN) : 1);
};
const setting = (objects: readonly Manifest[], name: string): number =>
  Math.max(0, ...of(objects, 'ConfigMap').map((map) => Number(get(map, 'data', name) ?? 0)));

export const rules: Record<string, Rule> = {
  'an image has a fixed tag': (objects) =>
    containerBreaches(
      objects,
      'the image has no tag, or latest',
      ({ image }) => !/:[^:/]+$|@sha256:/.test(String(image)) || String(image).endsWith(':latest'),
    ),

  'the migration Job is named after the release': (objects) => {
    const jobs = of(objects, 'Job').filter((job) => job.metadata.name.startsWith('migrate'));
    if (jobs.length !== 1 && running(objects).length > 0) return ['no migration Job, or several'];
    return breaches(jobs, 'is not named migrate-<tag of its image, dots as dashes>', (job) => {
      const tag = /:([^:/]+)$/.exec(String(containersOf(job)[0]?.['image']))?.[1] ?? '';
      return job.metadata.name !== `migrate-${tag.replaceAll(/[^a-z0-9]+/g, '-')}`;
    });
  },

  'every pod runs the same release': (objects) => {
    const images = new Set(workloads(objects).flatMap((object) => containersOf(object).map(({ image }) => String(image))));
    return images.size > 1 ? [`several images: ${[...images].join(', ')}`] : [];
  },

  'a Deployment takes no pod away before the next is ready': (objects) =>
    breaches(
      of(objects, 'Deployment'),
      'maxUnavailable is not 0',
      (object) => get(object, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') !== 0,
    ),

  'search is a StatefulSet on volumes that has time to rebuild': (objects) => {
    const search = of(objects, 'StatefulSet').find(({ metadata }) => metadata.name === 'search');
    if (!search) return running(objects).length > 0 ? ['search is no StatefulSet'] : [];
    const [container] = containersOf(search);
    const seconds =
      Number(get(container, 'startupProbe', 'periodSeconds') ?? 10) * Number(get(container, 'startupProbe', 'failureThreshold') ?? 0);
    return [
      ...(list(get(search, 'spec', 'volumeClaimTemplates')).length > 0 ? [] : ['search has no volume of its own']),
      ...(get(search, 'spec', 'podManagementPolicy') === 'Parallel' ? [] : ['search: podManagementPolicy is not Parallel']),
      ...(get(podOf(search), 'spec', 'securityContext', 'fsGroupChangePolicy') === 'OnRootMismatch'
        ? []
        : ['search: fsGroupChangePolicy is not OnRootMismatch']),
      ...(seconds >= 600 ? [] : ['search: startupProbe gives less than 10 minutes to rebuild']),
    ];
  },

  'no preStop': (objects) =>
    containerBreaches(objects, 'has a preStop; the process drains by itself', ({ lifecycle }) => get(lifecycle, 'preStop') !== undefined),

  'grace is longer than drain and the end of streams': (objects) => {
    const needed = setting(objects, 'DRAIN_SECONDS') + setting(objects, 'GRACE_SECONDS');
    return breaches(
      running(objects),
      `terminationGracePeriodSeconds is not above ${needed}`,
      (object) => Number(get(podOf(object), 'spec', 'terminationGracePeriodSeconds') ?? 30) <= needed,
    );
  },

  'a disruption budget where there are two replicas, and only there': (objects) => {
    const budgets = of(objects, 'PodDisruptionBudget');
    const has = (object: Manifest) => budgets.some((budget) => selects(get(budget, 'spec', 'selector', 'matchLabels'), podLabels(object)));
    return breaches(running(objects), 'replicas and PodDisruptionBudget do not fit', (object) => has(object) !== replicas(object) >= 2);
  },

  'a budget lets a pod go that is not ready': (objects) =>
    breaches(
      of(objects, 'PodDisruptionBudget'),
      'unhealthyPodEvictionPolicy is not AlwaysAllow: a broken pod keeps its node from being drained',
      ({ spec }) => get(spec, 'unhealthyPodEvictionPolicy') !== 'AlwaysAllow',
    ),

  'requests and a memory limit, no CPU limit': (objects) =>
    containerBreaches(
      objects,
      'needs requests for cpu, memory and ephemeral-storage, a memory limit, and no CPU limit',
      ({ resources }) => {
        const [requests, limits] = [get(resources, 'requests'), get(resources, 'limits')];
        const asks = ['cpu', 'memory', 'ephemeral-storage'].every((name) => get(requests, name));
        return !asks || !get(limits, 'memory') || get(limits, 'cpu') !== undefined;
      },
    ),

  'a store that hangs is noticed within a minute, and not before half of one': (objects) =>
    containerBreaches(
      running(objects),
      'readinessProbe: timeout or period times failureThreshold is not 30 to 60 s',
      ({ readinessProbe }) => {
        const [period, timeout, times] = ['periodSeconds', 'timeoutSeconds', 'failureThreshold'].map((name) =>
          Number(get(readinessProbe, name)),
        );
        const longest = Math.max(period ?? 10, timeout ?? 1) * (times ?? 3);
        return !(longest >= 30 && longest <= 60);
      },
    ),

  'the heap ends below the memory limit': (objects) =>
    containerBreaches(objects, '--max-old-space-size is missing, or above 70 % of the memory limit', (container) => {
      const options = String(list(container['env']).find(({ name }) => name === 'NODE_OPTIONS')?.['value'] ?? '');
      const heap = Number(/--max-old-space-size=(\d+)/.exec(options)?.[1] ?? Number.NaN) * 2 ** 20;
      return !(heap <= 0.7 * bytes(get(container, 'resources', 'limits', 'memory')));
    }),

  'replicas spread over nodes and zones': (objects) =>
    breaches(running(objects), 'replicas are not spread over nodes and zones', (object) => {
      const spread = list(get(podOf(object), 'spec', 'topologySpreadConstraints'));
      const over = (key: string) =>
        spread.some((each) => each['topologyKey'] === key && selects(get(each, 'labelSelector', 'matchLabels'), podLabels(object)));
      return replicas(object) >= 2 && !['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].every(over);
    }),

  'pods have no rights': (objects) => [
    ...breaches(
      workloads(objects),
      'needs runAsNonRoot, a numeric user, seccomp RuntimeDefault, and no service account token',
      (object) => {
        const spec = podOf(object)?.spec;
        const context = get(spec, 'securityContext');
        const named = get(context, 'runAsNonRoot') === true && Number(get(context, 'runAsUser')) > 0;
        return !named || get(context, 'seccompProfile', 'type') !== 'RuntimeDefault' || get(spec, 'automountServiceAccountToken') !== false;
      },
    ),
    ...containerBreaches(objects, 'needs a read-only root, no escalation, and every capability dropped', ({ securityContext: context }) => {
      const closed = get(context, 'readOnlyRootFilesystem') === true && get(context, 'allowPrivilegeEscalation') === false;
      return (
        !closed ||
        !(get(context, 'capabilities', 'drop') as string[] | undefined)?.includes('ALL') ||
        get(context, 'capabilities', 'add') !== undefined
      );
    }),
  ],

  'alive and ready are asked for': (objects) =>
    containerBreaches(
      objects.filter((object) => running([object]).length > 0),
      'livenessProbe is not /livez, or readinessProbe not /readyz',
      (container) =>
        get(container, 'livenessProbe', 'httpGet', 'path') !== '/livez' ||
        get(container, 'readinessProbe', 'httpGet', 'path') !== '/readyz' ||
        !container['startupProbe'],
    ),

  'nothing talks to anything by default': (objects) => {
    const policies = of(objects, 'NetworkPolicy');
    const spaces = new Set(
      workloads(objects)
        .filter((object) => running([object]).length > 0)
        .map(({ metadata }) => metadata.namespace),
    );
    const denied = (space: string | undefined) =>
      policies.some(({ metadata, spec }) => {
        const types = get(spec, 'policyTypes') as string[] | undefined;
        const all =
          Object.keys((get(spec, 'podSelector') ?? { no: 1 }) as Dict).length === 0 && !get(spec, 'ingress') && !get(spec, 'egress');
        return metadata.namespace === space && all && types?.includes('Ingress') && types.includes('Egress');
      });
    return [...spaces].filter((space) => !denied(space)).map((space) => `namespace ${space}: no NetworkPolicy that denies by default`);
  },

  'no policy is open to everybody': (objects) =>
    breaches(of(objects, 'NetworkPolicy'), 'allows every peer, or every port', ({ spec }) => {
      const open = (rule: Dict, side: string) =>
        list(rule[side]).length === 0 ||
        list(rule['ports']).length === 0 ||
        list(rule[side]).some((peer) => get(peer, 'ipBlock', 'cidr') === '0.0.0.0/0');
      return list(get(spec, 'ingress')).some((rule) => open(rule, 'from')) || list(get(spec, 'egress')).some((rule) => open(rule, 'to'));
    }),

  'no secret is in git': (objects) => [
    ...breaches(of(objects, 'Secret'), 'a Secret is not for git', () => true),
    ...breaches(of(objects, 'ConfigMap'), 'holds what belongs into a Secret', (map) =>
      Object.entries((map['data'] ?? {}) as Dict).some(
        ([key, value]) => /PRIVATE|PASSWORD|TOKEN|^(MONGO|AMQP|REDIS)_URL$/.test(key) || /:\/\/[^/@\s]+@/.test(String(value)),
      ),
    ),
    ...containerBreaches(objects, 'an environment value holds what belongs into a Secret', (container) =>
      list(container['env']).some(
        ({ name, value }) =>
          value !== undefined && (/PRIVATE|PASSWORD|TOKEN|_URL$/.test(String(name)) || /:\/\/[^/@\s]+@/.test(String(value))),
      ),
    ),
  ],

  'settings roll the pods, addresses come from Secrets': (objects) => {
    const maps = new Set(of(objects, 'ConfigMap').map(({ metadata }) => metadata.name));
    return containerBreaches(objects, 'settings come from no generated ConfigMap, or no Secret', ({ envFrom }) => {
      const names = list(envFrom).flatMap((source) => (get(source, 'configMapRef', 'name') as string | undefined) ?? []);
      const generated = names.length > 0 && names.every((name) => maps.has(name) && /-[2456789bcdfghkmt]{10}$/.test(name));
      return !generated || !list(envFrom).some((source) => source['secretRef']);
    });
  },

  'the namespace is restricted': (objects) => {
    const spaces = of(objects, 'Namespace');
    const missing = running(objects).length > 0 && spaces.length === 0 ? ['no Namespace'] : [];
    return [
      ...missing,
      ...breaches(
        spaces,
        'Pod Security is not enforced as restricted',
        ({ metadata }) => get(metadata, 'labels', 'pod-security.kubernetes.io/enforce') !== 'restricted',
      ),
    ];
  },

  'a backup is made every day on a volume': (objects) => {
    const jobs = of(objects, 'CronJob');
    if (jobs.length === 0) return running(objects).length > 0 ? ['no CronJob makes a backup'] : [];
    return breaches(jobs, 'does not run daily, or side by side, or not on a volume', (job) => {
      const volumes = list(get(podOf(job), 'spec', 'volumes'));
      const daily = /^\d+ \d+ \* \* \*$/.test(String(get(job, 'spec', 'schedule')));
      return !daily || get(job, 'spec', 'concurrencyPolicy') !== 'Forbid' || !volumes.some((volume) => volume['persistentVolumeClaim']);
    });
  },

  'only the ingress leads in, and only to the gateway': (objects) => [
    ...breaches(
      of(objects, 'Service'),
      'is reachable from outside of the cluster',
      ({ spec }) => !['ClusterIP', undefined].includes(get(spec, 'type') as string | undefined),
    ),
    ...breaches(of(objects, 'Ingress'), 'leads to something else than the gateway', (ingress) =>
      list(get(ingress, 'spec', 'rules')).some((rule) =>
        list(get(rule, 'http', 'paths')).some((path) => get(path, 'backend', 'service', 'name') !== 'gateway'),
      ),
    ),
    ...breaches(of(objects, 'HTTPRoute'), 'leads to something else than the gateway, or ends streams by a time-out', (route) =>
      list(get(route, 'spec', 'rules')).some(
        (rule) => list(rule['backendRefs']).some(({ name }) => name !== 'gateway') || get(rule, 'timeouts', 'request') !== '0s',
      ),
    ),
    ...breaches(
      workloads(objects),
      'uses the network of its node',
      (object) =>
        get(podOf(object), 'spec', 'hostNetwork') === true ||
        containersOf(object).some(({ ports }) => list(ports).some((port) => port['hostPort'])),
    ),
  ],

  'live updates pass the ingress unbuffered, over TLS': (objects) =>
    breaches(of(objects, 'Ingress'), 'buffers answers, ends streams early, or has no TLS', (ingress) => {
      const annotation = (name: string) => get(ingress, 'metadata', 'annotations', `nginx.ingress.kubernetes.io/${name}`);
      return (
        annotation('proxy-buffering') !== 'off' ||
        !(Number(annotation('proxy-read-timeout')) >= 600) ||
        list(get(ingress, 'spec', 'tls')).length === 0
      );
    }),

  'monitoring finds every part by a job named sidekick-…, and has the shipped alerts': (objects) => [
    ...breaches(of(objects, 'ServiceMonitor'), 'makes no job of the name that the alerts look for', ({ spec }) =>
      list(get(spec, 'endpoints')).some(
        (endpoint) =>
          !list(endpoint['relabelings']).some(({ targetLabel, replacement }) => targetLabel === 'job' && replacement === 'sidekick-$1'),
      ),
    ),
    ...breaches(
      of(objects, 'PrometheusRule'),
      'is not what infra/observability/alerts.yaml says: copy its groups',
      ({ spec }) => JSON.stringify(get(spec, 'groups')) !== JSON.stringify(shippedAlerts.groups),
    ),
  ],

  'a Service finds its pods, and every service is there': (objects) => {
    const pods = running(objects);
    const names = new Set(pods.map(({ metadata }) => metadata.name));
    const missing = pods.length > 0 ? services.filter((name) => !names.has(name)).map((name) => `${name} is missing`) : [];
    return [
      ...missing,
      ...breaches(
        of(objects, 'Service'),
        'selects no pod',
        ({ spec }) => !pods.some((pod) => selects(get(spec, 'selector'), podLabels(pod))),
      ),
    ];
  },

  'the app alone: no operator objects, no database of our own': (objects) =>
    containerBreaches(objects, 'is not this app', ({ image }) => !/(^|\/)sidekick:/.test(`${String(image).replace(/@.*/, '')}:`)),
};
