import { createHash } from 'node:crypto';

/** As Git's default for renames (`-M50%`): half of the larger text is in the other. */
const enough = 0.5;
/** Texts on either side beyond which none are compared: as Git's `diff.renameLimit`. */
export const mostCompared = 1_000;
/** A line that so many texts hold says nothing of where one comes from. */
const commonLine = 20;

interface Measured {
  size: number;
  lines: Map<string, number>;
}

/** Lines by their hash with the bytes that they take; blank ones are none. */
function measured(text: string): Measured {
  const lines = new Map<string, number>();
  let size = 0;
  for (const line of text.split('\n')) {
    const plain = line.trim();
    if (plain === '') continue;
    const key = plain.length <= 24 ? plain : createHash('sha1').update(plain).digest('base64');
    lines.set(key, (lines.get(key) ?? 0) + plain.length);
    size += plain.length;
  }
  return { size, lines };
}

/** Texts by a name of theirs. */
export type Texts<K> = Iterable<[K, string]>;

/** Pairs of texts that are one text moved and changed, the most alike first; none is in two pairs. `prefers` decides among equals. */
export function alike<A, B>(gone: Texts<A>, fresh: Texts<B>, prefers: (a: A, b: B) => boolean): [A, B][] {
  const byLine = new Map<string, A[]>();
  const sizes = new Map<A, Measured>();
  for (const [name, text] of gone) {
    const one = measured(text);
    sizes.set(name, one);
    for (const line of one.lines.keys()) {
      const known = byLine.get(line);
      if (known) known.push(name);
      else byLine.set(line, [name]);
    }
  }
  const scored: { a: A; b: B; score: number; preferred: boolean }[] = [];
  for (const [b, text] of fresh) {
    const one = measured(text);
    const common = new Map<A, number>();
    for (const [line, bytes] of one.lines) {
      const holders = byLine.get(line) ?? [];
      if (holders.length > commonLine) continue;
      for (const a of holders) common.set(a, (common.get(a) ?? 0) + Math.min(bytes, sizes.get(a)?.lines.get(line) ?? 0));
    }
    for (const [a, bytes] of common) {
      const score = bytes / Math.max(one.size, sizes.get(a)?.size ?? 0);
      if (score >= enough) scored.push({ a, b, score, preferred: prefers(a, b) });
    }
  }
  scored.sort((x, y) => y.score - x.score || Number(y.preferred) - Number(x.preferred));
  const [usedA, usedB] = [new Set<A>(), new Set<B>()];
  return scored.flatMap(({ a, b }): [A, B][] => {
    if (usedA.has(a) || usedB.has(b)) return [];
    usedA.add(a);
    usedB.add(b);
    return [[a, b]];
  });
}
