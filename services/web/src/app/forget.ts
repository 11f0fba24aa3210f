const forgetters = new Set<() => void>();

/** Registers how a module drops what it keeps in memory for whoever is signed in. */
export const onForget = (forget: () => void): void => void forgetters.add(forget);

/** Called when the reader changes: what was kept for the former is gone. */
export function forgetReader(): void {
  for (const forget of forgetters) forget();
}
