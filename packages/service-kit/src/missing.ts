import { inTime, sayPatience } from './in-time.ts';

/** What a part lacks, by name: `store`, `bus`, `cache`, `index` … */
export interface Missing {
  /** Without these it cannot answer reads from its own store: it is not ready. */
  vital: string[];
  /** It goes on without these for now: it is degraded. */
  other: string[];
}

type Look = () => Promise<unknown> | { ok: boolean } | boolean;

/** How to see by name whether what a part needs is there: one that rejects, answers `false` or `{ ok: false }`, or does not answer in 1.2 s, is missing. */
export interface Looks {
  vital: Record<string, Look>;
  other?: Record<string, Look>;
}

/** Asks each once. */
export async function missingOf(looks: Looks): Promise<Missing> {
  const [vital, other] = await Promise.all([looks.vital, looks.other ?? {}].map(lacking));
  return { vital: vital ?? [], other: other ?? [] };
}

/** Asks each once: whether it is there, by name. */
export async function presenceOf({ vital, other = {} }: Looks): Promise<Map<string, boolean>> {
  const looks = [...Object.entries(vital), ...Object.entries(other)];
  return new Map(await Promise.all(looks.map(async ([name, look]) => [name, await isThere(look)] as const)));
}

const lacking = async (looks: Record<string, Look>): Promise<string[]> =>
  [...(await presenceOf({ vital: looks }))].flatMap(([name, there]) => (there ? [] : [name]));

async function isThere(look: Look): Promise<boolean> {
  try {
    const given = look();
    const found = given instanceof Promise ? await inTime(sayPatience, given) : given;
    return found !== false && !(typeof found === 'object' && found !== null && 'ok' in found && found.ok === false);
  } catch {
    return false;
  }
}
