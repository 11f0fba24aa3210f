import { nameKey } from '@sidekick/contracts';

/** Keys of the names met so far: figures ask for the same few skills and regions again and again. */
const keys = new Map<string, string>();
const mostKeys = 10_000;

/** `nameKey`, remembered. */
export function keyOf(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= mostKeys) keys.clear();
  const key = nameKey(name);
  keys.set(name, key);
  return key;
}
