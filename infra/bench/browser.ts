import { type PortalProcess, portalProcess } from '@sidekick/portal/testing';
import { servers } from '@sidekick/testing';
import { chromium } from 'playwright-core';
import { bigGroupCommands } from './big-group.ts';
import { figure, percentile } from './measure.ts';
import { type By, drag, fill, firstOf, firstPaint, flags, scroll, windowOf } from './screen.ts';

const size = { people: 200, projects: 80 };
const weeks = 26;
const loads = 5;
const address = (portal: PortalProcess, by: By) => `${portal.url}/staffing?by=${by}&weeks=${weeks}`;

function tell(what: string, times: readonly number[], hold: string): void {
  const ms = (part: number) => percentile(times, part).toFixed(1);
  const long = times.filter((time) => time > 50).length;
  figure(what, `median ${ms(0.5)} ms, p95 ${ms(0.95)} ms, ${long} of ${times.length} frames over 50 ms`, hold);
}

/** The timeline of 200 people in a Chromium without a graphics card (its software draws), so frames here are the slow case. */
export async function benchBrowser(): Promise<void> {
  const executablePath = await servers.chromiumPath();
  if (!executablePath) throw new Error('no Chromium here: name one in CHROMIUM');
  const portal = await portalProcess();
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const sets = bigGroupCommands(new Date().toISOString().slice(0, 10), size);
    await fill(portal, sets);
    const assignments = sets[2]?.length ?? 0;
    const manager = portal.browser();
    await manager.open('/api/v1/auth/demo', { method: 'POST', body: { persona: 'manager' } });
    const group = `${size.people} people, ${size.projects} projects, ${assignments} assignments, ${weeks} weeks`;
    for (const by of ['project', 'person'] as const) {
      const paints: number[] = [];
      for (let load = 0; load < loads; load += 1) {
        const page = await windowOf(browser, portal, manager.cookie);
        paints.push(await firstPaint(page, address(portal, by), firstOf[by]));
        if (load === loads - 1) {
          if (by === 'project') tell('timeline by project, dragging a bar', await drag(page), '16.7 ms, software drawing');
          tell(`timeline by ${by}, scrolling`, await scroll(page), '16.7 ms, software drawing');
        }
        await page.context().close();
      }
      const all = paints.map((ms) => ms.toFixed(0)).join(', ');
      figure(`timeline by ${by}, first paint`, `median ${percentile(paints, 0.5).toFixed(0)} ms (${all}), ${group}`, '≤ 1.5 s');
    }
  } finally {
    await browser.close();
    await portal.close();
  }
}
