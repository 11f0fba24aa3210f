/** Callbacks of this process; one that throws does not keep the others from hearing. */
export function listeners(): { tell(): void; on(listener: () => void): () => void } {
  const all = new Set<{ listener: () => void }>();
  return {
    tell() {
      for (const { listener } of all) queueMicrotask(listener);
    },
    on(listener) {
      const entry = { listener };
      all.add(entry);
      return () => void all.delete(entry);
    },
  };
}
