import { setTimeout as pause } from 'node:timers/promises';
import { sampleIds } from '@sidekick/portal/sample';
import { type PortalProcess, portalProcess } from '@sidekick/portal/testing';
import { servers } from '@sidekick/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { bigGroupCommands } from './big-group.ts';
import { figure, percentile } from './measure.ts';

const size = { people: 200, projects: 80 };
const weeks = 26;
const loads = 5;
const codes = ['sidekick-leads', 'over-allocated', 'outside-contract', 'outside-project', 'joint-absence', 'freelance-lead'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
/** What of a row shows that figures have come. */
const firstOf = { project: '.bar[data-bar]', person: '.row[data-person] .pc' };
type By = keyof typeof firstOf;

async function fill(portal: PortalProcess): Promise<number> {
  const id = sampleIds('bench sets');
  const sets = bigGroupCommands(new Date().toISOString().slice(0, 10), size);
  for (const [n, commands] of sets.entries()) {
    const body = { id: id(`set ${n}`), commands, accept: codes, reason: 'Measured' };
    const { status, body: answer } = await portal.command.open('/api/v1/changes', { method: 'POST', body });
    if (status !== 201) throw new Error(`a change set was refused: ${status} ${JSON.stringify(answer).slice(0, 500)}`);
  }
  return sets[2]?.length ?? 0;
}

/** A manager's window with nothing in its cache. */
async function windowOf(browser: Browser, portal: PortalProcess, cookie: string): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  // Chromium takes the cookie for an https address only, and sends it to this machine over http too.
  const url = portal.url.replace('http:', 'https:');
  await context.addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: 'Lax' }]);
  return context.newPage();
}

const address = (portal: PortalProcess, by: By) => `${portal.url}/staffing?by=${by}&weeks=${weeks}`;

/** Milliseconds from navigation to the first frame in which a bar shows. */
async function firstPaint(page: Page, url: string, selector: string): Promise<number> {
  const content = `(() => {
    const look = () => {
      const shown = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect().width;
      requestAnimationFrame(shown ? () => { globalThis.shownAt = performance.now(); } : look);
    };
    requestAnimationFrame(look);
  })()`;
  await page.addInitScript({ content });
  await page.goto(url, { waitUntil: 'commit' });
  const shown = await page.waitForFunction('globalThis.shownAt', undefined, { timeout: 60_000 });
  return Number(await shown.jsonValue());
}

/** Frame times in milliseconds while `act` runs. */
async function frames(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(`(() => {
    const times = [];
    globalThis.frameTimes = times;
    const tick = (now) => {
      times.push(now);
      if (globalThis.frameTimes === times) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  })()`);
  await act();
  const times = (await page.evaluate('(() => { const times = frameTimes; globalThis.frameTimes = null; return times; })()')) as number[];
  return times.slice(1).map((time, n) => time - (times[n] ?? time));
}

/** Drags the bar in the middle of the screen to and fro for about four seconds, then puts it back. */
async function drag(page: Page): Promise<number[]> {
  const bars = await page.locator('.bar[data-bar]').all();
  const boxes = await Promise.all(bars.map((bar) => bar.boundingBox()));
  const box = boxes.find((one) => one && one.y > 300 && one.y < 700 && one.x > 300 && one.width > 120 && one.x + 60 < 1100);
  if (!box) throw new Error('no bar to drag');
  const [x, y] = [box.x + 50, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const measured = await frames(page, async () => {
    const began = performance.now();
    for (let step = 0; performance.now() - began < 4_000; step += 1) {
      await page.mouse.move(x + 160 * Math.sin(step / 25), y + 3 * Math.sin(step / 7));
      await pause(8);
    }
  });
  if ((await page.locator('.bar[data-drag]').count()) !== 1) throw new Error('the bar did not follow the pointer');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return measured;
}

async function scroll(page: Page): Promise<number[]> {
  await page.mouse.move(700, 600);
  return frames(page, async () => {
    for (let step = 0; step < 150; step += 1) {
      await page.mouse.wheel(0, step % 100 < 50 ? 60 : -60);
      await pause(16);
    }
  });
}

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
    const assignments = await fill(portal);
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
