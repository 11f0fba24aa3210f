import { StoreUnavailable } from './errors.ts';

/**
 * What a release says of its database. `version` rises with every release that needs a migration; `oldestReader` is the
 * oldest version that may run beside it, and a migration that raises it is a release of its own.
 */
export interface SchemaVersion {
  version: number;
  oldestReader: number;
}

/**
 * `not-migrated`: the migration of this release has not ended. `too-old`: a newer release has been migrated to that this
 * one must not run beside. `restoring`: a restore is under way or was interrupted.
 */
export type Ready = { ok: true } | { ok: false; reason: 'not-migrated' | 'too-old' | 'restoring' };

export const firstSchema: SchemaVersion = { version: 1, oldestReader: 1 };

/** Throws RangeError for what no database can be migrated to. */
export function checkSchema({ version, oldestReader }: SchemaVersion): void {
  const whole = Number.isSafeInteger(version) && Number.isSafeInteger(oldestReader);
  if (!whole || oldestReader < 1 || oldestReader > version) {
    throw new RangeError(`schema ${version} with oldest reader ${oldestReader}: whole numbers from 1, the reader no newer`);
  }
}

/** Throws RangeError where a release would shut out itself. */
export function checkReader(ours: SchemaVersion, version: number): void {
  if (version > ours.version) throw new RangeError(`schema ${ours.version} cannot require a reader of ${version}`);
}

/** `kept` is what the schema document of the database says; null when there is none. */
export function readiness(ours: SchemaVersion, kept: SchemaVersion | null, restoring: boolean): Ready {
  if (restoring) return { ok: false, reason: 'restoring' };
  if (kept && ours.version < kept.oldestReader) return { ok: false, reason: 'too-old' };
  if (!kept || kept.version < ours.version) return { ok: false, reason: 'not-migrated' };
  return { ok: true };
}

const words = {
  restoring: 'a restore is under way or was interrupted: run it again',
  'too-old': 'this release is too old for what the database has been migrated to',
  'not-migrated': 'the database has not been migrated to this release',
} as const;

export function refuseUnready(ready: Ready): void {
  if (!ready.ok) throw new StoreUnavailable(words[ready.reason]);
}

/**
 * Whether a migration of this release has anything to do: a newer one has done more. Throws StoreUnavailable when this
 * release must not touch the database any more.
 */
export function migrates(ours: SchemaVersion, kept: SchemaVersion | null): boolean {
  if (kept && ours.version < kept.oldestReader) refuseUnready({ ok: false, reason: 'too-old' });
  return !kept || ours.version >= kept.version;
}
