import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** Chromium with a fresh profile. */
export const launchBrowser = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args: flags });

export interface Screen {
  readonly page: Page;
  /** What a reader should never meet: console errors, exceptions, refusals of the content security policy. */
  readonly troubles: string[];
  /** Addresses whose layout shifts without input add up to 0.1 or more (CLS), with what moved. */
  jumps(): string[];
  close(): Promise<void>;
}

/** Reports refusals and layout shifts as they happen; runs in the page before any of its own code. */
const observe = `
  addEventListener('securitypolicyviolation', (event) => sidekickTrouble('CSP ' + event.violatedDirective + ' ' + event.blockedURI));
  let sum = 0;
  const moved = [];
  const nameOf = ({ node }) => node?.outerHTML?.slice(0, 120) ?? String(node?.nodeName);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries().filter((entry) => !entry.hadRecentInput)) {
      sum += entry.value;
      moved.push(entry.value.toFixed(3) + ' ' + entry.sources.map(nameOf).join(' and '));
      if (sum >= 0.1) sidekickJump(location.pathname, sum, moved);
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** A window of its own, with its own cookies. `baseURL` is the portal's address. */
export async function openScreen(browser: Browser, options: BrowserContextOptions): Promise<Screen> {
  const context = await browser.newContext({ timezoneId: 'Europe/Lisbon', locale: 'en-GB', ...options });
  const troubles: string[] = [];
  const jumps = new Map<string, string>();
  await context.exposeFunction('sidekickTrouble', (text: string) => void troubles.push(text));
  await context.exposeFunction('sidekickJump', (path: string, sum: number, moved: string[]) => {
    jumps.set(path, `${path} ${sum.toFixed(3)}: ${moved.join(', ')}`);
  });
  await context.addInitScript(observe);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => troubles.push(`exception ${error.message}`));
  page.on('console', (message) => {
    // How the app learns that nobody is signed in; a browser reports every 401.
    const { url } = message.location();
    if (message.type() === 'error' && !url.endsWith('/api/v1/me')) troubles.push(`console ${message.text()} ${url}`);
  });
  return { page, troubles, jumps: () => [...jumps.values()], close: () => context.close() };
}

/**
 * Bars and cells of the timeline show a short form of their name in other words ("Ana · 24 h" for "Ana, lead, 24 h a week"):
 * the one rule that wants the shown text inside the name does not fit them.
 */
const rules = '{ "label-content-name-mismatch": { enabled: false } }';

/** Of all rules, those that a theme may break: the elements and their names are the same in each. */
const ofColours = `runOnly: ['color-contrast', 'link-in-text-block']`;

/** Serious and critical findings of axe, each with its first element; of `colours` alone where another theme of the same page is looked at. */
export async function seriousFindings(page: Page, look: 'all' | 'colours' = 'all'): Promise<string[]> {
  await page.evaluate(axe.source);
  const asked = look === 'all' ? `rules: ${rules}` : ofColours;
  const { violations } = (await page.evaluate(`axe.run({ resultTypes: ['violations'], ${asked} })`)) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${new URL(page.url()).pathname}: ${id}: ${nodes[0]?.html}`);
}
