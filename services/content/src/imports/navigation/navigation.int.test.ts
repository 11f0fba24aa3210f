import { expect, test } from '@jest/globals';
import { anEngineer } from '@sidekick/testing';
import { kitForEach, pagesByPath, titlesIn } from '../../testing/pages.test.helper.ts';

const kit = kitForEach();
const { tree } = pagesByPath(kit);

test('the order and titles of a navigation are followed, and what is not followed is told', async () => {
  const mkdocs = await kit.importFiles(
    {
      'mkdocs.yml':
        'nav:\n  - B first: z.md\n  - Part:\n      - part/index.md\n      - elsewhere/x.md\n  - A: a.md\nexclude_docs: |\n  no/\ndraft_docs: wip.md\n',
      'docs/z.md': '# Z\n',
      'docs/a.md': '# A\n',
      'docs/part/index.md': '# Part\n',
      'docs/elsewhere/x.md': '# X\n',
      'docs/no/n.md': '# N\n',
      'docs/wip.md': '# Wip\n',
    },
    'source=mk&into=mk',
  );
  expect(mkdocs.report).toMatchObject({
    created: 5,
    drafts: [{ title: 'Wip' }],
    leftOut: [{ path: 'docs/no/n.md' }, { path: 'mkdocs.yml' }],
  });
  expect(titlesIn((await tree(anEngineer)).filter(({ path }) => path === 'mk'))).toEqual(['Mk', 'B first', 'Part', 'X', 'A']);
  await kit.importFiles(
    {
      'SUMMARY.md': '# Summary\n\n* [Last letter](z.md)\n  * [Inner](a/in.md)\n* [First letter](a.md)\n',
      'z.md': '# Z\n',
      'a.md': '# A\n',
      'a/in.md': '# In\n',
    },
    'source=gb&into=gb',
  );
  expect(titlesIn((await tree(anEngineer)).filter(({ path }) => path === 'gb'))).toEqual(['Gb', 'Z', 'In', 'A']);
  const docusaurus = await kit.importFiles(
    {
      'x.md': '---\nsidebar_position: 2\nsidebar_label: Short\n---\n# Eks\n',
      'y.md': '---\nsidebar_position: 1\n---\n# Ypsilon\n',
      'sub/_category_.json': '{ "position": 3 }',
      'sub/s.md': '# S\n',
      'sidebars.js': 'x',
    },
    'source=du&into=du',
  );
  expect(titlesIn((await tree(anEngineer)).filter(({ path }) => path === 'du'))).toEqual(['Du', 'Ypsilon', 'Eks', 'Sub', 'S']);
  expect(docusaurus.report.unknown.map(({ kind }) => kind)).toEqual([
    'a _category_ file of a folder that has no page',
    'sidebar_label that is another than the title',
  ]);
  expect(docusaurus.report.leftOut.find(({ path }) => path === 'sidebars.js')?.reason).toContain('not followed');
});

test('a file of navigation that cannot be read is named with its reason, and its pages stand by their folders', async () => {
  const { report } = await kit.importFiles({
    'toc.yml': '- name: [A\n  href: a.md\n',
    'sub/_category_.json': '{ position: 1 }',
    'sub/index.md': '# Sub\n',
    'more/.pages': `nav:\n${'  - a.md\n'.repeat(120_000)}`,
    'a.md': '# A\n',
  });
  expect(report.created).toBe(2);
  expect(report.failed.map(({ path, reason }) => [path, reason.split(/[:;]/)[0]]).sort()).toEqual([
    ['more/.pages', 'Larger than 1 MB'],
    ['sub/_category_.json', 'It is not JSON'],
    ['toc.yml', 'It is not YAML'],
  ]);
});

test('the weights of Hugo are an order, and the list of docsify is no page and is told', async () => {
  const hugo = {
    'content/z.md': '---\ntitle: Z\nweight: 1\n---\n',
    'content/a.md': '---\ntitle: A\nweight: 2\n---\n',
    'hugo.toml': 'title = "x"\n',
  };
  await kit.importFiles(hugo, 'source=hugo&into=hugo');
  expect(titlesIn((await tree(anEngineer)).filter(({ path }) => path === 'hugo')).slice(-2)).toEqual(['Z', 'A']);
  const { report } = await kit.importFiles({ '_sidebar.md': '* [A](a.md)\n', 'a.md': '# A\n' }, 'source=docsify&into=docsify');
  expect(report).toMatchObject({ created: 1, leftOut: [{ path: '_sidebar.md' }] });
});
