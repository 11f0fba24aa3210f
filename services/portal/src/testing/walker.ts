import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { aFolder, type PortalProcess, portalProcess } from './portal-process.ts';
import { webBuilt } from './web-built.ts';

/** Sizes of window that every screen must serve. */
export const wide = { viewport: { width: 1280, height: 800 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export interface Walker {
  readonly portal: PortalProcess;
  /** A window in which nobody is signed in. */
  open(options: BrowserContextOptions): Promise<Screen>;
  /** Signed in with one click as a persona of the sample, at home. */
  signedIn(as: RegExp, options: BrowserContextOptions): Promise<Screen>;
  /** Closes these windows, or all that were opened since. */
  leave(...these: readonly Screen[]): Promise<void>;
  close(): Promise<void>;
}

/** A portal with the sample, today being 30 November 2026, and a browser before it. `folder` may hold what an earlier run left. */
export async function aWalker(executablePath: string, folder = aFolder()): Promise<Walker> {
  await webBuilt();
  const portal = await portalProcess({ folder, args: ['--today', '2026-11-30', '--time-zone', 'Europe/Lisbon'] });
  const browser: Browser = await launchBrowser(executablePath).catch(async (error: unknown) => {
    await portal.close();
    throw error;
  });
  const screens: Screen[] = [];
  const open: Walker['open'] = async (options) => {
    const screen = await openScreen(browser, { ...options, baseURL: portal.url });
    screens.push(screen);
    return screen;
  };
  return {
    portal,
    open,
    async signedIn(as, options) {
      const screen = await open(options);
      await screen.page.goto('/');
      await screen.page.getByRole('button', { name: as }).click();
      await screen.page.getByRole('heading', { name: 'Monday 30 November 2026' }).waitFor();
      return screen;
    },
    async leave(...these) {
      const left = screens.splice(0);
      const closed = these.length > 0 ? left.filter((screen) => these.includes(screen)) : left;
      screens.push(...left.filter((screen) => !closed.includes(screen)));
      await Promise.all(closed.map((screen) => screen.close()));
    },
    async close() {
      await browser.close();
      await portal.close();
    },
  };
}
