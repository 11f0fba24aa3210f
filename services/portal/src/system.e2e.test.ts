import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sqliteBus } from '@sidekick/bus';
import { openOwnFile } from '@sidekick/sqlite';
import { describeWith } from '@sidekick/testing';
import { type Screen, seriousFindings } from './testing/browser.ts';
import { aFolder } from './testing/portal-process.ts';
import { aWalker, phone, type Walker, wide } from './testing/walker.ts';

jest.setTimeout(120_000);

/** A dead letter that nothing can read, and one that only has to be tried again: as a release with a bug would leave it. */
async function leaveDeadLetters(folder: string): Promise<void> {
  await sqliteBus({ file: join(folder, 'bus.db') }).close();
  const db = openOwnFile(join(folder, 'bus.db'));
  const insert = 'insert into delivery (queue, body, attempts, died_at, reason) values (?, ?, ?, ?, ?)';
  const died = Date.now() - 3_600_000;
  db.run(insert, ['search.index', '{ this is no JSON', 1, died, 'does not parse: SyntaxError']);
  db.run(insert, ['search.index', JSON.stringify(quokka), 4, died + 1_000, 'Error: the index is read-only']);
  await db.close();
}

const quokka = {
  specversion: '1.0',
  id: '01KA0000000000000000000001',
  source: 'staffing',
  type: 'staffing.project.changed.v1',
  time: '2026-11-25T09:00:00.000Z',
  subject: '01KA0000000000000000000002',
  sequence: 1,
  epoch: '01K0000000000000000000000A',
  data: { reason: 'test', deleted: true, state: null },
};

describeWith('chromium', 'ops with a browser', (executablePath) => {
  let walker: Walker;
  beforeAll(async () => {
    const folder = aFolder();
    await leaveDeadLetters(folder);
    walker = await aWalker(executablePath, folder);
  });
  afterAll(() => walker.close());

  const nothingWrong = (screen: Screen) => {
    expect(screen.troubles).toEqual([]);
    expect(screen.jumps()).toEqual([]);
  };

  test('sees what is stuck, looks into it, replays one and discards the other with a reason', async () => {
    const screen = await walker.signedIn(/Ivo Lindqvist/, wide);
    const { page } = screen;
    await page.getByRole('button', { name: /account and theme/ }).click();
    await page.getByRole('menuitem', { name: 'System' }).click();
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    const main = page.getByRole('main');
    await main.getByText('Running, with something to look at.').waitFor();
    await main.getByText('2 events could not be handled.').waitFor();
    const dead = main.getByRole('list', { name: 'Dead letters', exact: true });
    await dead.getByRole('listitem').nth(1).waitFor();

    await dead.getByRole('button', { name: 'Open: Error: the index is read-only' }).click();
    await dead.getByText('"01KA0000000000000000000002"').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dead.getByRole('button', { name: 'Replay', exact: true }).click();
    await dead.getByText(/^Sent again at/).waitFor();
    await main.getByText('One event could not be handled.').waitFor();

    await dead.getByRole('button', { name: /^Open: does not parse/ }).click();
    await dead.getByText('{ this is no JSON').waitFor();
    await dead.getByRole('button', { name: 'Replay', exact: true }).click();
    await dead.getByText(/^Dead again: does not parse/).waitFor();
    await dead.getByRole('button', { name: 'Discard, with a reason…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Discard this event for good?' });
    await dialog.getByRole('button', { name: 'Discard', exact: true }).click();
    await dialog.getByText(/not discarded without a reason/).waitFor();
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Written by hand into the queue');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await main.getByText('Everything runs.').waitFor();
    const done = main.getByRole('list', { name: 'Done with dead letters' });
    await done.getByText(/Written by hand into the queue/).waitFor();
    await done.getByText('Discarded by').waitFor();
    nothingWrong(screen);
    await screen.close();
  });

  test('meets no barrier on a phone, in the dark, and nothing that is wider than its window', async () => {
    const screen = await walker.signedIn(/Ivo Lindqvist/, { ...phone, colorScheme: 'dark' });
    const { page } = screen;
    await page.goto('/system');
    await page.getByRole('main').getByRole('heading', { name: 'Backup' }).waitFor();
    await page.getByText(/^Every event was handled/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    nothingWrong(screen);
    await screen.close();
  });

  test('is not offered to engineers, and its address tells them whom it is for', async () => {
    const screen = await walker.signedIn(/Noor Haddad/, wide);
    const { page } = screen;
    await page.getByRole('button', { name: /account and theme/ }).click();
    await page.getByRole('menuitem', { name: 'Profile and tokens' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'System' }).count()).toBe(0);
    await page.goto('/system');
    await page.getByRole('heading', { name: 'This is not for your role' }).waitFor();
    nothingWrong(screen);
    await screen.close();
  });
});
