/** Letters that a query may have, and characters of an address that they may become. */
const mostLetters = 2_000;
const mostInAddress = 6_000;

/** The beginning of a text that fits into a query, to the end of a word, and how many words follow it. */
export function sendable(text: string): { q: string; left: number } {
  if (fits(text)) return { q: text, left: 0 };
  let [low, high] = [0, Math.min(text.length, mostLetters)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  const q = whole(text.slice(0, low)).replace(/\s\S{0,100}$/u, '');
  return { q, left: Math.max(1, text.slice(q.length).split(/\s+/).filter(Boolean).length) };
}

const fits = (text: string): boolean => text.length <= mostLetters && encodeURIComponent(whole(text)).length <= mostInAddress;

/** Without halves of letters, which no address can hold. */
const whole = (text: string): string => text.replaceAll(/\p{Cs}/gu, '');
