import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { describeWith, until } from '@sidekick/testing';
import type { Locator, Page } from 'playwright-core';
import type { Screen } from './testing/browser.ts';
import { aFolder } from './testing/portal-process.ts';
import { aWalker, phone, type Walker, wide } from './testing/walker.ts';

jest.setTimeout(120_000);

describeWith('chromium', 'a person with a browser', (executablePath) => {
  let walker: Walker;
  let folder: string;
  beforeAll(async () => {
    walker = await aWalker(executablePath);
    folder = aFolder();
  });
  afterEach(() => walker.leave());
  afterAll(async () => {
    await walker.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const nothingWrong = (screen: Screen) => {
    expect(screen.troubles).toEqual([]);
    expect(screen.jumps()).toEqual([]);
  };
  const boxOf = async (what: Locator) => (await what.boundingBox()) as { x: number; y: number; width: number; height: number };
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  test('imports a handbook, reads it, mends it, and finds it by a misspelt word', async () => {
    write('walk-notes/index.md', '# Walk notes\n\nSee [releasing](guides/releasing.md#roll-back), or [nothing](gone.md).\n');
    write('walk-notes/guides/releasing.md', releasing);
    const screen = await walker.signedIn(/Noor Haddad/, wide);
    const { page } = screen;
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Handbook' }).click();
    await page.getByRole('link', { name: 'Import' }).first().click();
    await page.getByLabel('Folder of the handbook').setInputFiles(join(folder, 'walk-notes'));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('2 files read').waitFor();
    await page.getByRole('link', { name: '2 Created' }).waitFor();
    await page.getByRole('link', { name: '1 Lead nowhere' }).waitFor();
    await page.getByText('gone.md').waitFor();

    await page.getByRole('link', { name: 'Read the pages' }).click();
    await page.getByRole('heading', { level: 1, name: 'Walk notes' }).waitFor();
    await page.getByRole('link', { name: 'releasing', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Releasing' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#roll-back');
    const main = page.getByRole('main');
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Walk notes' }).waitFor();
    await main.getByRole('button', { name: 'Copy' }).waitFor();
    await main.getByRole('note').getByText('Mind the queue.').waitFor();
    await main.getByRole('table').waitFor();
    await main.getByRole('checkbox', { name: 'Ask' }).waitFor();
    await page.frameLocator('figure iframe').locator('svg').waitFor();

    const own = await page.context().storageState();
    const small = await walker.open({ ...phone, storageState: own });
    await small.page.goto(page.url());
    const drawing = small.page.frameLocator('figure iframe').locator('svg');
    await drawing.waitFor();
    const inTheMiddle = async () => {
      const box = await drawing.boundingBox();
      return box && Math.abs(box.x + box.width / 2 - phone.viewport.width / 2) <= 2;
    };
    await until('the drawing in the middle of a phone', inTheMiddle);

    // On paper there is nothing to press: no link that skips, and nothing folded away.
    const folded = small.page.getByText('Ask the one on call.');
    expect(await folded.isVisible()).toBe(false);
    await small.page.emulateMedia({ media: 'print' });
    await folded.waitFor();
    expect(await small.page.locator('a.skip').isVisible()).toBe(false);

    const plain = await walker.open({ ...wide, javaScriptEnabled: false, storageState: own });
    await plain.page.goto(page.url());
    const [above, below] = [
      await boxOf(plain.page.getByText('Turn the flag off.')),
      await boxOf(plain.page.getByText('Then tell everybody.')),
    ];
    expect(below.y - (above.y + above.height)).toBeGreaterThan(6);
    await walker.leave(small, plain);

    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    const text = page.getByRole('textbox', { name: 'Text in Markdown' });
    await text.fill(`${releasing}\nThen quarantine the batch for the quokkas.\n`);
    await page.getByRole('region', { name: 'As readers will see it' }).getByText('quarantine the batch').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Published “Releasing”').waitFor();
    await text.waitFor({ state: 'detached' });
    await main.getByText('quarantine the batch').waitFor();

    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Search' });
    await palette.getByRole('combobox').pressSequentially('quarentine');
    const hit = palette.getByRole('option').filter({ hasText: 'Releasing' }).first();
    await hit.waitFor();
    await palette.getByText('quarantine').first().waitFor();
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'hidden' });
    await main.getByText('quarantine the batch').waitFor();
    expect(new URL(page.url()).pathname).toBe('/p/walk-notes/guides/releasing');
    nothingWrong(screen);
  });

  /** Controls of a drawer that a notice covers. */
  const under = (page: Page) =>
    page.evaluate<string[]>(`[...document.querySelectorAll('[role=dialog] :is(a, button, input, select, textarea)')].flatMap((control) => {
      const { left, top, width, height } = control.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit?.closest('.toasts') && !control.closest('.toasts') ? [control.outerHTML] : [];
    })`);
  const cell = (page: Page, project: string, week: string): Locator =>
    page.getByRole('button', { name: new RegExp(`^${project}, week of ${week}: `) });
  /** Coverage of a project in weeks, in the words of its cells. */
  const states = async (page: Page, project: string, weeks: readonly string[]): Promise<string> => {
    const names = await Promise.all(weeks.map((week) => cell(page, project, week).ariaSnapshot()));
    return names.map((name) => /: ([\w ]+), [\d.]+ h sidekick/.exec(name)?.[1]).join(', ');
  };
  const covered = (page: Page, words: string) => page.getByText(words).waitFor();

  test('staffs at 1280: sees a gap, stretches a bar over it by drag, undoes, closes it from the gap, undoes', async () => {
    const screen = await walker.signedIn(/Helena Prado/, wide);
    const { page } = screen;
    const become = (wanted: string) =>
      until(`Atlas to be ${wanted}`, async () => (await states(page, 'Atlas', ['7 Dec', '14 Dec', '21 Dec'])) === wanted, 20);
    const open = 'no sidekick, no sidekick, alone';
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Timeline' }).click();
    await covered(page, '94 of 129 project-weeks covered');
    await become(open);

    const bar = page.getByRole('button', { name: /^Tomás Reis · sidekick · 8 h a week · confirmed · 5 Oct – 6 Dec/ });
    const from = await boxOf(bar);
    const strip = cell(page, 'Atlas', '7 Dec');
    const week = await boxOf(strip);
    await bar.hover();
    const words = page.locator('.tipb', { hasText: 'Tomás Reis' });
    await words.waitFor();
    const tip = await boxOf(words);
    expect(tip.y + tip.height <= week.y || tip.y >= week.y + week.height).toBe(true);
    const x = from.x + from.width - 3;
    const y = from.y + from.height / 2;
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const weeks of [0.5, 1.5, 3]) await page.mouse.move(x + weeks * week.width, y, { steps: 3 });
    await page.getByText('Tomás Reis, sidekick on Atlas, now 5 Oct – 27 Dec').waitFor();
    await page.mouse.up();
    await become('covered, off, covered');
    await covered(page, '96 of 129 project-weeks covered');
    await page.getByRole('main').getByRole('button', { name: 'Undo', exact: true }).click();
    await become(open);
    await covered(page, '94 of 129 project-weeks covered');

    const there = await boxOf(cell(page, 'Forest Watch', '30 Nov'));
    await page.mouse.move(from.x + from.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2, there.y + there.height / 2, { steps: 6 });
    await page.getByText('Tomás Reis, sidekick on Forest Watch, now 5 Oct – 6 Dec').waitFor();
    await page.mouse.up();
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('Tomás Reis, sidekick on Forest Watch, now 5 Oct – 6 Dec').waitFor();
    await until('Atlas to lose its sidekick', async () => (await states(page, 'Atlas', ['30 Nov'])) === 'no sidekick', 20);
    await notices.getByRole('button', { name: 'Undo' }).last().click();
    await notices.getByText(/^Undone: Tomás Reis,? sidekick on Forest Watch/).waitFor();
    await until('Atlas to have it back', async () => (await states(page, 'Atlas', ['30 Nov'])) === 'covered', 20);

    await cell(page, 'Atlas', '7 Dec').click();
    const gap = page.getByRole('dialog', { name: /^Atlas/ });
    await gap.getByText('Noor Haddad').first().waitFor();
    await gap.getByRole('button', { name: 'Assign Noor as sidekick, 8 h/week' }).click();
    await become('covered, covered, covered');
    await covered(page, '97 of 129 project-weeks covered');
    await page.getByRole('button', { name: /^Noor Haddad · sidekick · 8 h a week · confirmed · 7 Dec – 27 Dec/ }).waitFor();
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).last().click();
    await become(open);
    nothingWrong(screen);
  });

  test('in a drawer what a refused Save or Remove asks for comes into view, and no notice stands over it', async () => {
    const { page } = await walker.signedIn(/Helena Prado/, { viewport: { width: 1280, height: 860 } });
    await page.goto('/people');
    await page.getByRole('main').getByRole('link', { name: 'Tomás Reis' }).click();
    const edit = page.getByRole('link', { name: 'Edit', exact: true });
    await edit.click();
    const form = page.getByRole('dialog');
    /** With the focus on it or in it. */
    const isInView = (what: Locator) =>
      until('it to be in view', async () => {
        const { y, height } = await boxOf(what);
        const isFocused = await what.evaluate((it) =>
          (it as unknown as { matches(selector: string): boolean }).matches(':focus, :focus *'),
        );
        return isFocused && y >= 0 && y + height <= 860;
      });
    const name = form.getByRole('textbox', { name: 'Name', exact: true });
    const remove = form.getByRole('button', { name: 'Remove', exact: true });
    await name.fill('');
    await remove.scrollIntoViewIfNeeded();
    await form.getByRole('button', { name: 'Save' }).click();
    await isInView(name);
    await name.fill('Tomás Reis Lopes');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).waitFor();
    await edit.click();
    await remove.waitFor();
    await until('the notice to stand over nothing', async () => (await under(page)).length === 0);
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).waitFor();
    await remove.click();
    await isInView(form.getByRole('alert'));
  });

  test('staffs at 390 by form, sees the coverage change, and undoes', async () => {
    const screen = await walker.signedIn(/Helena Prado/, phone);
    const { page } = screen;
    const become = (wanted: string) =>
      until(`River Basins to be ${wanted}`, async () => (await states(page, 'River Basins', ['21 Dec'])) === wanted, 20);
    await page.getByRole('link', { name: 'Timeline' }).click();
    for (let week = 0; week < 3; week += 1) await page.getByRole('button', { name: 'The week after' }).click();
    await cell(page, 'River Basins', '21 Dec').waitFor();
    await become('off');
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'New assignment' });
    await form.getByRole('combobox', { name: 'Project' }).selectOption('River Basins');
    await form.getByRole('textbox', { name: 'From – to' }).fill('21 dec - 27 dec');
    await form.getByRole('textbox', { name: 'Hours a week' }).fill('6');
    await form.getByText('1 week').waitFor();
    await form.getByRole('radio', { name: /Jonas Weber/ }).check();
    await form.getByRole('button', { name: 'Assign', exact: true }).click();
    await form.waitFor({ state: 'hidden' });
    await become('covered');
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).last().click();
    await become('off');
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    nothingWrong(screen);
  });
});

const releasing = `# Releasing

## Before

- [x] Ask
- [ ] Wait

\`\`\`ts
const flag = true;
\`\`\`

> [!WARNING]
> Mind the queue.

\`\`\`mermaid
graph LR
  A --> B
\`\`\`

| flag | state |
|------|-------|
| new  | off   |

## Roll back

Turn the flag off.

Then tell everybody.

<details><summary>Who is asked</summary>

Ask the one on call.

</details>
`;
