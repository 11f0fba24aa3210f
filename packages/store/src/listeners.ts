type Listener = (id?: string) => void;

/** Callbacks of this process; one that throws does not keep the others from hearing. */
export function listeners(): { tell: Listener; on(listener: Listener): () => void } {
  const all = new Set<{ listener: Listener }>();
  return {
    tell(id) {
      for (const { listener } of all) queueMicrotask(() => listener(id));
    },
    on(listener) {
      const entry = { listener };
      all.add(entry);
      return () => void all.delete(entry);
    },
  };
}
