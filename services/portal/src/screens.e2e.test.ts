import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import { type Screen, seriousFindings } from './testing/browser.ts';
import { aWalker, phone, type Walker, wide } from './testing/walker.ts';

/** An element as its page has it: Node's types know of none. */
interface Drawn {
  textContent: string | null;
  scrollWidth: number;
  clientWidth: number;
}

jest.setTimeout(240_000);

describeWith('chromium', 'every screen', (executablePath) => {
  let walker: Walker;
  beforeAll(async () => {
    walker = await aWalker(executablePath);
  });
  afterEach(() => walker.leave());
  afterAll(() => walker.close());

  const nothingWrong = (screen: Screen) => {
    expect(screen.troubles).toEqual([]);
    expect(screen.jumps()).toEqual([]);
  };
  const screens = ['/', '/p/', '/p/data/postgresql/zero-downtime-migrations', '/staffing', '/staffing?by=person', '/people', '/projects'];
  const figure = encodeURIComponent('utilisation weeks=2026-W49,2026-W52');
  const capacity = ['/capacity', '/capacity?by=day&rows=teams&unit=hours', '/capacity/free?hours=16', `/capacity?figure=${figure}`];
  const more = [
    ...capacity,
    '/staffing?by=person&zoom=day',
    '/staffing?pick=1',
    '/staffing?zoom=year',
    '/leave',
    '/plan',
    '/staffing/exchange',
    '/skills',
    '/skills?view=matrix',
    '/search?q=migration',
    '/imports',
    '/new',
    '/accounts',
    '/me',
    '/webhooks',
    '/system',
  ];
  /** The pages of a person and a project, as the lists lead there. */
  async function recordPages({ page }: Screen): Promise<string[]> {
    const addresses: string[] = [];
    for (const list of ['/people', '/projects']) {
      await page.goto(list);
      addresses.push((await page.locator('td a.b').first().getAttribute('href')) ?? '');
    }
    return addresses;
  }

  test('meets no barrier and nothing that jumps on any screen, light and dark', async () => {
    const screen = await walker.signedIn(/Helena Prado/, { ...wide, colorScheme: 'light' });
    const { page } = screen;
    const findings: string[] = [];
    for (const path of [...screens, ...more, ...(await recordPages(screen))]) {
      await page.goto(path);
      await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        findings.push(...(await seriousFindings(page, colorScheme === 'light' ? 'all' : 'colours')));
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
    expect(findings).toEqual([]);
    nothingWrong(screen);
  });

  test.each([
    ['1280', wide],
    ['390', phone],
  ])('sees nothing jump when answers come late and in any order, %s', async (_, size) => {
    // The answers are waited for, not worked for: three tabs wait at once.
    const tabs = await Promise.all([0, 1, 2].map(() => walker.signedIn(/Helena Prado/, size)));
    const [first] = tabs;
    const paths = [
      '/',
      '/p/',
      '/staffing',
      '/staffing?by=person',
      '/staffing?by=person&zoom=day',
      '/staffing?pick=1',
      '/people',
      '/projects',
      ...capacity,
      '/leave',
      '/search?q=migration',
      '/imports',
      ...(first ? await recordPages(first) : []),
    ];
    let asked = 0;
    const visit = async ({ page }: Screen, own: readonly string[]) => {
      await page.route(/\/api\/v1\/(?!events|me$|setup)/, async (route) => {
        asked += 1;
        await pause(100 + ((asked * 7) % 10) * 60);
        await route.continue();
      });
      for (const path of own) {
        await page.goto(path);
        await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
        await page.waitForLoadState('networkidle');
      }
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    };
    await Promise.all(
      tabs.map((tab, number) =>
        visit(
          tab,
          paths.filter((_, n) => n % tabs.length === number),
        ),
      ),
    );
    expect(asked).toBeGreaterThan(20);
    for (const tab of tabs) nothingWrong(tab);
  });

  test.each(['/staffing', '/staffing?by=person', '/staffing?zoom=day'])(
    '%s names everybody and everything in full on paper',
    async (path) => {
      const { page } = await walker.signedIn(/Helena Prado/, wide);
      await page.emulateMedia({ media: 'print' });
      await page.goto(path);
      const shown = page.locator('.row .c0 .n, .row .c0 .n a');
      await shown.first().waitFor();
      const names: { text: string; cut: boolean }[] = await shown.evaluateAll((all) =>
        (all as unknown as Drawn[]).map((name) => ({ text: name.textContent ?? '', cut: name.scrollWidth > name.clientWidth })),
      );
      expect(names.length).toBeGreaterThan(10);
      expect(names.filter(({ cut }) => cut)).toEqual([]);
      // Without its background graphics, as a browser prints unless it is told otherwise.
      const sheets = (await page.pdf({ format: 'A4', landscape: true })).toString('latin1').match(/\/Type \/Page\b/g) ?? [];
      expect({ path, sheets: sheets.length, fits: sheets.length >= 1 && sheets.length <= 3 }).toMatchObject({ fits: true });
    },
  );

  test('the timeline uses the width of a large screen, fits a year on it, and keeps its rows in view at 200 %', async () => {
    const { page } = await walker.signedIn(/Helena Prado/, { viewport: { width: 1920, height: 1080 } });
    const sizes = `(({ clientWidth, clientHeight, scrollWidth, firstElementChild }) =>
      ({ shown: clientWidth, height: clientHeight, whole: scrollWidth, filled: firstElementChild.getBoundingClientRect().width })
    )(document.querySelector('.grid'))`;
    const size = () => page.evaluate<Record<'shown' | 'height' | 'whole' | 'filled', number>>(sizes);
    for (const path of ['/staffing', '/staffing?zoom=year', '/staffing?weeks=52', '/staffing?by=person&zoom=month']) {
      await page.goto(path);
      await page.locator('.row .c0').first().waitFor();
      const { shown, whole, filled } = await size();
      expect({ path, scrolls: whole > shown + 1, fills: filled > shown - 20 }).toEqual({ path, scrolls: false, fills: true });
    }
    // Half of 1280 × 860, as a browser that enlarges everything twice has it.
    await page.setViewportSize({ width: 640, height: 430 });
    await page.goto('/staffing?as=grid');
    await page.locator('.row .c0').first().waitFor();
    expect((await size()).height).toBeGreaterThan(350);
  });

  // In dark jumps are looked for on these two alone: that theme sets colours and shadows, which move nothing (web/src/ui/tokens.css), and
  // a theme that came too late would be seen on any page.
  test('who is not signed in meets no barrier either, light and dark', async () => {
    const findings: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const screen = await walker.open({ ...phone, colorScheme });
      for (const path of ['/sign-in', '/p/backend/service-checklist']) {
        await screen.page.goto(path);
        await screen.page.getByRole('heading', { level: 1 }).first().waitFor();
        await screen.page.waitForLoadState('networkidle');
        findings.push(...(await seriousFindings(screen.page)));
      }
      nothingWrong(screen);
    }
    expect(findings).toEqual([]);
  });

  test('tells robots what is open to all', async () => {
    const robots = await fetch(new URL('/robots.txt', walker.portal.url));
    expect(robots.status).toBe(200);
    expect((await robots.text()).split('\n')).toEqual(expect.arrayContaining(['Allow: /p/', 'Disallow: /']));
  });
});
