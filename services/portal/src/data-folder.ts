import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The one folder that holds everything: back it up and nothing is lost. */
export interface DataFolder {
  readonly path: string;
  /** Whether no portal has ever run with it. */
  readonly fresh: boolean;
  file(name: string): string;
  /** Leaves address and token for commands on this machine; mode 0600. */
  writeLocalAccess(access: { url: string; token: string }): void;
  /** What the portal that ran last has left for them; null before the first. */
  localAccess(): { url: string; token: string } | null;
  /** What a first start still has to fill in, so that a start that was interrupted goes on. */
  pendingSample(): { seed: string } | null;
  beginSample(seed: string): void;
  endSample(): void;
}

/**
 * Creates the folder; the databases in it, and what this process makes from now on, are for its own user alone, also where the
 * folder was there before. Throws an Error of one line when it cannot be written.
 */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    process.umask(0o077);
    for (const name of readdirSync(path)) if (/\.db(-wal|-shm|-journal)?$/.test(name)) chmodSync(join(path, name), 0o600);
  } catch (error) {
    throw new Error(
      `The data folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Choose another with --data FOLDER.`,
    );
  }
  const file = (name: string) => join(path, name);
  const pending = file('sample-pending.json');
  return {
    path,
    file,
    fresh: !existsSync(file('gateway.db')),
    writeLocalAccess(access) {
      rmSync(file('local-access.json'), { force: true });
      writeFileSync(file('local-access.json'), JSON.stringify(access), { mode: 0o600, flag: 'wx' });
    },
    localAccess: () => (existsSync(file('local-access.json')) ? JSON.parse(readFileSync(file('local-access.json'), 'utf8')) : null),
    pendingSample: () => (existsSync(pending) ? JSON.parse(readFileSync(pending, 'utf8')) : null),
    beginSample: (seed) => writeFileSync(pending, JSON.stringify({ seed })),
    endSample: () => rmSync(pending, { force: true }),
  };
}
