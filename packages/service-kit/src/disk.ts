import { statfs } from 'node:fs/promises';
import type { Missing } from './health-checks.ts';
import { statusTimeout, withTimeout } from './timeout.ts';

/** Room on a disk, in bytes. */
export interface Space {
  name: string;
  free: number;
  size: number;
}

/** A disk that a part writes to, or that stands behind a store. */
export interface Disk {
  readonly name: string;
  /** For readiness: false while nothing can be saved, and for a minute after something could not. */
  look(): Promise<boolean>;
  /** Null where only its server could say. */
  space(): Promise<Space | null>;
  /** Whether an error that says that a disk is full is of this one. */
  holds(error: unknown): boolean;
  /** Told of every error that says that a disk is full. */
  failed(error: unknown): void;
}

export interface DiskOptions {
  /** As operators know it: `data folder`, `search index`, `store`. */
  name: string;
  /** On it; none where the disk is that of a server. */
  folder?: string | undefined;
  now?: () => number;
}

/** Less than this is as good as nothing, in bytes; on a small disk a fiftieth of it. */
const asGoodAsFull = 32 * 1_048_576;
const remembered = 60_000;

export function diskOf({ name, folder, now = Date.now }: DiskOptions): Disk {
  let failedAt = Number.NEGATIVE_INFINITY;
  const space = async (): Promise<Space | null> => {
    if (!folder) return null;
    const { bavail, blocks, bsize } = await statfs(folder);
    return { name, free: bavail * bsize, size: blocks * bsize };
  };
  const holds = (error: unknown) => (folder !== undefined) === isOfFiles(error);
  return {
    name,
    space,
    holds,
    failed(error) {
      if (holds(error)) failedAt = now();
    },
    async look() {
      if (now() - failedAt < remembered) return false;
      const room = await space();
      return room === null || room.free >= Math.min(asGoodAsFull, room.size / 50);
    },
  };
}

const full = /^(ENOSPC|EDQUOT|SQLITE_FULL)/;
const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** The store of a server says so in its own way: it has no code of files. */
const isOfFiles = (error: unknown): boolean => full.test(codeOf(error)) || full.test(codeOf((error as Error | null)?.cause));

/** Whether an error says that a disk is full: of files, of SQLite, or of the server of a store. */
export const isDiskFull = (error: unknown): error is Error => error instanceof Error && (error.name === 'StoreFull' || isOfFiles(error));

/** What a part lacks with the disks that are full: it can still read, so it is degraded. */
export async function withDisks(missing: Missing, disks: readonly Disk[]): Promise<Missing> {
  const fits = await Promise.all(disks.map((disk) => withTimeout(statusTimeout, disk.look()).catch(() => true)));
  return fits.every(Boolean) ? missing : { ...missing, other: [...missing.other, 'disk'] };
}

/** The room on those that can say. */
export async function spacesOf(disks: readonly Disk[]): Promise<Space[]> {
  const spaces = await Promise.all(disks.map((disk) => disk.space().catch(() => null)));
  return spaces.filter((space) => space !== null);
}
