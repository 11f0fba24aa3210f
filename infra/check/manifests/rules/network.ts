import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { containersOf, type Dict, podOf } from '../render.ts';
import { breaches, get, list, of, podLabels, type Rule, running, selects, services, workloads } from './look.ts';

const shippedAlerts = parse(readFileSync(new URL('../../../observability/alerts.yaml', import.meta.url), 'utf8')) as { groups: unknown };

/** Where NodeLocal DNSCache listens on each node, unless somebody chose another address. */
export const nodeCache = '169.254.20.10/32';

/** Network: who reaches whom. */
export const network: Record<string, Rule> = {
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

  'names are asked of the cluster, and of the cache on the node': (objects) => {
    const asks = of(objects, 'NetworkPolicy').flatMap(({ metadata, spec }) =>
      list(get(spec, 'egress'))
        .filter(({ ports }) => list(ports).some(({ port }) => port === 53))
        .map((rule) => ({ metadata, spec, rule })),
    );
    const open = asks.filter(({ spec, rule }) => {
      const peers = list(rule['to']);
      const system = peers.some((peer) => get(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name') === 'kube-system');
      const everybody = get(spec, 'podSelector', 'matchLabels', 'app.kubernetes.io/part-of') === 'sidekick';
      return everybody && system && peers.some((peer) => get(peer, 'ipBlock', 'cidr') === nodeCache);
    });
    return running(objects).length > 0 && open.length === 0 ? [`no policy lets every pod ask kube-system and ${nodeCache} on port 53`] : [];
  },

  'no policy is open to everybody': (objects) =>
    breaches(of(objects, 'NetworkPolicy'), 'allows every peer, or every port', ({ spec }) => {
      const open = (rule: Dict, side: string) =>
        list(rule[side]).length === 0 ||
        list(rule['ports']).length === 0 ||
        list(rule[side]).some((peer) => get(peer, 'ipBlock', 'cidr') === '0.0.0.0/0');
      return list(get(spec, 'ingress')).some((rule) => open(rule, 'from')) || list(get(spec, 'egress')).some((rule) => open(rule, 'to'));
    }),

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
    ...breaches(of(objects, 'ServiceMonitor'), 'asks the pods of two Services alike: drop one of the two', ({ spec }) =>
      list(get(spec, 'endpoints')).some((endpoint) => {
        const dropped = list(endpoint['relabelings']).filter(({ action }) => action === 'drop');
        const isDropped = (name: string) => dropped.some(({ regex }) => new RegExp(`^(?:${regex})$`).test(name));
        const isSelected = (labels: unknown) => selects(get(spec, 'selector', 'matchLabels'), (labels ?? {}) as Dict);
        const asked = of(objects, 'Service').filter(({ metadata }) => isSelected(metadata.labels) && !isDropped(metadata.name));
        return new Set(asked.map((service) => JSON.stringify(get(service.spec, 'selector')))).size < asked.length;
      }),
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
};
