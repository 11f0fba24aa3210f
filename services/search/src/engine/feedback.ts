import { stemmer } from 'stemmer';
import { stopWords } from '../text/forms.ts';
import { isUnspaced, wordsOf } from '../text/words.ts';

/** Words that are taken from the best hits. */
const mostWords = 25;
/** BM25 as FTS5 has it: how fast a word's repetitions count less, and how much the length of a text counts. */
const k1 = 1.2;
const b = 0.75;

interface Hit {
  text: string;
  weight: number;
}

const tells = (word: string): boolean => word.length > 1 && !stopWords.has(word) && !isUnspaced(word) && !/^\p{N}+$/u.test(word);

/**
 * The words that tell these texts from all others, most telling first, one of each stem: by BM25 in each text, weighed by how
 * well it was found. `holdersOf` says how many of all `documents` hold each word; those it does not know count as held by one.
 */
export function tellingWords(hits: readonly Hit[], holdersOf: (words: string[]) => Map<string, number>, documents: number): string[] {
  const texts = hits.map(({ text, weight }) => ({ words: wordsOf(text), weight }));
  const meanLength = texts.reduce((sum, { words }) => sum + words.length, 0) / Math.max(1, texts.length);
  const holders = holdersOf([...new Set(texts.flatMap(({ words }) => words.filter(tells)))]);
  const rarity = (word: string): number => {
    const holding = holders.get(word) ?? 1;
    return Math.log(1 + Math.max(0, documents - holding + 0.5) / (holding + 0.5));
  };
  const found = new Map<string, { word: string; weight: number }>();
  for (const { words, weight } of texts) {
    const saturation = k1 * (1 - b + b * (words.length / meanLength));
    for (const [stem, { word, times }] of countsOf(words)) {
      const one = found.get(stem) ?? { word, weight: 0 };
      one.weight += weight * (times / (times + saturation)) * rarity(word);
      found.set(stem, one);
    }
  }
  return [...found.values()]
    .sort((one, other) => other.weight - one.weight || (one.word < other.word ? -1 : 1))
    .slice(0, mostWords)
    .map(({ word }) => word);
}

/** By stem, with the word that it was first. */
function countsOf(words: readonly string[]): Map<string, { word: string; times: number }> {
  const counts = new Map<string, { word: string; times: number }>();
  for (const word of words.filter(tells)) {
    const stem = stemmer(word);
    const one = counts.get(stem) ?? { word, times: 0 };
    one.times += 1;
    counts.set(stem, one);
  }
  return counts;
}
