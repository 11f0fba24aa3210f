import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type Ended, projectRoot, until } from '@sidekick/testing';
import { accept, printedLink } from './testing/accounts.ts';
import { all } from './testing/lists.ts';
import { aFolder, type PortalProcess, portalProcess, ready, runPortal } from './testing/portal-process.ts';

jest.setTimeout(120_000);

const ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const folderOfTest = () => {
  const folder = aFolder();
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const portalOfTest = async (options: Parameters<typeof portalProcess>[0]): Promise<PortalProcess> => {
  const portal = await portalProcess(options);
  ends.push(() => portal.close());
  return portal;
};

/** What a start that cannot be says: one line on stderr, exit 1. */
function oneLine({ code, errors }: Ended): string {
  expect(code).toBe(1);
  expect(errors.trimEnd().split('\n')).toHaveLength(1);
  return errors.trimEnd();
}

describe('a start that cannot be ends with one clear line', () => {
  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    ends.push(() => other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const line = oneLine(await runPortal(folderOfTest(), ['--empty', '--port', String(port)]).ended);
    expect(line).toBe(`Port ${port} is taken. Choose another with --port, or end what holds it.`);
  });

  test('a data folder that cannot be written', async () => {
    const file = join(folderOfTest(), 'a-file');
    writeFileSync(file, '');
    const line = oneLine(await runPortal(join(file, 'data'), ['--empty']).ended);
    expect(line).toMatch(/^The data folder \S+ cannot be written \(ENOTDIR\)\. Choose another with --data FOLDER\.$/);
  });

  test('a data folder in which a file of the portal cannot be opened', async () => {
    const folder = folderOfTest();
    mkdirSync(join(folder, 'content.db'));
    expect(oneLine(await runPortal(folder, ['--empty']).ended)).toMatch(/^The data folder cannot be opened or written: .*content\.db/);
  });

  test('a data folder that another process uses, which goes on unharmed', async () => {
    const first = await portalOfTest({ args: ['--empty'] });
    const line = oneLine(await runPortal(first.folder, ['--empty']).ended);
    expect(line).toMatch(/^The data folder is in use by another process/);
    expect((await first.command.api('get', '/people')).status).toBe(200);
  });

  test.each([
    [['--time-zone', 'Mars/Olympus'], 'timeZone'],
    [['--public-url', 'http://portal.example.org'], 'https'],
  ])('the setting %j', async (args, word) => {
    expect(oneLine(await runPortal(folderOfTest(), ['--empty', ...args]).ended)).toContain(word);
  });

  test.each([
    ['18.20.8', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.1.0', true],
  ])('Node %s: %p', (version, fine) => {
    const pretend = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
    const check = `import('./infra/scripts/installed.mjs').then(({ requireNode }) => { requireNode(); console.log('goes on'); })`;
    const options = { cwd: projectRoot, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', pretend, '-e', check], options);
    const refused = { status: 1, stdout: '', stderr: `Sidekick needs Node 20.19 or newer; this is ${version}.\n` };
    expect({ status, stdout, stderr }).toEqual(fine ? { status: 0, stdout: 'goes on\n', stderr: '' } : refused);
    if (fine) return;
    const start = spawnSync(process.execPath, ['--import', pretend, 'infra/scripts/start.mjs'], options);
    expect({ status: start.status, stdout: start.stdout, stderr: start.stderr }).toEqual(refused);
  });
});

async function counts({ command }: PortalProcess) {
  const [pages, people, projects, accounts] = [
    await all(command, '/pages'),
    await all(command, '/people'),
    await all(command, '/projects'),
    await all(command, '/accounts'),
  ];
  for (const page of pages) expect(page).toMatchObject({ source: 'sample', sample: true });
  for (const record of [...people, ...projects, ...accounts]) expect(record.sample).toBe(true);
  const different = (items: any[], name: (item: any) => string) => new Set(items.map(name)).size;
  return {
    pages: pages.length,
    paths: different(pages, ({ path }) => path),
    people: people.length,
    names: different(people, (person) => person.private.name),
    projects: projects.length,
    projectNames: different(projects, ({ name }) => name),
    accounts: accounts.length,
  };
}
const sample = { pages: 26, paths: 26, people: 14, names: 14, projects: 11, projectNames: 11, accounts: 3 };

describe('the first start', () => {
  test('fills in the sample and says how to sign in; a restart adds nothing', async () => {
    const portal = await portalOfTest({});
    expect(await counts(portal)).toEqual(sample);
    const lines = portal.out().trimEnd().split('\n');
    expect(lines.at(-2)).toMatch(
      new RegExp(`^Your own account, first manager \\(this link works once\\): ${portal.url}/accept/[\\w-]{43}$`),
    );
    expect(lines.at(-1)).toBe(`Open ${portal.url} and sign in with one click as manager, engineer or ops of the sample.`);
    expect(statSync(join(portal.folder, 'local-access.json')).mode & 0o777).toBe(0o600);
    const head = (await portal.command.api('get', '/people')).headers['staffing-head'];
    const revisions = (await all(portal.command, '/pages')).map(({ revision }) => revision).sort();
    expect((await portal.stop()).code).toBe(0);
    await portal.start();
    expect(portal.out()).not.toContain('First start');
    expect(await counts(portal)).toEqual(sample);
    expect((await portal.command.api('get', '/people')).headers['staffing-head']).toBe(head);
    expect((await all(portal.command, '/pages')).map(({ revision }) => revision).sort()).toEqual(revisions);
  });

  test('that was killed goes on at the next start, wherever it was, without doubles', async () => {
    const folder = folderOfTest();
    for (const words of ['adding a sample group', '11 projects', 'importing a sample handbook']) {
      const running = runPortal(folder, []);
      ends.push(() => running.signal('SIGKILL'));
      await until(words, () => running.out().includes(words) || running.out().includes('Open http'), 60);
      running.signal('SIGKILL');
      await running.ended;
    }
    const portal = await portalOfTest({ folder });
    expect(await counts(portal)).toEqual(sample);
    await portal.stop();
    await portal.start();
    expect(portal.out()).not.toContain('First start');
    expect(await counts(portal)).toEqual(sample);
  });

  test('fills in the sample through the address it listens on, wherever browsers find it', async () => {
    const portal = await portalOfTest({ args: ['--host', '0.0.0.0', '--public-url', 'https://portal.example.org'] });
    expect(portal.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await counts(portal)).toEqual(sample);
    expect(portal.out()).toContain('\nOpen https://portal.example.org after that.');
    expect((await portal.browser().open('/')).status).toBe(400);
  });

  test('with --empty fills in nothing, also not later', async () => {
    const portal = await portalOfTest({ args: ['--empty'] });
    const empty = { pages: 0, paths: 0, people: 0, names: 0, projects: 0, projectNames: 0, accounts: 0 };
    expect(await counts(portal)).toEqual(empty);
    expect(portal.out()).toContain(`Open ${portal.url} after that.`);
    await portal.stop();
    const again = runPortal(portal.folder, []);
    ends.push(() => again.signal('SIGKILL'));
    await ready(again);
    expect(again.out()).not.toContain('First start');
  });
});

test('--recover prints a link to get back in: of the portal that runs, or, where none runs, of the one it starts', async () => {
  const portal = await portalOfTest({ args: ['--empty'] });
  const helena = portal.browser();
  await accept(helena, printedLink(portal.out()), 'helena@example.org');
  const printed = (out: string) => /works once, for 24 hours\): (\S+)/.exec(out)?.[1] ?? '';
  const recover = (link: string, password: string) =>
    portal.browser().api('post', '/auth/recover', { body: { token: link.split('/').at(-1), password } });

  const beside = await runPortal(portal.folder, ['--recover', 'Helena@example.org']).ended;
  expect({ code: beside.code, link: printed(beside.out) }).toEqual({ code: 0, link: expect.stringContaining(`${portal.url}/recover/`) });
  await until('the session to end', async () => (await helena.api('get', '/me')).status === 401);
  expect((await recover(printed(beside.out), 'a new long password')).status).toBe(200);
  expect(oneLine(await runPortal(portal.folder, ['--recover', 'nobody@example.org']).ended)).toMatch(/^No account that may sign in/);

  await portal.stop();
  const alone = runPortal(portal.folder, ['--empty', '--recover', 'helena@example.org']);
  ends.push(() => alone.signal('SIGKILL'));
  await ready(alone);
  const link = printed(alone.out());
  const { status } = await fetch(`${new URL(link).origin}/api/v1/auth/recoveries/${link.split('/').at(-1)}`);
  expect(status).toBe(200);
});
