import { describe, expect, test } from '@jest/globals';
import { aManager, anEngineer } from '@sidekick/testing';
import { kitForEach, pagesByPath, titlesIn } from '../testing/pages.test.helper.ts';

const kit = kitForEach();
const { find, read, tree } = pagesByPath(kit);

describe('a draft', () => {
  const files = {
    'hugo.md': '---\ntitle: Hugo\ndraft: true\n---\nsecret\n',
    'toml.md': '+++\ntitle = "Toml"\ndraft = true\n+++\nsecret\n',
    'json.md': '{\n  "title": "Json",\n  "draft": true\n}\n\nsecret\n',
    'later.md': '---\ntitle: Later\npublishDate: 2999-01-01\n---\nsecret\n',
    '_drafts/jekyll.md': '---\ntitle: Jekyll\n---\nsecret\n',
    '_config.yml': 'title: x\n',
    'open.md': '# Open\n\n[to it](hugo.md)\n',
  };
  const drafts = ['hugo', 'json', 'later', 'toml', 'drafts/jekyll'];

  test('of any generator is seen by editors alone, and named in the report', async () => {
    const { report } = await kit.importFiles(files, 'source=book&public=true');
    expect(report.drafts.map(({ title }) => title).sort()).toEqual(['Hugo', 'Jekyll', 'Json', 'Later', 'Toml']);
    for (const name of drafts) {
      expect({ name, status: (await read(`book/${name}`)).status }).toEqual({ name, status: 'draft' });
      expect((await find(`book/${name}`)).status).toBe(404);
    }
    expect([titlesIn(await tree()), titlesIn(await tree(anEngineer))]).toEqual([
      ['Book', 'Open'],
      ['Book', 'Open'],
    ]);
    expect((await find('book/open')).body.html).not.toContain('href=');
    const lines = String((await kit.client.ask('get', '/pages/snapshot', { as: { ...aManager, roles: ['ops'] } })).body);
    expect(lines).not.toContain('secret');
  });

  test('is what any generator holds back, however it is written; what is not for everybody is internal', async () => {
    const held: Record<string, string> = {
      'Case.md': '---\nDraft: "TRUE"\n---\nsecret\n',
      'any.md': '---\nisDraft: wip\n---\nsecret\n',
      'spaced.md': '---\nReview state: ok\ndraft: true\n---\nsecret\n',
      'blank.md': '\n---\ndraft: true\n---\nsecret\n',
      'named.md': '---toml\ndraft = true\n---\nsecret\n',
      'inline.md': '{ "draft": true }\nsecret\n',
      'pelican.md': 'Title: Pelican\nStatus: draft\n\nsecret\n',
      'future.md': '---\ndate: 2999-01-01\n---\nsecret\n',
      'astro.md': '---\npubDate: Jul 08 2999\n---\nsecret\n',
      'never.md': '---\nbuild:\n  render: never\n---\nsecret\n',
      'headless.md': '---\nheadless: true\n---\nsecret\n',
      'eleventy.md': '---\npermalink: false\n---\nsecret\n',
      'nuxt.draft.md': 'secret\n',
      'nikola.md': '<!--\n.. title: Nikola\n.. status: draft\n-->\nsecret\n',
      'hexo.md': 'title: Hexo\npublished: false\n---\nsecret\n',
      'hexo-one.md': 'draft: true\n---\nsecret\n',
      'hexo-json.md': '"title": "Hexo",\n"published": false\n;;;\nsecret\n',
      'hexo-both.md': ';;;\n"draft": true\n;;;\nsecret\n',
      'flow.md': '---\n{title: Flow, draft: true}\n---\nsecret\n',
      'explicit.md': '---\n? draft\n: true\n---\nsecret\n',
      'merge.md': '---\nbase: &base\n  draft: true\n<<: *base\n---\nsecret\n',
      'garden.md': '---\ndg-publish: false\n---\nsecret\n',
      'grav.md': '---\nroutable: false\n---\nsecret\n',
      'zola/_index.md': '+++\ndraft = true\n+++\nsecret\n',
      'zola/below/one.md': '+++\ndraft = false\n+++\nsecret\n',
      'hugo/_index.md': '---\ncascade:\n  draft: true\n---\nsecret\n',
      'hugo/below/one.md': 'secret\n',
    };
    const closed = { 'p.md': '---\nvisibility: private\n---\nsecret\n', 'w.md': '---\npassword: x\n---\nsecret\n' };
    const open = {
      'heading.md': 'Status: draft\n---\nopen\n',
      'rule.md': '---\n{{ words }}\n---\nopen\n',
      'hugo/said.md': '---\ndraft: false\n---\nopen\n',
      'past.md': '---\ndate: 2020-01-01\nstatus: accepted\n---\nopen\n',
    };
    const { report } = await kit.importFiles({ ...held, ...closed, ...open }, 'source=book&public=true');
    const files = Object.keys(held).filter((file) => file !== 'hugo/_index.md');
    expect(
      report.drafts
        .map(({ path }) => path)
        .filter((path) => path !== 'hugo/_index.md')
        .sort(),
    ).toEqual(files.sort());
    const shown = await kit.client.ask('get', '/pages', {});
    expect(shown.body.items.map(({ path }: { path: string }) => path).sort()).toEqual([
      'book/heading',
      'book/hugo/said',
      'book/past',
      'book/rule',
    ]);
    for (const path of ['book/p', 'book/w']) expect((await find(path)).status).toBe(404);
  });

  test('is a Jekyll post before its day, not a page of the site', async () => {
    const files = {
      '_config.yml': 'title: x\n',
      '_posts/2999-01-01-a.md': '---\n---\nsecret\n',
      'b.md': '---\ndate: 2999-01-01\n---\nopen\n',
    };
    expect((await kit.importFiles(files)).report.drafts.map(({ path }) => path)).toEqual(['_posts/2999-01-01-a.md']);
    const shown = await kit.importFiles({ ...files, '_config.yml': 'future: true\n' });
    expect(shown.report.drafts).toEqual([]);
  });

  test('by what a section of Hugo hands down, unless the page itself or a nearer section says otherwise', async () => {
    const { report } = await kit.importFiles(
      {
        'content/_index.md': '---\ntitle: Home\ncascade:\n  - target: { path: /aimed/** }\n    draft: true\n---\n',
        'content/aimed/in.md': '# Aimed\n',
        'content/sec/_index.md': '---\ntitle: Sec\ndraft: false\ncascade:\n  draft: true\n---\n',
        'content/sec/plain.md': '# Plain\n',
        'content/sec/own.md': '---\ntitle: Own\ndraft: false\n---\n',
        'content/sec/deep/_index.md': '+++\ntitle = "Deep"\n[cascade]\ndraft = false\n+++\n',
        'content/sec/deep/open.md': '# Open\n',
        'content/later/_index.md': '+++\ntitle = "Later"\n[[cascade]]\npublishDate = 2999-01-01\n[cascade._target]\nkind = "page"\n+++\n',
        'content/later/day.md': '# Day\n',
        'content/parts/part.md': '---\ntitle: Part\nbuild:\n  render: never\n---\n',
        'content/parts/headless.md': '---\ntitle: Headless\nheadless: true\n---\n',
      },
      'source=hugo&public=true',
    );
    expect(report.drafts.map(({ title }) => title).sort()).toEqual(['Aimed', 'Day', 'Headless', 'Part', 'Plain']);
    expect((await find('hugo/sec/plain')).status).toBe(404);
    expect((await find('hugo/sec/deep/open')).status).toBe(200);
  });

  test('is published here, or by a later import that says so no more; what was published here stays', async () => {
    await kit.importFiles(files);
    const { id, version } = await read('book/json');
    const patch = { as: anEngineer, body: { status: 'published' }, headers: { 'if-match': `"${version}"` } };
    expect((await kit.client.ask('patch', `/pages/${id}`, patch)).body.status).toBe('published');
    const { report } = await kit.importFiles({ ...files, 'hugo.md': '---\ntitle: Hugo\n---\nsecret\n' });
    expect(report).toMatchObject({ updated: 1, drafts: [{}, {}, {}, {}] });
    expect([(await read('book/hugo')).status, (await read('book/json')).status]).toEqual(['published', 'published']);
  });
});
