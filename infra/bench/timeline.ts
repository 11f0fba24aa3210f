import { setTimeout as pause } from 'node:timers/promises';
import { addWeeks, weekOf } from '@sidekick/calendar/iso';
import { type Caller, type PortalProcess, portalProcess } from '@sidekick/portal/testing';
import { servers } from '@sidekick/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { longGroupCommands } from './long-group.ts';
import { figure, percentile, timed } from './measure.ts';
import { peakMemory } from './portal.ts';
import { drag, fill, firstOf, firstPaint, flags, scroll, windowOf } from './screen.ts';

const groups = [50, 200, 500];
const assignments = 20_000;
const weeks = 26;
const kB = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`;

interface Traced {
  name: string;
  ph: string;
  ts: number;
}

/** Frames that the browser itself says that it drew while `act` ran, a second. */
async function framesASecond(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<string> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: Traced[] };
  const drawn = traceEvents.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1_000);
  const apart = drawn.slice(1).map((at, n) => at - (drawn[n] ?? at));
  const seconds = ((drawn.at(-1) ?? 0) - (drawn[0] ?? 0)) / 1_000;
  const dropped = traceEvents.filter(({ name }) => name === 'DroppedFrame').length;
  return `${(apart.length / seconds).toFixed(0)} a second (p95 ${percentile(apart, 0.95).toFixed(0)} ms apart, ${dropped} dropped)`;
}

/** What the tab holds after a collection: script, and all of its process. */
async function memoryOf(browser: Browser, page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakMemory(id) ?? 0);
  return `script ${(heap / 1_048_576).toFixed(0)} MiB, its process at most ${Math.max(0, ...renderers).toFixed(0)} MiB`;
}

interface Fetched {
  name: string;
  took: number;
  sent: number;
  whole: number;
}

/** Requests to the portal since they were last forgotten, with the bytes that came over the wire and what they hold. */
const fetchedBy = (page: Page): Promise<Fetched[]> =>
  page.evaluate(`performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/v1/')).map((entry) => ({
    name: new URL(entry.name).pathname.replace('/api/v1', ''), took: entry.duration, sent: entry.transferSize, whole: entry.decodedBodySize,
  }))`);
const forget = (page: Page) => page.evaluate('performance.clearResourceTimings()');
const summed = (fetched: readonly Fetched[]): string =>
  `${fetched.length} (${[...new Set(fetched.map(({ name }) => name))].join(', ')}), ${kB(fetched.reduce((all, { sent }) => all + sent, 0))} on the wire, ${kB(fetched.reduce((all, { whole }) => all + whole, 0))} unpacked`;

/** Where the first paint went: when the page's own code ran, when figures and what they are drawn with came, and, once nothing more comes, when all lists were there. */
async function parted(page: Page): Promise<string> {
  const asked = () => page.evaluate("performance.getEntriesByType('resource').length");
  for (let before: unknown = null, now = await asked(); before !== now; now = await asked()) {
    before = now;
    await pause(1_000);
  }
  const [ran = 0, figures = 0, shown = 0, listed = 0, pages = 0, history = 0] = (await page.evaluate(`(() => {
    const all = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/v1/'));
    const named = (part) => all.filter(({ name }) => name.includes(part));
    const end = (part) => Math.max(0, ...named(part).map(({ responseEnd }) => responseEnd));
    const history = named('/changes?').reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
    const shown = named('/assignments').filter(({ name }) => new URL(name).searchParams.has('from'));
    const drawn = Math.max(end('/people'), end('/projects'), ...shown.map(({ responseEnd }) => responseEnd));
    return [Math.min(...all.map(({ startTime }) => startTime)), end('/timeline'), drawn, end('/assignments'), named('/assignments').length, history];
  })()`)) as number[];
  return `asks from ${ran.toFixed(0)} ms, figures by ${figures.toFixed(0)} ms, records of these weeks by ${shown.toFixed(0)} ms, all by ${listed.toFixed(0)} ms (${pages} pages of assignments), history of ${kB(history)}`;
}

/** Moves a bar a week ahead by the pointer and waits until it stands there. */
async function move(page: Page): Promise<void> {
  const bars = await page.locator('.bar[data-bar]').all();
  const boxes = await Promise.all(bars.map((bar) => bar.boundingBox()));
  const box = boxes.find((one) => one && one.y > 300 && one.y < 700 && one.x > 300 && one.width > 60 && one.x + one.width < 1100);
  if (!box) throw new Error('no bar to move');
  const [x, y] = [box.x + Math.min(30, box.width / 2), box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 6; step += 1) await page.mouse.move(x + step * 8, y);
  // What it would break is asked while it moves, not by the save.
  await pause(2_000);
  await forget(page);
  await page.mouse.up();
  const saved = page.locator('.toast', { hasText: 'now' }).first();
  const asks = page.getByRole('button', { name: /save anyway/i });
  await saved.or(asks).waitFor();
  if (await asks.isVisible()) {
    await page.getByLabel(/why/i).fill('Measured');
    await forget(page);
    await asks.click();
    await saved.waitFor();
  }
}

/** One group: what a manager meets who opens the timeline, works on it, and saves beside another who has it open too. */
async function benchGroup(browser: Browser, people: number): Promise<void> {
  const portal = await portalProcess();
  try {
    const sets = longGroupCommands(new Date().toISOString().slice(0, 10), people, assignments);
    await fill(portal, sets);
    const manager = portal.browser();
    await manager.open('/api/v1/auth/demo', { method: 'POST', body: { persona: 'manager' } });
    const of = `${people} people:`;
    await tellTimeline(portal, manager, of);
    // As a grid also where the window is narrow, so that it can be scrolled sideways.
    const url = `${portal.url}/staffing?weeks=${weeks}&as=grid`;
    const open = async () => {
      const page = await windowOf(browser, portal, manager.cookie);
      await page.addInitScript('performance.setResourceTimingBufferSize(5000)');
      return { page, paint: await firstPaint(page, url, firstOf.project) };
    };
    const { page, paint } = await open();
    figure(`${of} first paint`, `${paint.toFixed(0)} ms: ${await parted(page)}`, '≤ 1.5 s');
    figure(`${of} dragging a bar`, await framesASecond(browser, page, () => drag(page)), '60 a second');
    figure(`${of} scrolling down and up`, await framesASecond(browser, page, () => scroll(page)), '60 a second');
    await page.setViewportSize({ width: 700, height: 900 });
    figure(`${of} scrolling sideways`, await framesASecond(browser, page, () => scroll(page, 'across')), '60 a second');
    // Frames without anything new are not drawn: these are how often the next weeks were there.
    figure(`${of} going on in time`, await framesASecond(browser, page, () => scroll(page, 'on')), '–');
    await page.setViewportSize({ width: 1280, height: 900 });
    figure(`${of} memory of the tab`, await memoryOf(browser, page), '–');
    // Sideways it has gone on in time, where there may be nothing to move.
    await page.goto(url);
    await page.locator(firstOf.project).first().waitFor();
    const other = await open();
    figure(`${of} first paint, not the portal's first`, `${other.paint.toFixed(0)} ms: ${await parted(other.page)}`, '≤ 1.5 s');
    await pause(2_000);
    await forget(other.page);
    await move(page);
    await pause(3_000);
    figure(`${of} a save, at the author`, summed(await fetchedBy(page)), '1 request, ≤ 50 kB');
    figure(`${of} a save, at another timeline`, summed(await fetchedBy(other.page)), '≤ 2 requests');
    for (const one of [page, other.page]) await one.context().close();
  } finally {
    await portal.close();
  }
}

