import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '@sidekick/contracts';
import { sampleIds } from '@sidekick/portal/sample';
import type { PortalProcess } from '@sidekick/portal/testing';
import type { Browser, Page } from 'playwright-core';

export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
];
const codes = ['sidekick-leads', 'over-allocated', 'outside-contract', 'outside-project', 'joint-absence', 'freelance-lead'];
/** What of a row shows that figures have come. */
export const firstOf = { project: '.bar[data-bar]', person: '.row[data-person] .pc' };
export type By = keyof typeof firstOf;

/** Commits change sets, whatever rules they break. */
export async function fill(portal: PortalProcess, sets: readonly (readonly Command[])[]): Promise<void> {
  const id = sampleIds('bench sets');
  for (const [n, commands] of sets.entries()) {
    const body = { id: id(`set ${n}`), commands, accept: codes, reason: 'Measured' };
    const { status, body: answer } = await portal.command.open('/api/v1/changes', { method: 'POST', body });
    if (status !== 201) throw new Error(`a change set was refused: ${status} ${JSON.stringify(answer).slice(0, 500)}`);
  }
}

/** A manager's window with nothing in its cache. */
export async function windowOf(browser: Browser, portal: PortalProcess, cookie: string): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  // Chromium takes the cookie for an https address only, and sends it to this machine over http too.
  const url = portal.url.replace('http:', 'https:');
  await context.addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: 'Lax' }]);
  return context.newPage();
}

/** Milliseconds from navigation to the first frame in which a bar shows. */
export async function firstPaint(page: Page, url: string, selector: string): Promise<number> {
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

type Pointed = { type: 'mouseMoved' | 'mouseWheel'; x: number; y: number; buttons?: number; deltaX?: number; deltaY?: number };

/** Sends an event of the pointer every few milliseconds, as a hand does: how many come through is not how soon the page answers each. */
async function byHand(page: Page, every: number, many: number, eventOf: (step: number) => Pointed): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  const began = performance.now();
  for (let step = 0; step < many; step += 1) {
    sent.push(cdp.send('Input.dispatchMouseEvent', eventOf(step)));
    await pause(Math.max(0, began + (step + 1) * every - performance.now()));
  }
  await Promise.all(sent);
  await cdp.detach();
}

/** Drags the bar in the middle of the screen to and fro for about four seconds, then puts it back. */
export async function drag(page: Page): Promise<number[]> {
  const bars = await page.locator('.bar[data-bar]').all();
  const boxes = await Promise.all(bars.map((bar) => bar.boundingBox()));
  const box = boxes.find((one) => one && one.y > 300 && one.y < 700 && one.x > 300 && one.width > 120 && one.x + 60 < 1100);
  if (!box) throw new Error('no bar to drag');
  const [x, y] = [box.x + 50, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const at = (step: number) => ({ x: x + 160 * Math.sin(step / 25), y: y + 3 * Math.sin(step / 7) });
  const measured = await frames(page, () => byHand(page, 8, 500, (step) => ({ type: 'mouseMoved', buttons: 1, ...at(step) })));
  if ((await page.locator('.bar[data-drag]').count()) !== 1) throw new Error('the bar did not follow the pointer');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  return measured;
}

/** Which way a wheel is turned, by how many pixels an event and after how many it turns back: `on` goes over the edge of a grid, and so on in time. */
const ways = { down: { deltaY: 60, turns: 50 }, across: { deltaX: 30, turns: 15 }, on: { deltaX: 60, turns: 50 } };

/** Turns the wheel to and fro for about three seconds. */
export async function scroll(page: Page, way: keyof typeof ways = 'down'): Promise<number[]> {
  const { width = 1280 } = page.viewportSize() ?? {};
  const at = { x: width / 2 + 60, y: 600 };
  const { deltaX = 0, deltaY = 0, turns } = { deltaX: 0, deltaY: 0, ...ways[way] };
  await page.mouse.move(at.x, at.y);
  const turn = (step: number) => {
    const back = step % (2 * turns) < turns ? 1 : -1;
    return { deltaX: deltaX * back, deltaY: deltaY * back };
  };
  return frames(page, () => byHand(page, 16, 180, (step) => ({ type: 'mouseWheel', ...at, ...turn(step) })));
}
