import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ImportReport } from '@sidekick/contracts';
import { describeIf, runScript, sidekickData, until } from '@sidekick/testing';
import { all } from './testing/lists.ts';
import { aFolder, type PortalProcess, portalProcess } from './testing/portal-process.ts';
import { webBuilt } from './testing/web-built.ts';

jest.setTimeout(120_000);

let portal: PortalProcess;
let folder: string;
beforeAll(async () => {
  await webBuilt();
  portal = await portalProcess({ args: ['--empty', '--today', '2026-11-30'] });
  folder = aFolder();
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: string[], env: Record<string, string> = { SIDEKICK_DATA_FOLDER: portal.folder }) =>
  runScript('infra/scripts/import.ts', args, env).ended;

/** `npm run import -- … --json`: the last line of stdout is the report. */
async function importFolder(args: string[], env?: Record<string, string>): Promise<ImportReport> {
  const { code, out, errors } = await run([...args, '--json'], env);
  if (code !== 0) throw new Error(errors);
  expect(errors).toMatch(/\[#{30}\] \d+ of \d+\n/);
  return ImportReport.parse(JSON.parse(out.trimEnd().split('\n').at(-1) ?? ''));
}

const counts = ({ created, updated, unchanged, moved, archived, merged, kept, failed }: ImportReport) => ({
  ...{ created, updated, unchanged, moved, archived, merged },
  kept: kept.length,
  failed: failed.length,
});
const none = { created: 0, updated: 0, unchanged: 0, moved: 0, archived: 0, merged: 0, kept: 0, failed: 0 };

describe('a folder', () => {
  const write = (path: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const find = (path: string) => portal.command.api('get', `/pages/find?path=${encodeURIComponent(path)}`);

  test('changed, removed and moved files are updated, archived and moved with a redirect, and a damaged one is named', async () => {
    const root = join(folder, 'team notes');
    write('team notes/README.md', '# Team notes\n\nSee [releasing](guides/releasing.md#roll-back) and [reviews](reviews.md).\n');
    write('team notes/guides/releasing.md', '# Releasing\n\n## Roll back\n\nAsk first.\n');
    write('team notes/reviews.md', '# Reviews\n\nTwo people.\n');
    write('team notes/old.md', '# Old\n\nNobody needs this.\n');
    write('team notes/latin.md', Buffer.from('# Caf\xe9\n', 'latin1'));
    write('team notes/_drafts/secret.md', '# Left out\n');
    symlinkSync('.', join(root, 'again'));
    symlinkSync('/etc/hostname', join(root, 'outside.md'));
    const first = await importFolder([root]);
    expect(counts(first)).toEqual({ ...none, created: 4, failed: 3 });
    expect(first).toMatchObject({ source: 'team notes', missing: [] });
    expect(first.failed.map(({ path }) => path).sort()).toEqual(['again', 'latin.md', 'outside.md']);
    expect((await find('team notes/_drafts/secret')).status).toBe(404);
    const old = (await find('team notes/old')).body;

    expect(counts(await importFolder([root]))).toEqual({ ...none, unchanged: first.created, failed: first.failed.length });

    write('team notes/reviews.md', '# Reviews\n\nTwo people, within a day.\n');
    rmSync(join(root, 'old.md'));
    write('team notes/how/.keep', '');
    renameSync(join(root, 'guides/releasing.md'), join(root, 'how/releasing.md'));
    write('team notes/README.md', '# Team notes\n\nSee [releasing](how/releasing.md#roll-back) and [reviews](reviews.md).\n');
    const again = await importFolder([root]);
    expect(counts(again)).toEqual({
      ...none,
      updated: 2,
      archived: 1,
      moved: 1,
      unchanged: first.created - 4,
      failed: first.failed.length,
    });
    expect((await find('team notes/reviews')).body.html).toContain('within a day');
    expect((await find('team notes/old')).body.status).toBe('archived');
    expect(JSON.stringify((await portal.command.api('get', '/tree')).body)).not.toContain('team notes/old');
    await until('the archived page to leave search', async () => {
      const { body } = await portal.command.api('get', '/search?q=%22nobody+needs+this%22');
      return body.total === 0;
    });
    expect((await find('team notes/guides/releasing')).body.path).toBe('team notes/how/releasing');
    expect(await portal.command.open('/p/team%20notes/guides/releasing')).toMatchObject({
      status: 301,
      headers: { location: '/p/team%20notes/how/releasing' },
    });
    expect((await portal.command.api('get', `/pages/${old.id}/revisions`)).status).toBe(200);
  });

  test('is sent by an address and a token from elsewhere, under a path and a key of choice, public when asked', async () => {
    write('elsewhere/a.md', '# Alpha page\n');
    const { body } = await portal.command.api('get', '/people');
    expect(body.items).toEqual([]);
    const access = JSON.parse(readFileSync(join(portal.folder, 'local-access.json'), 'utf8')) as { url: string; token: string };
    const env = { SIDEKICK_DATA_FOLDER: join(folder, 'nothing-here'), SIDEKICK_URL: access.url, SIDEKICK_TOKEN: access.token };
    const report = await importFolder([join(folder, 'elsewhere'), '--source', 'shared', '--into', 'guides/shared', '--public'], env);
    expect(report).toMatchObject({ source: 'shared', created: 1 });
    expect((await portal.browser().api('get', '/pages/find?path=guides/shared/a')).body).toMatchObject({ visibility: 'public' });
    const wrong = await run([join(folder, 'elsewhere')], { ...env, SIDEKICK_TOKEN: 'not-a-token' });
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.errors).toContain('This API token is not valid');
  });

  test('that is not there, or without a portal, ends with one line', async () => {
    const missing = await run([join(folder, 'no-such-folder')]);
    expect(missing.code).toBe(1);
    expect(missing.errors.trimEnd().split('\n')).toHaveLength(1);
    write('some/a.md', '# A\n');
    const nobody = await run([join(folder, 'some')], { SIDEKICK_DATA_FOLDER: join(folder, 'nothing-here') });
    expect(nobody).toMatchObject({ code: 1, errors: expect.stringMatching(/^No portal has run with the data folder [^\n]+\n$/) });
  });

  test('an edit that is saved is found by search', async () => {
    write('edited/page.md', '# A page to edit\n\nSome words.\n');
    await importFolder([join(folder, 'edited')]);
    const { id, version } = (await find('edited/page')).body;
    const save = { body: { body: '# A page to edit\n\nNow about quokkas.\n' }, headers: { 'if-match': `"${version}"` } };
    expect((await portal.command.api('patch', `/pages/${id}`, save)).status).toBe(200);
    const hits = await until('the edit in search', async () => {
      const { body } = await portal.command.api('get', '/search?q=quokka');
      return body.items.length > 0 ? body.items : null;
    });
    expect(hits).toMatchObject([{ type: 'section', id, path: 'edited/page' }]);
    expect(JSON.stringify(hits)).toContain('quokkas');
  });
});

const data = sidekickData('handbooks');

describeIf(data !== null, 'real handbooks (SIDEKICK_DATA)', 'the real handbooks', () => {
  const reports = new Map<string, ImportReport>();
  const books = ['cwe-playbook', 'just-the-docs'];
  beforeAll(async () => {
    for (const name of books) reports.set(name, await importFolder([join(data ?? '', name)]));
  });

  test('cwe-playbook: 246 pages; missing are 1 image, 2 targets and 5 anchors', () => {
    const report = reports.get('cwe-playbook') as ImportReport;
    expect(counts(report)).toEqual({ ...none, created: 246 });
    const missing = (kind: string) => report.missing.filter((one) => one.kind === kind).map(({ target }) => target);
    expect(missing('image')).toEqual(['./images/teams-appium-inspector.png']);
    expect([...missing('file'), ...missing('page')]).toEqual(['./lychee.toml', '../../privacy/README.md']);
    expect(missing('anchor')).toEqual([
      ...['#resources', '#resources-1', '#resources-2', '#resources-3'],
      '../../code-reviews/recipes/markdown.md#vs-code-extensions',
    ]);
    expect(report.missing).toHaveLength(8);
  });

  test('just-the-docs: every page, nothing missing but the change log that it leaves out', () => {
    const report = reports.get('just-the-docs') as ImportReport;
    expect(counts(report)).toEqual({ ...none, created: 44 });
    expect(report.missing).toEqual([{ page: 'index.md', target: 'CHANGELOG.md', kind: 'page' }]);
  });

  test('every link and image of every served page answers, and its anchor is in the page it leads to', async () => {
    const pages = (await all(portal.command, '/pages')).filter(({ source }) => books.includes(source));
    expect(pages).toHaveLength(290);
    const served = new Map<string, Promise<{ status: number; html: string }>>();
    const get = (address: string) => {
      const known = served.get(address) ?? portal.command.open(address).then(({ status, body }) => ({ status, html: String(body) }));
      served.set(address, known);
      return known;
    };
    const known = new Set([...reports.values()].flatMap(({ missing }) => missing.map(({ target }) => target.replace(/.*#/, ''))));
    const broken: string[] = [];
    let count = 0;
    for (const { path } of pages) {
      const address = `/p/${path.split('/').map(encodeURIComponent).join('/')}`;
      const { html } = await get(address);
      for (const { url, anchor } of linksIn(html)) {
        count += 1;
        const target = url === '' ? address : url;
        const answer = await get(target);
        if (answer.status !== 200) broken.push(`${path}: ${target} answers ${answer.status}`);
        else if (anchor && !known.has(anchor) && !answer.html.includes(`id="${anchor}"`))
          broken.push(`${path}: ${target}#${anchor} is not there`);
      }
    }
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(700);
  });

  test('a second run writes nothing; a changed, a removed and a moved file are told', async () => {
    const copy = join(folder, 'cwe-playbook');
    cpSync(join(data ?? '', 'cwe-playbook'), copy, { recursive: true });
    for (const path of ['.', ...(readdirSync(copy, { recursive: true }) as string[])]) chmodSync(join(copy, path), 0o700);
    const before = await all(portal.command, '/pages');
    expect(counts(await importFolder([copy]))).toEqual({ ...none, unchanged: 246 });
    expect(await all(portal.command, '/pages')).toEqual(before);

    appendFileSync(join(copy, 'docs/ISE.md'), '\nA line more.\n');
    rmSync(join(copy, 'docs/security/rules-of-engagement.md'));
    renameSync(join(copy, 'docs/code-reviews/recipes/bash.md'), join(copy, 'docs/code-reviews/recipes/shell.md'));
    const report = await importFolder([copy]);
    const { updated, unchanged, ...rest } = counts(report);
    expect(rest).toEqual({ ...rest, created: 0, moved: 1, archived: 1, merged: 0, kept: 0, failed: 0 });
    expect(updated + unchanged).toBe(244);
    const gone = report.missing.filter(({ kind }) => kind === 'page').map(({ target }) => target.replace(/.*\//, ''));
    expect(new Set(gone)).toEqual(new Set(['README.md', 'rules-of-engagement.md']));
    expect((await portal.command.open('/p/cwe-playbook/docs/code-reviews/recipes/bash')).headers.location).toBe(
      '/p/cwe-playbook/docs/code-reviews/recipes/shell',
    );
    const others = (await all(portal.command, '/pages')).filter(({ source }) => source !== 'cwe-playbook');
    expect(others).toEqual(before.filter(({ source }) => source !== 'cwe-playbook'));
  });
});

/** Links and images of the page's text that lead into the portal. */
function linksIn(html: string): { url: string; anchor: string }[] {
  const prose = /<div class="prose">([\s\S]*)<\/div>/.exec(html)?.[1] ?? '';
  return [...prose.matchAll(/<(?:a|img)\b[^>]*? (?:href|src)="([^"]*)"/g)].flatMap(([, link = '']) => {
    const [url = '', anchor = ''] = link.replaceAll('&amp;', '&').split('#');
    return url === '' || (url.startsWith('/') && !url.startsWith('//')) ? [{ url, anchor: decodeURIComponent(anchor) }] : [];
  });
}
