import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { describeWith, until } from '@sidekick/testing';
import type { Page } from 'playwright-core';
import type { Screen } from './testing/browser.ts';
import { aFolder } from './testing/portal-process.ts';
import { aWalker, type Walker, wide } from './testing/walker.ts';

jest.setTimeout(120_000);

describeWith('chromium', 'somebody who writes', (executablePath) => {
  let walker: Walker;
  let folder: string;
  beforeAll(async () => {
    folder = aFolder();
    walker = await aWalker(executablePath, folder);
  });
  afterEach(() => walker.leave());
  afterAll(async () => {
    await walker.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = (page: Page) => page.getByRole('textbox', { name: 'Text in Markdown' });
  const wrote = async (page: Page, words: string) => {
    await text(page).waitFor();
    await until(`the text to be ${words}`, async () => (await text(page).inputValue()) === words, 20);
  };
  const tab = async ({ page }: Screen, address: string): Promise<Page> => {
    const next = await page.context().newPage();
    await next.goto(new URL(address, page.url()).href);
    return next;
  };
  /** Published by Noor; answers the address of its editor. */
  const aPage = async ({ page }: Screen, title: string, body: string): Promise<string> => {
    await page.goto(`/new?title=${title}`);
    await text(page).fill(body);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    return (await page.getByRole('link', { name: 'Edit', exact: true }).getAttribute('href')) ?? '';
  };

  test('keeps the text of each tab through a reload, a copy of the tab, a closed one and another account', async () => {
    const screen = await walker.signedIn(/Noor Haddad/, wide);
    const { page } = screen;
    const edit = await aPage(screen, 'Tabs', 'One\n');
    const [first, second] = [await tab(screen, edit), await tab(screen, edit)];
    await text(first).fill('first');
    await text(second).fill('second');
    await Promise.all([first.reload(), second.reload()]);
    await wrote(first, 'first');
    await wrote(second, 'second');

    const copies = first.waitForEvent('popup');
    await first.evaluate('void window.open(location.href)');
    const copy = await copies;
    await wrote(copy, 'One\n');
    await text(copy).fill('third');
    await first.reload();
    await wrote(first, 'first');
    await second.close();
    await first.bringToFront();
    await first.reload();
    await first.getByRole('status').filter({ hasText: 'Unsaved text from' }).getByRole('button', { name: 'Take it' }).click();
    await wrote(first, 'second');
    await first.getByRole('status').filter({ hasText: 'Unsaved text from' }).waitFor();

    await page.goto('/');
    await page.getByRole('button', { name: /Noor Haddad, account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await first.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByRole('button', { name: /Helena Prado/ }).click();
    await wrote(first, 'One\n');
    expect(await first.getByText('Unsaved text').count()).toBe(0);
    await first.getByRole('button', { name: /Helena Prado, account/ }).waitFor();
    // What was on screen at the sign-out is asked for once more as nobody; a browser reports every 401.
    expect(screen.troubles.filter((trouble) => !trouble.includes('401'))).toEqual([]);
  });

  test('goes to the heading of a pasted address and of the contents, whatever the heading is called', async () => {
    const screen = await walker.signedIn(/Noor Haddad/, wide);
    const { page } = screen;
    const long = Array.from({ length: 80 }, (_, n) => `Paragraph ${n}.`).join('\n\n');
    const headings = ['Setup', 'Root', 'Main', 'Page data'];
    await aPage(screen, 'Anchors', `<div id="setup"></div>\n\n${headings.map((name) => `## ${name}\n\n${long}`).join('\n\n')}\n`);
    const address = page.url();
    const top = (name: string) =>
      page
        .getByRole('heading', { level: 2, name })
        .evaluate((it) => (it as unknown as { getBoundingClientRect(): { top: number } }).getBoundingClientRect().top);
    const isShown = (name: string) => until(`${name} at the top`, async () => Math.abs((await top(name)) - 60) < 60, 50);
    for (const name of headings) {
      const link = page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name });
      await link.click();
      await isShown(name);
      const href = await link.getAttribute('href');
      // A tab that showed another page, scrolled, is sent to the address.
      await page.goto('/p/');
      await page.goto(new URL(href ?? '', address).href);
      await isShown(name);
      await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
    }
  });

  test('signs in again where the session ended, and the save goes on; somebody else in another tab never saves for him', async () => {
    const screen = await walker.signedIn(/Noor Haddad/, wide);
    const { page } = screen;
    const edit = await aPage(screen, 'Ends', 'One\n');
    await page.goto(edit);
    await text(page).fill('Two\n');
    // The preview would ask for the sign-in too, before the save does.
    await page.getByRole('region', { name: 'As readers will see it' }).getByText('Two').waitFor();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByRole('button', { name: /Noor Haddad/ }).waitFor();
    // Also where no other dialog was drawn before.
    const covered = "document.elementFromPoint(40, 400).closest('.mantine-Modal-root') !== null";
    await page.waitForFunction(covered);
    await dialog.getByRole('button', { name: /Noor Haddad/ }).click();
    await page.getByText('Published “Ends”').waitFor();
    await page.locator('main.art').getByText('Two').waitFor();

    await page.goto(edit);
    await text(page).fill('Noor alone\n');
    await page.getByRole('region', { name: 'As readers will see it' }).getByText('Noor alone').waitFor();
    // Signed in by a way that no tab is told of.
    const origin = new URL(page.url()).origin;
    await page.context().clearCookies();
    await page.context().request.post('/api/v1/auth/demo', { data: { persona: 'manager' }, headers: { origin } });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Helena Prado is signed in here now').waitFor();
    await wrote(page, 'Two\n');
    const { items } = await (await page.context().request.get(`/api/v1/pages/${edit.split('/').at(-1)}/revisions`)).json();
    expect(items).toHaveLength(2);
  });

  test('merges what another saved in other lines, and asks of the same lines alone', async () => {
    const noor = await walker.signedIn(/Noor Haddad/, wide);
    const lines = (first: string, last: string) => `${first}\n\nMiddle\n\n${last}\n`;
    const edit = await aPage(noor, 'Merges', lines('First', 'Last'));
    const helena = await walker.signedIn(/Helena Prado/, wide);
    const both = async (mine: string, theirs: string) => {
      await noor.page.goto(edit);
      await text(noor.page).fill(mine);
      await helena.page.goto(edit);
      await text(helena.page).fill(theirs);
      await helena.page.getByRole('button', { name: 'Save' }).click();
      await helena.page.getByText('Published “Merges”').waitFor();
      await noor.page.getByRole('button', { name: 'Save' }).click();
    };
    await both(lines('First by Noor', 'Last'), lines('First', 'Last by Helena'));
    await noor.page.getByText('Helena Prado changed meanwhile: the text').waitFor();
    await text(noor.page).waitFor({ state: 'detached' });
    await noor.page.locator('main.art').getByText('First by Noor').waitFor();
    await noor.page.locator('main.art').getByText('Last by Helena').waitFor();

    await both(lines('Noor again', 'Last by Helena'), lines('Helena again', 'Last by Helena'));
    await noor.page.getByRole('region', { name: 'Place 1' }).getByRole('button', { name: 'Both' }).click();
    await noor.page.getByRole('button', { name: 'Save what is merged' }).click();
    await noor.page.locator('main.art').getByText('Helena again Noor again').waitFor();
  });

  test('loses nothing by a restart of the server under the open editor, and goes on saving', async () => {
    const screen = await walker.signedIn(/Noor Haddad/, wide);
    const { page } = screen;
    const edit = await aPage(screen, 'Restarts', 'One\n');
    const [first, second] = [await tab(screen, edit), await tab(screen, edit)];
    await text(first).fill('Two\n');
    await text(second).fill('Second tab\n');
    await walker.portal.kill();
    await first.getByRole('button', { name: 'Save' }).click();
    await first.getByText('it is not known whether it was saved').waitFor();
    await walker.portal.start();
    await wrote(first, 'Two\n');
    await first.getByRole('button', { name: 'Save' }).click();
    await first.getByText('Published “Restarts”').waitFor();
    await first.locator('main.art').getByText('Two').waitFor();
    // The other has slept through all of it.
    await second.getByRole('button', { name: 'Save' }).click();
    await second.getByRole('region', { name: 'Place 1' }).getByRole('button', { name: 'Mine' }).click();
    expect((await walker.portal.stop()).code).toBe(0);
    await walker.portal.start();
    await second.reload();
    await wrote(second, 'Second tab\n');
    await second.getByRole('button', { name: 'Save' }).click();
    await second.getByRole('button', { name: 'Save what is merged' }).click();
    await second.locator('main.art').getByText('Second tab').waitFor();
    const { items } = await (await page.context().request.get(`/api/v1/pages/${edit.split('/').at(-1)}/revisions`)).json();
    expect(items).toHaveLength(3);
  });
});
