import { servers } from '@sidekick/testing';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { figure, percentile } from './measure.ts';
import { emptyPortal, importFiles, madeUpPages } from './portal.ts';

const pages = 10_000;
const clicks = 20;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/** Milliseconds that the main thread of the page has worked since it was opened. */
async function worked(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}

/** Resolves when the page has had nothing to do for a while: what a click set off is over. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate('new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve)))');
}

/** Clicks one page of the tree after the other, in several branches; what each costs the main thread in milliseconds. */
async function clickThrough(page: Page, cdp: CDPSession): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < clicks; n += 1) {
    // Every fifth opens another branch of 200 pages.
    const link =
      n % 5 === 4 ? page.locator('.tree > ul > li > ul > li > .node > a').nth(n) : page.locator('.tree li li li > .node > a').nth(n + 3);
    const address = await link.getAttribute('href');
    await settled(page);
    const before = await worked(cdp);
    await link.click();
    await page.waitForURL((url) => url.pathname === address);
    await settled(page);
    times.push((await worked(cdp)) - before);
  }
  return times;
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
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    await page.goto(portal.url + address);
    await page.locator('.tree a[aria-current]').waitFor();
    const times = await clickThrough(page, cdp);
    const ms = (part: number) => percentile(times, part).toFixed(0);
    figure(`click in a tree of ${pages} pages`, `median ${ms(0.5)} ms of main thread, p95 ${ms(0.95)} ms`, '≤ 50 ms');
  } finally {
    await browser.close();
    await portal.close();
  }
}
