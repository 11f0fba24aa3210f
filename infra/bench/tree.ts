import { setTimeout as pause } from 'node:timers/promises';
import { servers } from '@sidekick/testing';
import { chromium, type Locator, type Page } from 'playwright-core';
import { figure, percentile } from './measure.ts';
import { emptyPortal, importFiles, madeUpPages } from './portal.ts';

const pages = 10_000;
const clicks = 20;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/**
 * What the main thread has done, in milliseconds: its tasks by the clock, script, style and layout among them, and the same
 * tasks by the processor, which leaves out what others on the machine take from it.
 */
const kinds = ['tasks', 'script', 'style', 'layout', 'processor'] as const;
type Worked = Record<(typeof kinds)[number], number>;

/** Answers what the main thread of a page has done since it was opened. */
async function meterOf(page: Page): Promise<() => Promise<Worked>> {
  const metricsIn = async (timeDomain: 'timeTicks' | 'threadTicks') => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain });
    return async () => {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1_000;
    };
  };
  const [clock, processor] = [await metricsIn('timeTicks'), await metricsIn('threadTicks')];
  return async () => {
    const [byClock, byProcessor] = await Promise.all([clock(), processor()]);
    return {
      tasks: byClock('TaskDuration'),
      script: byClock('ScriptDuration'),
      style: byClock('RecalcStyleDuration'),
      layout: byClock('LayoutDuration'),
      processor: byProcessor('TaskDuration'),
    };
  };
}

/** Resolves when a page has drawn and has nothing to do. */
const idle = (page: Page) =>
  page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(() => requestIdleCallback(resolve))))');

/** Lets the page itself tell when a title stands above the text and is marked in the tree: to ask it again and again costs it time. */
const watchFor = (page: Page, title: string) =>
  page.evaluate(`window.benchDrawn = new Promise((resolve) => {
    const isThere = (selector) => document.querySelector(selector)?.textContent === ${JSON.stringify(title)};
    const look = () => isThere('main h1') && isThere('.tree a[aria-current]') && (observer.disconnect(), resolve());
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-current'] });
  }); undefined`);

/** What a click costs until the page and the tree around it are drawn. The mouse has moved there before. */
async function costOfClick(page: Page, worked: () => Promise<Worked>, link: Locator): Promise<Worked> {
  const title = (await link.textContent()) ?? '';
  await link.hover();
  await watchFor(page, title);
  await idle(page);
  const tree = page.waitForResponse((response) => response.url().includes('/api/v1/tree?at=')).then((response) => response.finished());
  const before = await worked();
  await page.mouse.down();
  await page.mouse.up();
  await Promise.all([tree, page.evaluate('window.benchDrawn')]);
  // What came last has its turn before the page counts as idle.
  await pause(200);
  await idle(page);
  const after = await worked();
  return Object.fromEntries(kinds.map((kind) => [kind, after[kind] - before[kind]])) as Worked;
}

/** Clicks one page of the tree after the other, in several branches. */
async function clickThrough(page: Page): Promise<Worked[]> {
  const worked = await meterOf(page);
  const costs: Worked[] = [];
  for (let n = 0; n < clicks; n += 1) {
    // Every fifth opens another branch of 200 pages.
    const link =
      n % 5 === 4 ? page.locator('.tree > ul > li > ul > li > .node > a').nth(n) : page.locator('.tree li li li > .node > a').nth(n + 3);
    costs.push(await costOfClick(page, worked, link));
  }
  return costs;
}

function tell(costs: readonly Worked[]): void {
  const ms = (kind: keyof Worked, share: number) =>
    percentile(
      costs.map((cost) => cost[kind]),
      share,
    ).toFixed(0);
  const parted = kinds.slice(1).map((kind) => `${kind} ${ms(kind, 0.5)}`);
  figure(
    `click in a tree of ${pages} pages`,
    `main thread, median ${ms('tasks', 0.5)} ms (${parted.join(', ')}), p95 ${ms('tasks', 0.95)} ms (processor ${ms('processor', 0.95)})`,
    '≤ 50 ms',
  );
}

/** A click in the tree of a handbook of 10,000 pages, in Chromium. */
export async function benchTree(): Promise<void> {
  const executablePath = await servers.chromiumPath();
  if (!executablePath) throw new Error('no Chromium here: name one in CHROMIUM');
  const portal = await emptyPortal();
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    await importFiles(portal, 'made-up', madeUpPages(pages));
    const address = '/p/made-up/area-0/page-0';
    const { body } = await portal.browser().open(address);
    figure(
      `page of a tree of ${pages} pages, as HTML`,
      `${(String(body).length / 1_024).toFixed(0)} kB before it is packed`,
      'not the whole tree',
    );
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(portal.url + address);
    await page.locator('.treebox .tree a[aria-current]').waitFor();
    tell(await clickThrough(page));
  } finally {
    await browser.close();
    await portal.close();
  }
}
