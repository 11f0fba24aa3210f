/** Runs `work` once a key at a time: who asks meanwhile gets the same promise. */
export function singleFlight<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key, work) => {
    const known = underWay.get(key);
    if (known) return known;
    const made = Promise.resolve()
      .then(work)
      .finally(() => underWay.delete(key));
    underWay.set(key, made);
    return made;
  };
}
