import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PortalProcess } from '@sidekick/portal/testing';
import { runScript } from '@sidekick/testing';
import { figure, seconds, timed } from './measure.ts';
import { emptyPortal, heldByAll, importFiles, madeUpPages } from './portal.ts';

/** Milliseconds between two looks at the memory. */
const look = 200;

/**
 * `npm run import` of so many made-up pages, or of a folder: memory of all processes of the portal and of the command together, and
 * a small import beside it.
 */
export async function benchImport(what = '10000'): Promise<void> {
  const madeUp = /^\d+$/.test(what);
  const portal = await emptyPortal();
  const folder = madeUp ? folderOf(madeUpPages(Number(what))) : what;
  try {
    const command = runScript('infra/scripts/import.ts', [folder, '--source', 'large'], { SIDEKICK_DATA_FOLDER: portal.folder });
    const watch = watchMemory([portal.pid, command.pid]);
    let code: number | null = null;
    const took = timed(async () => {
      ({ code } = await command.ended);
    });
    await writing(portal);
    const beside = await timed(() => importFiles(portal, 'small', { 'page.md': new TextEncoder().encode('# A small one\n') }));
    const all = await took;
    const peak = watch.stop();
    if (code !== 0) throw new Error(`the import ended with ${code}`);
    figure(
      `import of ${await pagesIn(portal)} pages by the command`,
      `${seconds(all)}, peak of portal and command ${peak.toFixed(0)} MiB`,
      '≤ 4 min, ≤ 1 GiB',
    );
    figure('a one-page import asked for meanwhile', seconds(beside), 'seconds, not minutes');
  } finally {
    if (madeUp) rmSync(folder, { recursive: true, force: true });
    await portal.close();
  }
}

function folderOf(files: Record<string, Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-bench-import-'));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

async function pagesIn(portal: PortalProcess): Promise<number> {
  const { body } = await portal.command.open('/api/v1/imports');
  return body.items.find(({ source }: { source: string }) => source === 'large').report.created;
}

/** Waits until the large import writes pages. */
async function writing(portal: PortalProcess): Promise<void> {
  for (;;) {
    const { body } = await portal.command.open('/api/v1/imports');
    const [first] = body.items ?? [];
    if (first && (first.report.created > 0 || first.endedAt !== null)) return;
    await pause(look);
  }
}

/** The most that these processes and all they started held at one moment, in MiB (Linux). */
function watchMemory(pids: readonly number[]): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, heldByAll(pids));
  }, look);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}
