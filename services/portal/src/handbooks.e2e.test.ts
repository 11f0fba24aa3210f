import { appendFileSync, chmodSync, cpSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ImportReport } from '@sidekick/contracts';
import { describeIf, sidekickData } from '@sidekick/testing';
import { counts, importReport, none } from './testing/import-command.ts';
import { all } from './testing/lists.ts';
import { aFolder, type PortalProcess, portalProcess } from './testing/portal-process.ts';
import { webBuilt } from './testing/web-built.ts';

jest.setTimeout(120_000);

const data = sidekickData('handbooks');

describeIf(data !== null, 'real handbooks (SIDEKICK_DATA)', 'the real handbooks', () => {
  let portal: PortalProcess;
  let folder: string;
  const importFolder = (path: string) => importReport([path], { SIDEKICK_DATA_FOLDER: portal.folder });
  const reports = new Map<string, ImportReport>();
  const books = ['cwe-playbook', 'just-the-docs'];
  beforeAll(async () => {
    await webBuilt();
    portal = await portalProcess({ args: ['--empty', '--today', '2026-11-30'] });
    folder = aFolder();
    for (const name of books) reports.set(name, await importFolder(join(data ?? '', name)));
  });

  afterAll(async () => {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
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
    expect(counts(await importFolder(copy))).toEqual({ ...none, unchanged: 246 });
    expect(await all(portal.command, '/pages')).toEqual(before);

    appendFileSync(join(copy, 'docs/ISE.md'), '\nA line more.\n');
    rmSync(join(copy, 'docs/security/rules-of-engagement.md'));
    renameSync(join(copy, 'docs/code-reviews/recipes/bash.md'), join(copy, 'docs/code-reviews/recipes/shell.md'));
    const report = await importFolder(copy);
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
