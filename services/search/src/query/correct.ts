/** Edits allowed in a word of this length: 1 from 5 letters, 2 from 9. */
export const editsFor = (word: string): number => (word.length >= 9 ? 2 : word.length >= 5 ? 1 : 0);

/**
 * Optimal string alignment distance (insert, delete, replace, swap of neighbours), or `limit + 1` as soon as it is known
 * to be above `limit`. Source: Boytsov, "Indexing methods for approximate dictionary searching", 2011, §2.
 */
export function distanceWithin(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;

/** The known word that `word` most likely meant: fewest edits, then most sections, then alphabet. Null when none is near. */
export function correct(word: string, known: Iterable<readonly [string, number]>): string | null {
  const limit = editsFor(word);
  if (limit === 0 || /\p{N}/u.test(word)) return null;
  const letters = lettersOf(word);
  let best: { word: string; edits: number; count: number } | null = null;
  for (const [candidate, count] of known) {
    if (Math.abs(candidate.length - word.length) > limit || bits(lettersOf(candidate) ^ letters) > 2 * limit) continue;
    const edits = distanceWithin(word, candidate, best ? best.edits : limit);
    if (edits > limit || edits === 0) continue;
    if (!best || edits < best.edits || (edits === best.edits && (count > best.count || (count === best.count && candidate < best.word)))) {
      best = { word: candidate, edits, count };
    }
  }
  return best?.word ?? null;
}

/**
 * The known word whose beginning `typed` most likely meant: fewest edits, then most sections, then alphabet. Both begin with the same
 * letter, or with the same two the other way round. Null when none is near.
 */
export function correctBeginning(typed: string, known: Iterable<readonly [string, number]>): string | null {
  const limit = editsFor(typed);
  if (limit === 0 || /\p{N}/u.test(typed)) return null;
  let best: { word: string; edits: number; count: number } | null = null;
  for (const [candidate, count] of known) {
    if (candidate.length < typed.length || !(candidate[0] === typed[0] || (candidate[0] === typed[1] && candidate[1] === typed[0])))
      continue;
    const edits = beginningWithin(typed, candidate, best ? best.edits : limit);
    if (edits > limit) continue;
    if (!best || edits < best.edits || (edits === best.edits && (count > best.count || (count === best.count && candidate < best.word))))
      best = { word: candidate, edits, count };
  }
  return best?.word ?? null;
}

/** The least distance of a text to any beginning of a word. */
function beginningWithin(typed: string, word: string, limit: number): number {
  let least = limit + 1;
  for (let length = typed.length - limit; length <= Math.min(word.length, typed.length + limit); length += 1)
    if (least > 0) least = Math.min(least, distanceWithin(typed, word.slice(0, length), Math.min(limit, least)));
  return least;
}

/** A bit for each letter that occurs. An edit changes two of them at most, which tells most words apart without a distance. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
