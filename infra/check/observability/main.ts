// Every metric that an alert or the dashboard names is exposed by the services, with the labels that it is grouped by.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDataFolder, readSettings, startPortal } from '@sidekick/portal';
import { until } from '@sidekick/testing';
import { exposedIn, expressions, notExposed } from './named.ts';

/** What all parts of a portal tell after a page was made, found its way to search, and was read. */
async function metrics(): Promise<string> {
  const path = mkdtempSync(join(tmpdir(), 'sidekick-metrics-'));
  const webRoot = join(path, 'web');
  mkdirSync(webRoot);
  const settings = readSettings(['--port', '0', '--data', join(path, 'data'), '--empty', '--log-level', 'error'], {});
  const portal = await startPortal({ settings, folder: openDataFolder(settings.dataFolder), webRoot, version: '0' });
  try {
    const headers = { authorization: `Bearer ${await portal.gateway.issueLocalToken()}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ path: 'a', title: 'A', body: 'A' });
    await fetch(`${portal.url}/api/v1/pages`, { method: 'POST', headers, body });
    const read = async () => (await fetch(`${portal.url}/metrics`, { headers })).text();
    return await until('an event handled', async () => {
      const text = await read();
      return /sidekick_events_handled_total\{queue="search.index",outcome="done"/.test(text) ? text : null;
    });
  } finally {
    await portal.close();
    rmSync(path, { recursive: true });
  }
}

/** Prometheus' own tests of the rules; where its tool is not here that is said. */
function ruleTests(): string[] {
  const file = fileURLToPath(new URL('../../observability/alerts.test.yaml', import.meta.url));
  const { error, status, stdout, stderr } = spawnSync(process.env['PROMTOOL'] ?? 'promtool', ['test', 'rules', file], { encoding: 'utf8' });
  if (error) console.log('promtool is not here: the tests of the rules themselves did not run');
  return error || status === 0 ? [] : [`promtool test rules: ${stdout}${stderr}`];
}

const wrong = [...ruleTests(), ...notExposed(expressions(), exposedIn(await metrics()))];
for (const line of wrong) console.error(line);
console.log(`${expressions().length} expressions of alerts and dashboard`);
process.exit(wrong.length > 0 ? 1 : 0);
