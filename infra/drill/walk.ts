import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ulid } from 'ulid';

export interface WalkOptions {
  /** Where a browser finds the portal: its PUBLIC_URL. */
  url: string;
  /** One-time link of the first manager; without it the account below signs in. */
  link?: string | undefined;
  email: string;
  password: string;
  executablePath: string;
  /** Folder for a picture after each step. */
  pictures?: string | undefined;
  say?: (line: string) => void;
}

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
const week = 7 * 86_400_000;
/** Milliseconds that a step may take; a cold cluster on a busy machine is slow. */
const patience = 90_000;

/** The main job in a browser against a running portal: sign in, import, read, find, staff. Rejects at the first step that fails. */
export async function walk(options: WalkOptions): Promise<void> {
  const browser: Browser = await chromium.launch({ executablePath: options.executablePath, args: flags });
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-walk-'));
  try {
    const context = await browser.newContext({ baseURL: options.url, viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    await steps(context, folder, options);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function steps(context: BrowserContext, folder: string, options: WalkOptions): Promise<void> {
  const { say = () => undefined, pictures } = options;
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const name = `walk-${ulid().slice(-6).toLowerCase()}`;
  let step = 0;
  const did = async (what: string) => {
    step += 1;
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${step}-${what.replaceAll(' ', '-')}.png`) });
    }
    say(`ok ${what}`);
  };
  await signIn(page, options);
  await did('signed in');
  await importHandbook(page, join(folder, name));
  await did('imported');
  await read(page, name);
  await did('read');
  await find(page);
  await did('found');
  await staff(page, name);
  await did('staffed');
}

async function signIn(page: Page, { link, email, password }: WalkOptions): Promise<void> {
  await page.goto(link ?? '/');
  if (link) await page.getByLabel('Your name').fill('Helena Prado');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: link ? 'Make the account' : 'Sign in', exact: true }).click();
  // What nobody sees who is not signed in.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Timeline' }).waitFor();
}

async function importHandbook(page: Page, folder: string): Promise<void> {
  mkdirSync(join(folder, 'guides'), { recursive: true });
  writeFileSync(join(folder, 'index.md'), '# Walk notes\n\nSee [releasing](guides/releasing.md#roll-back).\n');
  writeFileSync(join(folder, 'guides/releasing.md'), '# Releasing\n\n## Roll back\n\nQuarantine the batch, then turn the flag off.\n');
  await page.goto('/handbook/import');
  if (!(await page.getByLabel('Folder of the handbook').count())) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Handbook' }).click();
    await page.getByRole('link', { name: 'Import' }).first().click();
  }
  await page.getByLabel('Folder of the handbook').setInputFiles(folder);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: '2 Created' }).waitFor();
}

async function read(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Read the pages' }).click();
  const main = page.getByRole('main');
  await main.getByRole('heading', { level: 1, name: 'Walk notes' }).waitFor();
  await main.getByRole('link', { name: 'releasing', exact: true }).click();
  await main.getByRole('heading', { level: 1, name: 'Releasing' }).waitFor();
  await main.getByText('Quarantine the batch').waitFor();
  const { pathname } = new URL(page.url());
  if (pathname !== `/p/${name}/guides/releasing`) throw new Error(`the page stands at ${pathname}`);
}

/** By a misspelt word, once search has heard of the page. */
async function find(page: Page): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    await page.goto('/search?q=quarentine+batch');
    const hit = page.getByRole('main').getByRole('link').filter({ hasText: 'Roll back' }).first();
    const there = await hit.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (there) {
      await hit.click();
      await page.getByRole('main').getByRole('heading', { level: 1, name: 'Releasing' }).waitFor();
      return;
    }
    if (Date.now() > end) throw new Error('search does not find the imported page');
  }
}

/** Two people and a project are made through the API of the same session; the weeks are staffed by the form of the timeline. */
async function staff(page: Page, name: string): Promise<void> {
  const day = (from: number) => new Date(from).toISOString().slice(0, 10);
  const monday = Date.parse(day(Date.now())) - ((new Date().getUTCDay() + 6) % 7) * 86_400_000 + week;
  const from = day(monday);
  const to = day(monday + 3 * week - 86_400_000);
  const patterns = [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }];
  const person = (who: string) => ({
    do: 'create',
    kind: 'person',
    id: ulid(),
    record: { patterns, private: { name: `${who} ${name}`, email: null, note: null } },
  });
  const project = { do: 'create', kind: 'project', id: ulid(), record: { name: `Atlas ${name}`, from, to } };
  const commands = [person('Ana'), person('Tomás'), project];
  const origin = new URL(page.url()).origin;
  const answer = await page.request.post('/api/v1/changes', { data: { id: ulid(), commands }, headers: { origin } });
  if (answer.status() !== 201) throw new Error(`people and project were not made: ${answer.status()} ${await answer.text()}`);
  await page.goto('/staffing');
  const cells = (state: string) => page.getByRole('button', { name: new RegExp(`^Atlas ${name}, week of .*: ${state}`) });
  await cells('no sidekick').first().waitFor();
  await assign(page, { project: `Atlas ${name}`, role: 'Lead', days: `${from} - ${to}`, hours: '24', who: `Ana ${name}` });
  await assign(page, { project: `Atlas ${name}`, role: 'Sidekick', days: `${from} - ${to}`, hours: '8', who: `Tomás ${name}` });
  await cells('covered').nth(2).waitFor();
}

interface Assigning {
  project: string;
  role: string;
  days: string;
  hours: string;
  who: string;
}
async function assign(page: Page, { project, role, days, hours, who }: Assigning): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Assign', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'New assignment' });
  await form.getByRole('combobox', { name: 'Project' }).selectOption(project);
  await form.getByText(role, { exact: true }).click();
  await form.getByRole('textbox', { name: 'From – to' }).fill(days);
  await form.getByRole('textbox', { name: 'Hours a week' }).fill(hours);
  await form.getByRole('radio', { name: new RegExp(who) }).check();
  await form.getByRole('button', { name: 'Assign', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
}

/** `npm run drill -- walk --url URL [--link LINK] [--pictures FOLDER]`; the account is SIDEKICK_EMAIL and SIDEKICK_PASSWORD. */
export async function walkDrill(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values } = parseArgs({ args, options: { url: { type: 'string' }, link: { type: 'string' }, pictures: { type: 'string' } } });
  const url = values.url ?? env['SIDEKICK_URL'];
  if (!url) throw new Error('Say where the portal is: --url http://127.0.0.1:8080');
  await walk({
    url,
    link: values.link,
    email: env['SIDEKICK_EMAIL'] ?? 'helena@example.org',
    password: env['SIDEKICK_PASSWORD'] ?? 'correct horse battery',
    executablePath: env['CHROMIUM'] ?? '/usr/bin/chromium',
    pictures: values.pictures,
    say: console.log,
  });
  return 0;
}
