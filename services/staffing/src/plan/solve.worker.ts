import { writeFileSync } from 'node:fs';
import { solveLevels } from './levels.ts';
import type { Asked, Told } from './told.ts';

const tell = (told: Told): void => void process.send?.(told);

// Where memory runs out, the kernel ends this process rather than the one that asked (Linux: see proc(5)).
try {
  writeFileSync('/proc/self/oom_score_adj', '500');
} catch {
  // Another system, or one that hides this: its own choice stands.
}
// Whoever asked ends this process; where that one is gone it ends by itself as soon as it yields.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('message', async ({ problem, seconds }: Asked) => {
  try {
    tell({ solved: await solveLevels(problem, performance.now() + seconds * 1000, (known) => tell({ known })) });
  } catch (error) {
    tell({ failed: (error as Error).message });
  }
});
tell({ ready: true });
