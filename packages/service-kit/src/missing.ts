/** What a part lacks, by name: `store`, `bus`, `cache`, `index` … */
export interface Missing {
  /** Without these it cannot answer reads from its own store: it is not ready. */
  vital: string[];
  /** It goes on without these for now: it is degraded. */
  other: string[];
}

type Look = () => Promise<unknown> | { ok: boolean } | boolean;

/** Asks each; one that rejects, or answers `false` or `{ ok: false }`, is missing. */
export async function missingOf(looks: { vital: Record<string, Look>; other?: Record<string, Look> }): Promise<Missing> {
  const [vital, other] = await Promise.all([looks.vital, looks.other ?? {}].map(lacking));
  return { vital: vital ?? [], other: other ?? [] };
}

async function lacking(looks: Record<string, Look>): Promise<string[]> {
  const found = await Promise.all(Object.entries(looks).map(async ([name, look]) => ((await isThere(look)) ? [] : [name])));
  return found.flat();
}

async function isThere(look: Look): Promise<boolean> {
  try {
    const found = await look();
    return found !== false && !(typeof found === 'object' && found !== null && 'ok' in found && found.ok === false);
  } catch {
    return false;
  }
}
