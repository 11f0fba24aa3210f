/** The value below which a part of the samples lies, e.g. 0.95; 0 without samples. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

/** Milliseconds of one run. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** One line a figure: what, measured, what to hold. */
export function figure(what: string, measured: string, hold: string): void {
  console.log(`${what.padEnd(46)} ${measured.padEnd(58)} hold: ${hold}`);
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
