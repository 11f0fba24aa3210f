import type { PortalProcess } from '@sidekick/portal/testing';
import { figure, percentile, seconds, timed } from './measure.ts';
import { emptyPortal, importFiles, indexed, madeUpPages, peakMemory } from './portal.ts';

/** Import, memory, search over many pages, edit to searchable. */
export async function benchHandbook(): Promise<void> {
  await importOf('import 250 pages', 250, '≤ 10 s');
  const portal = await importOf('import 10,000 pages', 10_000, '≤ 4 min, ≤ 1 GiB', true);
  if (!portal) return;
  await searchOf(portal);
  await editOf(portal, 'one process', 'p95 ≤ 200 ms');
  await portal.close();
}

async function importOf(what: string, count: number, hold: string, keep = false): Promise<PortalProcess | null> {
  const portal = await emptyPortal();
  const took = await timed(() => importFiles(portal, 'made-up', madeUpPages(count)));
  const toIndex = await timed(() => indexed(portal, `unique${count - 1}word`));
  const memory = peakMemory(portal.pid);
  figure(what, `${seconds(took)}, all in the index ${seconds(toIndex)} later, peak ${memory?.toFixed(0) ?? '?'} MiB`, hold);
  if (keep) return portal;
  await portal.close();
  return null;
}

async function searchOf(portal: PortalProcess): Promise<void> {
  const asked = [
    'database migration',
    'river basin report',
    'sidekick week cover',
    '"retry timeout"',
    'queue -alert',
    'backup restore owner',
    'migraton',
  ];
  const times: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    for (const q of asked) times.push(await timed(() => portal.command.open(`/api/v1/search?q=${encodeURIComponent(q)}`)));
  }
  const warm = times.slice(asked.length);
  figure(
    'search over 10,000 pages through HTTP',
    `p50 ${percentile(warm, 0.5).toFixed(1)} ms, p95 ${percentile(warm, 0.95).toFixed(1)} ms`,
    'p95 ≤ 15 ms',
  );
}

/** From the answer to a saved edit until a search finds it. */
export async function editOf(portal: Pick<PortalProcess, 'command'>, where: string, hold: string): Promise<void> {
  const times: number[] = [];
  const { body: page } = await portal.command.open('/api/v1/pages/find?path=made-up/area-0/page-0');
  let version = page.version;
  for (let round = 0; round < 40; round += 1) {
    const word = `edited${round}word`;
    const saved = await portal.command.open(`/api/v1/pages/${page.id}`, {
      method: 'PATCH',
      body: { body: `# Edited\n\nNow with ${word}.\n` },
      headers: { 'if-match': `"${version}"` },
    });
    if (saved.status !== 200) throw new Error(`the edit was refused: ${saved.status} ${JSON.stringify(saved.body)}`);
    version = saved.body.version;
    const began = performance.now();
    while ((await portal.command.open(`/api/v1/search?exact=true&q=${word}`)).body.total === 0);
    times.push(performance.now() - began);
  }
  figure(`edit to searchable, ${where}`, `p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms`, hold);
}
