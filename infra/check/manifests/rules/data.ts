import { type Dict, podOf } from '../render.ts';
import { breaches, containerBreaches, get, list, of, type Rule, running } from './look.ts';

/** Data: secrets, settings, backups and the room of it all. */
export const data: Record<string, Rule> = {
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
};
