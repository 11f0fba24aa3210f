import type { SystemView } from '@sidekick/contracts';
import { figuresOf, queuesOf, size, span, unsentOf } from './figures-of.ts';

const known = (seconds: number | null): string => (seconds === null ? 'not known' : span(seconds));

/** The state of the portal as plain text, to be sent to whoever helps. Names no person. */
export function stateText(system: SystemView): string {
  const figures = figuresOf(system);
  const parts = system.parts.flatMap(({ name, replicas }) =>
    replicas.map(({ address, state, missing, status }) => {
      const facts = status ? [`release ${status.release}`, `up since ${status.startedAt}`, size(status.memory)] : ['no status'];
      return [`${name} (${address}): ${state}`, ...(missing.length > 0 ? [`misses ${missing.join(', ')}`] : []), ...facts].join(', ');
    }),
  );
  const queues = queuesOf(system);
  return [
    `Sidekick at ${system.at}`,
    ...parts,
    `Oldest unsent event: ${unsentOf(system)
      .map(({ part, seconds }) => `${part} ${span(seconds)}`)
      .join(', ')}`,
    `Search index behind: ${known(figures.behind)}`,
    ...queues.map(({ name, waiting, oldest }) => `Queue ${name}: ${waiting} wait, oldest ${known(oldest)}`),
    ...system.dead.map(({ queue, count }) => `Dead letters of ${queue}: ${count ?? 'not known'}`),
    ...figures.disks.map(({ name, free, size: all }) => `Disk of the ${name}: ${size(free)} free of ${size(all)}`),
    `Webhooks: ${figures.webhooks.on} work, ${figures.webhooks.failing} fail, ${figures.webhooks.stopped} stopped by failing`,
    `Last good backup: ${system.backup ? `${system.backup.at}, ${size(system.backup.bytes)}` : 'none'}`,
    '',
  ].join('\n');
}
