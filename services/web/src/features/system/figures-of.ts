import type { PartDetails, PartStatus, PartView, SystemView } from '@sidekick/contracts';
import { writing } from '../../ui/writing.ts';

/** When an alarm goes off, as in `alerts.yaml`. In seconds, the dead letters in their number, the room on a disk as a share of it. */
export const alarms = { unsent: 60, behind: 300, dead: 1, backup: 26 * 3600, disk: 0.1 } as const;

export const statusesOf = (part: PartView | undefined): PartStatus[] =>
  (part?.replicas ?? []).flatMap(({ status }) => (status ? [status] : []));

const most = (values: readonly number[]): number | null => (values.length > 0 ? Math.max(...values) : null);

export interface Unsent {
  part: string;
  seconds: number;
}

/** The oldest unsent event of each part that says so. */
export const unsentOf = ({ parts }: SystemView): Unsent[] =>
  parts.flatMap((part) => {
    const seconds = most(statusesOf(part).flatMap(({ oldestUnsent }) => oldestUnsent ?? []));
    return seconds === null ? [] : [{ part: part.name, seconds }];
  });

export interface Figures {
  /** Seconds; null: no part says. */
  unsent: number | null;
  behind: number | null;
  /** Null: the bus does not say. */
  dead: number | null;
  /** Events that wait in queues. */
  waiting: number;
  /** Seconds since the last good backup began; null: none is known. */
  backup: number | null;
  /** Each disk once, as the part that sees the least room on it says. */
  disks: Disk[];
  webhooks: NonNullable<PartDetails['webhooks']>;
}

export type Disk = NonNullable<PartDetails['disks']>[number];

/** Parts of one process share a disk, replicas have one each under the same name. */
function disksOf(system: SystemView): Disk[] {
  const found = new Map<string, Disk>();
  for (const disk of system.parts.flatMap(statusesOf).flatMap(({ disks }) => disks ?? [])) {
    const known = found.get(disk.name);
    if (!known || disk.free < known.free) found.set(disk.name, disk);
  }
  return [...found.values()];
}

export const isLow = ({ free, size }: Disk): boolean => free < size * alarms.disk;

export function figuresOf(system: SystemView): Figures {
  const statuses = system.parts.flatMap(statusesOf);
  const counts = system.dead.map(({ count }) => count);
  return {
    unsent: most(unsentOf(system).map(({ seconds }) => seconds)),
    behind: most(statuses.flatMap(({ index }) => index?.behind ?? [])),
    dead: counts.includes(null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    waiting: queuesOf(system).reduce((sum, { waiting }) => sum + waiting, 0),
    backup: system.backup ? (Date.parse(system.at) - Date.parse(system.backup.at)) / 1000 : null,
    disks: disksOf(system),
    webhooks: statuses.find(({ webhooks }) => webhooks)?.webhooks ?? { on: 0, failing: 0, stopped: 0 },
  };
}

/** What an alarm would be about, in words; empty when nothing has to be looked at. */
export function troublesOf({ unsent, behind, dead, backup, disks, webhooks }: Figures): string[] {
  return [
    ...(unsent !== null && unsent > alarms.unsent ? [`The oldest unsent event waits for ${span(unsent)}.`] : []),
    ...(behind !== null && behind > alarms.behind ? [`Search is ${span(behind)} behind.`] : []),
    ...(dead !== null && dead >= alarms.dead
      ? [dead === 1 ? 'One event could not be handled.' : `${dead} events could not be handled.`]
      : []),
    ...disks.filter(isLow).map((disk) => `The disk of the ${disk.name} has ${size(disk.free)} left: make room before it is full.`),
    ...(webhooks.stopped > 0
      ? [webhooks.stopped === 1 ? 'One webhook sends nothing any more.' : `${webhooks.stopped} webhooks send nothing any more.`]
      : []),
    ...(backup !== null && backup > alarms.backup ? [`The last good backup is ${span(backup)} old.`] : []),
  ];
}

/** `0.3 s`, `40 s`, `14 min`, `7 h`, `3 days`. */
export function span(seconds: number): string {
  if (seconds < 10) return `${Math.round(Math.max(0, seconds) * 10) / 10} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** `212 MB`, `1.4 GB`. */
export const size = (bytes: number): string =>
  bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
    : bytes < 1e9
      ? `${Math.round(bytes / 1e6)} MB`
      : `${(bytes / 1e9).toFixed(1).replace('.', writing().decimalSign)} GB`;

/** Whether all parts are one process: then they share start, release and memory. */
export const isOneProcess = ({ parts }: SystemView): boolean =>
  parts.length > 1 && parts.slice(1).every(({ replicas }) => replicas.every(({ address }) => address === 'this process'));

export type Queue = NonNullable<PartDetails['queues']>[number];

/** Each queue once: replicas that share one all tell of it, and the one that sees most is believed. */
export function queuesOf(system: SystemView): Queue[] {
  const found = new Map<string, Queue>();
  for (const queue of system.parts.flatMap(statusesOf).flatMap(({ queues }) => queues ?? [])) {
    const known = found.get(queue.name);
    if (!known || queue.waiting > known.waiting) found.set(queue.name, queue);
  }
  return [...found.values()];
}
