import { statusTimeout, withTimeout } from './timeout.ts';

/** What a part lacks, by name: `store`, `bus`, `cache`, `index` … */
export interface Missing {
  /** Without these it cannot answer reads from its own store: it is not ready. */
  vital: string[];
  /** It goes on without these for now: it is degraded. */
  other: string[];
}

type HealthCheck = () => Promise<unknown> | { ok: boolean } | boolean;

/** How to see by name whether what a part needs is there: one that rejects, answers `false` or `{ ok: false }`, or does not answer in 1.2 s, is missing. */
export interface HealthChecks {
  vital: Record<string, HealthCheck>;
  other?: Record<string, HealthCheck>;
}

/** Asks each once. */
export async function missingOf(checks: HealthChecks): Promise<Missing> {
  const [vital, other] = await Promise.all([checks.vital, checks.other ?? {}].map(lacking));
  return { vital: vital ?? [], other: other ?? [] };
}

/** Asks each once: whether it is there, by name. */
export async function healthOf({ vital, other = {} }: HealthChecks): Promise<Map<string, boolean>> {
  const checks = [...Object.entries(vital), ...Object.entries(other)];
  return new Map(await Promise.all(checks.map(async ([name, check]) => [name, await isThere(check)] as const)));
}

const lacking = async (checks: Record<string, HealthCheck>): Promise<string[]> =>
  [...(await healthOf({ vital: checks }))].flatMap(([name, there]) => (there ? [] : [name]));

async function isThere(check: HealthCheck): Promise<boolean> {
  try {
    const given = check();
    const found = given instanceof Promise ? await withTimeout(statusTimeout, given) : given;
    return found !== false && !(typeof found === 'object' && found !== null && 'ok' in found && found.ok === false);
  } catch {
    return false;
  }
}
