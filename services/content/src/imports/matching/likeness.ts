import { createHash } from 'node:crypto';

/** As Git's default for renames (`-M50%`): half of the larger text is in the other. */
const enough = 0.5;
/** Texts on either side beyond which none are compared: as Git's `diff.renameLimit`. */
export const mostCompared = 1_000;
/** A line that so many texts hold says nothing of where one comes from. */
const commonLine = 20;

/** Characters of a text, and lines of the texts of one side, beyond which none are compared: thousands of ordinary pages. */
const longest = 200_000;
const mostLines = 500_000;

interface Measured {
  size: number;
  lines: Map<string, number>;
}

/** Lines by their hash with the characters that they take; blank ones are none. */
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

/** Texts by a name of theirs, read one after the other: all of them are more than memory should hold. */
export type Texts<K> = Iterable<[K, string]> | AsyncIterable<[K, string]>;
type Pause = () => Promise<void>;

async function* eachMeasured<K>(texts: Texts<K>, pause: Pause): AsyncIterable<[K, Measured]> {
  let left = mostLines;
  for await (const [name, text] of texts) {
    await pause();
    if (text.length > longest) continue;
    const one = measured(text);
    left -= one.lines.size;
    if (left < 0) return;
    yield [name, one];
  }
}

/** A text that holds a line, and how many of its characters are in such lines. */
interface Holder<A> {
  of: A;
  size: number;
  inLine: number;
}

/** Pairs of texts that are one text moved and changed, the most alike first; none is in two pairs. `prefers` decides among equals. */
export async function alike<A, B>(
  gone: Texts<A>,
  fresh: Texts<B>,
  { prefers, pause }: { prefers: (a: A, b: B) => boolean; pause: Pause },
): Promise<[A, B][]> {
  const byLine = new Map<string, Holder<A>[]>();
  for await (const [of, { size, lines }] of eachMeasured(gone, pause)) {
    for (const [line, inLine] of lines) {
      const holders = byLine.get(line);
      if (!holders) byLine.set(line, [{ of, size, inLine }]);
      else if (holders.length <= commonLine) holders.push({ of, size, inLine });
    }
  }
  const scored: { a: A; b: B; score: number; preferred: boolean }[] = [];
  for await (const [b, one] of eachMeasured(fresh, pause))
    for (const { a, score } of alikeTo(one, byLine)) scored.push({ a, b, score, preferred: prefers(a, b) });
  scored.sort((x, y) => y.score - x.score || Number(y.preferred) - Number(x.preferred));
  const [usedA, usedB] = [new Set<A>(), new Set<B>()];
  return scored.flatMap(({ a, b }): [A, B][] => {
    if (usedA.has(a) || usedB.has(b)) return [];
    usedA.add(a);
    usedB.add(b);
    return [[a, b]];
  });
}

function alikeTo<A>(one: Measured, byLine: ReadonlyMap<string, readonly Holder<A>[]>): { a: A; score: number }[] {
  const common = new Map<A, { size: number; inBoth: number }>();
  for (const [line, inLine] of one.lines) {
    const holders = byLine.get(line) ?? [];
    if (holders.length > commonLine) continue;
    for (const { of, size, inLine: there } of holders) {
      const found = common.get(of) ?? { size, inBoth: 0 };
      found.inBoth += Math.min(inLine, there);
      common.set(of, found);
    }
  }
  return [...common]
    .map(([a, { size, inBoth }]) => ({ a, score: inBoth / Math.max(one.size, size) }))
    .filter(({ score }) => score >= enough);
}
