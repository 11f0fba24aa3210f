import { rmSync } from 'node:fs';
import { aFolder, portalProcess } from '@sidekick/portal/testing';
import { figure, percentile, seconds, timed } from './measure.ts';

/** First start with the sample (packages installed), and restart. */
export async function benchStart(): Promise<void> {
  const folder = aFolder();
  const first = performance.now();
  let portal = await portalProcess({ folder });
  figure('first start with the sample, installed', seconds(performance.now() - first), '≤ 90 s with installing');
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await portal.stop();
    times.push(
      await timed(async () => {
        portal = await portalProcess({ folder });
      }),
    );
  }
  figure('restart', `median ${seconds(percentile(times, 0.5))}, worst ${seconds(Math.max(...times))}`, '≤ 3 s');
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
}
