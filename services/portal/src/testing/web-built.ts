import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, runScript } from '@sidekick/testing';

/** Builds the web UI where `npm test` has not done so. */
export async function webBuilt(): Promise<void> {
  if (existsSync(join(projectRoot, 'services/web/dist/index.html'))) return;
  const { code, errors } = await runScript('infra/scripts/build-web.mjs', []).ended;
  if (code !== 0) throw new Error(`the web UI could not be built: ${errors}`);
}
