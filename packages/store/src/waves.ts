import type { CollectionDef, Write } from './collection.ts';

/** Writes that run beside each other in one wave. */
const width = 16;

/**
 * Splits a batch so that the writes of a wave do not touch the same unique claim: what a batch comes to is then what its
 * writes one after another come to, as on the side that has one connection. Those already answered are left out.
 */
export function wavesOf<T extends { _id: string }>(
  def: CollectionDef<T, string>,
  writes: readonly Write<T>[],
  answered: readonly unknown[],
): { index: number; write: Write<T> }[][] {
  const waves: { index: number; write: Write<T> }[][] = [];
  let touched = new Set<string>();
  for (const [index, write] of writes.entries()) {
    if (answered[index]) continue;
    const claims = claimsOf(def, write);
    const last = waves.at(-1);
    if (last && last.length < width && !claims.some((claim) => touched.has(claim))) {
      last.push({ index, write });
    } else {
      waves.push([{ index, write }]);
      touched = new Set();
    }
    for (const claim of claims) touched.add(claim);
  }
  return waves;
}

function claimsOf<T extends { _id: string }>(def: CollectionDef<T, string>, write: Write<T>): string[] {
  const before = write.do === 'insert' ? [] : (def.unique?.(write.old.doc) ?? []);
  const after = write.do === 'remove' ? [] : (def.unique?.(write.doc) ?? []);
  return [...before, ...after];
}
