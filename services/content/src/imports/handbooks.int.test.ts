import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ImportView, PageSummary, PageView, TreeNodeView } from '@sidekick/contracts';
import { anEngineer, describeIf, sidekickData } from '@sidekick/testing';
import { contentKit, filesIn, type Kit } from '../testing/kit.test.helper.ts';

const data = sidekickData('handbooks');

describeIf(data !== null, 'real handbooks (SIDEKICK_DATA)', 'the two real handbooks', () => {
  let kit: Kit;
  const reports = new Map<string, ImportView>();
  const pages = new Map<string, PageView>();
  const importOne = (name: string) => kit.importFiles(filesIn(join(data ?? '', name)), `source=${name}`);

  beforeAll(async () => {
    kit = await contentKit();
    for (const name of ['cwe-playbook', 'just-the-docs']) reports.set(name, await importOne(name));
    for (let cursor: string | null = ''; cursor !== null; ) {
      const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const list: { items: PageSummary[]; nextCursor: string | null } = (
        await kit.client.ask('get', `/pages?limit=200${more}`, { as: anEngineer })
      ).body;
      for (const { id, path } of list.items) pages.set(path, (await kit.client.ask('get', `/pages/${id}`, { as: anEngineer })).body);
      cursor = list.nextCursor;
    }
  }, 300_000);
  afterAll(() => kit.close());

  /** Links of the pages of a handbook as they are served; anchors of headings, footnotes and pages offered behind dead links aside. */
  const linksOf = (name: string) =>
    [...pages.values()]
      .filter(({ path }) => path === name || path.startsWith(`${name}/`))
      .flatMap((page) =>
        [
          ...page.html
            .replaceAll(/<span class="likely">.*?<\/span>/g, '')
            .matchAll(/<(?:a href|img src)="([^"]*)"(?! class="an"| class="footnote| id="fnref)/g),
        ].map((match) => {
          const [path = '', anchor = ''] = (match[1] ?? '').replaceAll('&amp;', '&').split('#').map(decodeURIComponent);
          return { page, path, anchor, image: match[0].startsWith('<img') };
        }),
      );

  test('cwe-playbook: every page, link, anchor and image arrives, and what is missing is named', () => {
    const { report } = reports.get('cwe-playbook') as ImportView;
    expect(report).toMatchObject({ created: 246, failed: [], kept: [] });
    expect(report.missing).toEqual([
      { page: 'CONTRIBUTING.md', target: './lychee.toml', kind: 'file' },
      ...['#resources', '#resources-1', '#resources-2', '#resources-3'].map((target) => ({
        page: 'docs/UI-UX/recommended-technologies.md',
        target,
        kind: 'anchor',
      })),
      { page: 'docs/automated-testing/ui-testing/teams-tests.md', target: './images/teams-appium-inspector.png', kind: 'image' },
      { page: 'docs/design/design-patterns/non-functional-requirements-capture-guide.md', target: '../../privacy/README.md', kind: 'page' },
      {
        page: 'docs/documentation/tools/automation.md',
        target: '../../code-reviews/recipes/markdown.md#vs-code-extensions',
        kind: 'anchor',
      },
    ]);
    const links = linksOf('cwe-playbook');
    const toPages = links.filter(({ path }) => pages.has(path.replace('/p/', '')) && path.startsWith('/p/'));
    const toFolders = links.filter(({ path }) => path.startsWith('/p/') && !pages.has(path.replace('/p/', '')));
    // Of 531 to pages one is missing; of 12 to folders one has a page.
    expect(toPages).toHaveLength(531 - 1 + 1);
    expect(toPages.filter(({ anchor }) => anchor)).toHaveLength(93);
    expect(toFolders).toHaveLength(11);
    expect(links.filter(({ path, anchor }) => path === '' && anchor)).toHaveLength(84);
    expect(links.filter(({ image, path }) => image && path.startsWith('/api/v1/attachments/'))).toHaveLength(101 - 1);
    expect(links.filter(({ image, path }) => !image && path.startsWith('/api/v1/attachments/'))).toHaveLength(2);
  });

  test.each(['cwe-playbook', 'just-the-docs'])('%s: anchors lead to headings that are there', (name) => {
    const missing = new Set(reports.get(name)?.report.missing.map(({ target }) => target.replace(/.*#/, '')));
    const broken = linksOf(name).filter(({ page, path, anchor }) => {
      if (!anchor || missing.has(anchor) || (path !== '' && !path.startsWith('/p/'))) return false;
      const target = path === '' ? page : pages.get(path.replace('/p/', ''));
      return !target?.html.includes(`id="${anchor.replaceAll('&', '&amp;')}"`);
    });
    expect(broken.map(({ page, path, anchor }) => `${page.path}: ${path}#${anchor}`)).toEqual([]);
  });

  test('links ignore case and punctuation in anchors, and a query after an image', () => {
    const guide = pages.get('cwe-playbook/docs/documentation/guidance/project-and-repositories');
    expect(guide?.html).toContain('/p/cwe-playbook/docs/design/design-reviews/decision-log#architecture-decision-record-adr"');
    expect(linksOf('cwe-playbook').filter(({ path }) => path.includes('?') && /^\/(?!new\?)/.test(path))).toEqual([]);
  });

  test('a folder without a page is in the tree with its children', async () => {
    const { body } = await kit.client.ask<{ items: TreeNodeView[] }>('get', '/tree', { as: anEngineer });
    const find = (nodes: TreeNodeView[], path: string): TreeNodeView | undefined =>
      nodes.flatMap((node) => [node, find(node.children, path) ?? []].flat()).find((node) => node.path === path);
    const folder = find(body.items, 'cwe-playbook/docs/non-functional-requirements');
    expect(folder).toMatchObject({ id: null, title: 'Non functional requirements' });
    expect(folder?.children.length).toBeGreaterThan(0);
    const count = (nodes: TreeNodeView[]): number => nodes.reduce((sum, node) => sum + (node.id ? 1 : 0) + count(node.children), 0);
    const excluded = [...pages.values()].filter(({ place }) => place.exclude).length;
    expect(count(body.items)).toBe(246 + 44 - excluded);
  });

  test('just-the-docs: Liquid links, permalinks and kramdown; nothing is missing but the change log', () => {
    const { report } = reports.get('just-the-docs') as ImportView;
    expect(report).toMatchObject({ created: 44, failed: [] });
    expect(report.missing).toEqual([{ page: 'index.md', target: 'CHANGELOG.md', kind: 'page' }]);
    const minimal = pages.get('just-the-docs/docs/minimal-test');
    expect(minimal?.html).toContain('href="/p/just-the-docs"');
    expect(minimal?.html).toContain('href="/p/just-the-docs/docs/customization#custom-layouts-and-includes"');
    const kitchenSink = pages.get('just-the-docs/docs/index-test');
    expect([...(kitchenSink?.html ?? '').matchAll(/src="\/api\/v1\/attachments\/[0-9a-f]{64}\/(?:small|large)-image\.jpg"/g)]).toHaveLength(
      2,
    );
    for (const { html } of [...pages.values()].filter(({ path }) => path.startsWith('just-the-docs'))) {
      const prose = html.replaceAll(/<pre[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>/g, '');
      expect(prose).not.toMatch(/\{:|\{%|\{\{|style=/);
    }
  });

  test('just-the-docs: the tree is that of the front matter, repeated titles told apart', () => {
    const above = (path: string) => pages.get(`just-the-docs/${path}`)?.breadcrumb.map(({ title }) => title);
    const home = pages.get('just-the-docs');
    expect(above('docs/configuration')).toEqual([home?.title]);
    expect(above('docs/navigation/main/yu')).toEqual([home?.title, 'Navigation', 'Main Navigation', 'Ancestry', 'Y', 'S', 'T']);
    expect(above('docs/navigation/main/xu')).toEqual([home?.title, 'Navigation', 'Main Navigation', 'Ancestry', 'X', 'S', 'T']);
    expect(pages.get('just-the-docs/docs/navigation/main/xs')?.children.map(({ path }) => path)).toEqual([
      'just-the-docs/docs/navigation/main/xt',
    ]);
    expect(home?.children.map(({ title }) => title).slice(0, 4)).toEqual(['Configuration', 'UI Components', 'Utilities', 'Layout']);
  });

  test('a second run writes nothing', async () => {
    for (const [name, count] of [
      ['cwe-playbook', 246],
      ['just-the-docs', 44],
    ] as const) {
      const again = await importOne(name);
      expect(again.report).toMatchObject({ created: 0, updated: 0, moved: 0, archived: 0, merged: 0, unchanged: count });
      expect(again.report.missing).toEqual(reports.get(name)?.report.missing);
    }
    for (const { path, id, version, revision } of pages.values()) {
      const { body } = await kit.client.ask('get', `/pages/${id}`, { as: anEngineer });
      expect({ path, version: body.version, revision: body.revision }).toEqual({ path, version, revision });
    }
  }, 300_000);
});