async function tellTimeline(portal: PortalProcess, manager: Caller, of: string): Promise<void> {
  const { body } = await manager.open('/api/v1/decisions?weeks=1');
  const week = (add: number) => addWeeks(weekOf(String(body.today)), add);
  const path = `/api/v1/timeline?from=${week(-1)}&to=${week(weeks - 2)}`;
  let size = 0;
  const took = async () => {
    const reply = await manager.open(path, { bytes: true });
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
    size = (reply.body as Buffer).length;
  };
  const [cold, warm] = [await timed(took), await timed(took)];
  figure(
    `${of} GET /timeline`,
    `${cold.toFixed(0)} ms, again ${warm.toFixed(0)} ms, ${kB(size)}; ${peakMemory(portal.pid)?.toFixed(0)} MiB portal`,
    '–',
  );
}

/** the figures of infra/docs/figures.md: the timeline by project in a Chromium without a graphics card (its software draws), so frames here are the slow case. */
export async function benchTimeline(only?: number): Promise<void> {
  const executablePath = await servers.chromiumPath();
  if (!executablePath) throw new Error('no Chromium here: name one in CHROMIUM');
  console.log(`timeline: ${assignments} assignments over four years, ${weeks} weeks shown`);
  for (const people of only ? [only] : groups) {
    const browser = await chromium.launch({ executablePath, args: flags });
    try {
      await benchGroup(browser, people);
    } finally {
      await browser.close();
    }
  }
}
