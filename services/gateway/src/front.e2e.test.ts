import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';
import { aPassword, aPortal, type Portal, signInFirstManager } from './testing/browser.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'];

describeWith('chromium', 'in a real browser', (executablePath) => {
  let portal: Portal;
  let browser: Chromium;
  beforeAll(async () => {
    portal = await aPortal();
    browser = await chromium.launch({ executablePath, args: flags });
  });
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  /** Every message of the console that names a refused resource. */
  const violationsOf = (page: Page): string[] => {
    const seen: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy|refused to/i.test(message.text())) seen.push(message.text());
    });
    return seen;
  };

  test('the API page lists every operation without a violation of its policy', async () => {
    const page = await browser.newPage();
    const violations = violationsOf(page);
    await page.goto(`${portal.url}/api/v1/docs`);
    await page.getByText('/auth/sign-in').first().waitFor();
    await page.locator('.opblock-summary-control').first().click();
    await page.locator('.opblock-body').first().waitFor();
    expect(violations).toEqual([]);
    await page.close();
  });

  test('the session cookie is kept over plain http on this machine, and a foreign page cannot use it', async () => {
    await signInFirstManager(portal);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${portal.url}/api/v1/docs`);
    const post = (to: string, body: object) =>
      page.evaluate(
        async ([url, text]) => {
          const headers = { 'content-type': 'application/json' };
          return (await fetch(url as string, { method: 'POST', headers, body: text as string })).status;
        },
        [to, JSON.stringify(body)],
      );
    expect(await post('/api/v1/auth/sign-in', { email: 'helena@example.org', password: aPassword })).toBe(200);
    expect(await page.evaluate(async () => (await fetch('/api/v1/me')).status)).toBe(200);
    expect(await page.evaluate(() => (globalThis as unknown as { document: { cookie: string } }).document.cookie)).toBe('');
    const foreign = await context.newPage();
    await foreign.goto('data:text/html,<form></form>');
    const target = `${portal.url}/api/v1/auth/sign-out`;
    await foreign.evaluate(
      `document.forms[0].action = ${JSON.stringify(target)}; document.forms[0].method = 'post'; document.forms[0].submit()`,
    );
    await foreign.waitForURL(target);
    expect(await foreign.textContent('body')).toContain('cross-site');
    await page.reload();
    expect(await page.evaluate(async () => (await fetch('/api/v1/me')).status)).toBe(200);
    await context.close();
  });
});
