import { heapIn, memoryNeeded } from '../../heaps.ts';
import { containersOf, type Dict, podOf } from '../render.ts';
import { breaches, bytes, containerBreaches, get, list, podLabels, type Rule, replicas, running, selects, workloads } from './look.ts';

/** MiB; NaN where it is not said. */
const heapOf = (container: Dict): number => heapIn(list(container['env']).find(({ name }) => name === 'NODE_OPTIONS')?.['value']);

/** Pods: what they run, may do and may take. */
export const pods: Record<string, Rule> = {
  'an image has a fixed tag': (objects) =>
    containerBreaches(
      objects,
      'the image has no tag, or latest',
      ({ image }) => !/:[^:/]+$|@sha256:/.test(String(image)) || String(image).endsWith(':latest'),
    ),

  'images are pulled by the default account of the namespace': (objects) =>
    breaches(workloads(objects), 'has an account or a registry’s password of its own', (object) => {
      const spec = get(podOf(object), 'spec');
      return get(spec, 'serviceAccountName') !== undefined || get(spec, 'imagePullSecrets') !== undefined;
    }),

  'every pod runs the same release': (objects) => {
    const images = new Set(workloads(objects).flatMap((object) => containersOf(object).map(({ image }) => String(image))));
    return images.size > 1 ? [`several images: ${[...images].join(', ')}`] : [];
  },

  'the app alone: no operator objects, no database of our own': (objects) =>
    containerBreaches(objects, 'is not this app', ({ image }) => !/(^|\/)sidekick:/.test(`${String(image).replace(/@.*/, '')}:`)),

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

  'the heap ends below the memory limit': (objects) =>
    containerBreaches(objects, '--max-old-space-size is missing, or above 70 % of the memory limit', (container) => {
      const heap = heapOf(container) * 2 ** 20;
      return !(heap <= 0.7 * bytes(get(container, 'resources', 'limits', 'memory')));
    }),

  'the heaps of all processes of a container fit into its memory limit': (objects) =>
    containerBreaches(
      running(objects),
      'the memory limit is below the heaps of the service and its workers (infra/check/heaps.ts)',
      (container) => {
        const needed = memoryNeeded(String(container['name']), heapOf(container)) * 2 ** 20;
        return !(needed <= bytes(get(container, 'resources', 'limits', 'memory')));
      },
    ),

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
};
