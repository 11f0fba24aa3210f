import { containersOf, type Manifest, podOf } from '../render.ts';
import { breaches, containerBreaches, get, list, of, podLabels, type Rule, replicas, running, selects, setting } from './look.ts';

/** Rollouts: how a release takes the place of the one before, and a pod leaves. */
export const rollout: Record<string, Rule> = {
  'the migration Job is named after the release': (objects) => {
    const jobs = of(objects, 'Job').filter((job) => job.metadata.name.startsWith('migrate'));
    if (jobs.length !== 1 && running(objects).length > 0) return ['no migration Job, or several'];
    return breaches(jobs, 'is not named migrate-<tag of its image, dots as dashes, or the first twelve signs of its digest>', (job) => {
      const image = String(containersOf(job)[0]?.['image']);
      const digest = /@sha256:(\w+)$/.exec(image)?.[1]?.slice(0, 12);
      const tag = /:([^:/]+)$/.exec(image)?.[1] ?? '';
      return job.metadata.name !== `migrate-${digest ?? tag.replaceAll(/[^a-z0-9]+/g, '-')}`;
    });
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
};
