/** Steps between two names, letters that changed places with their neighbour counting one (Damerau and Levenshtein), or more than `most`. */
export function stepsBetween(first: readonly string[], second: readonly string[], most: number): number {
  if (Math.abs(first.length - second.length) > most) return most + 1;
  let [start, end] = [0, 0];
  const shorter = Math.min(first.length, second.length);
  while (start < shorter && first[start] === second[start]) start += 1;
  while (end < shorter - start && first.at(-1 - end) === second.at(-1 - end)) end += 1;
  const [a, b] = [first.slice(start, first.length - end), second.slice(start, second.length - end)];
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const width = b.length + 2;
  const far = a.length + b.length;
  const table = new Int32Array((a.length + 2) * width).fill(0);
  const lastRowOf = new Map<string, number>();
  table[0] = far;
  for (let i = 0; i <= a.length; i++) {
    table[(i + 1) * width] = far;
    table[(i + 1) * width + 1] = i;
  }
  for (let j = 0; j <= b.length; j++) {
    table[j + 1] = far;
    table[width + j + 1] = j;
  }
  const at = (i: number, j: number): number => table[i * width + j] as number;
  for (let i = 1; i <= a.length; i++) {
    let lastMatch = 0;
    for (let j = 1; j <= b.length; j++) {
      const row = lastRowOf.get(b[j - 1] as string) ?? 0;
      const column = lastMatch;
      const isSame = a[i - 1] === b[j - 1];
      if (isSame) lastMatch = j;
      table[(i + 1) * width + j + 1] = Math.min(
        at(i, j) + (isSame ? 0 : 1),
        at(i + 1, j) + 1,
        at(i, j + 1) + 1,
        at(row, column) + (i - row - 1) + 1 + (j - column - 1),
      );
    }
    lastRowOf.set(a[i - 1] as string, i);
  }
  return at(a.length + 1, b.length + 1);
}

interface Shape {
  name: string;
  letters: string[];
  /** Letters that occur, folded into 32 bits: each step changes two of them at the most. */
  bits: number;
  withoutDigits: string;
}

function shapeOf([key, name]: readonly [string, string]): Shape {
  const letters = [...key];
  let bits = 0;
  for (const letter of letters) bits |= 1 << ((letter.codePointAt(0) as number) & 31);
  return { name, letters, bits, withoutDigits: key.replaceAll(/\d/g, '').replaceAll(/\s+/g, ' ').trim() };
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

const shortest = 4;
const long = 8;
/** Every name is held against every other: of more than these no sheet is that people keep by hand, and none are told. */
const mostNames = 2_000;

/** Pairs of names that may be one by a slip of the hand (S13), by their keys. */
export function nearMisses(names: ReadonlyMap<string, string>): [string, string][] {
  if (names.size > mostNames) return [];
  const shapes = [...names].map(shapeOf).filter(({ letters }) => letters.length >= shortest);
  shapes.sort((a, b) => a.letters.length - b.letters.length);
  const pairs: [string, string][] = [];
  for (const [at, a] of shapes.entries()) {
    const most = a.letters.length >= long ? 2 : 1;
    for (let next = at + 1; next < shapes.length; next++) {
      const b = shapes[next] as Shape;
      if (b.letters.length - a.letters.length > most) break;
      if (countBits(a.bits ^ b.bits) > 2 * most || a.withoutDigits === b.withoutDigits) continue;
      if (stepsBetween(a.letters, b.letters, most) <= most) pairs.push([a.name, b.name]);
    }
  }
  return pairs;
}
