/** States that are copied in one go. */
const states = 50;
/** A page holds up to two million letters: so many make a full batch too, for what one write may take in memory and time. */
const letters = 4_000_000;

/** Told of one after the other; answers whether no more belong into this batch, and begins the next one then. */
export function batches(): (item: unknown) => boolean {
  let [count, size] = [0, 0];
  return (item) => {
    count += 1;
    size += lettersIn(item);
    const isFull = count >= states || size >= letters;
    if (isFull) [count, size] = [0, 0];
    return isFull;
  };
}

const lettersIn = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  if (value === null || typeof value !== 'object') return 0;
  return Object.values(value).reduce((sum: number, inner) => sum + lettersIn(inner), 0);
};
