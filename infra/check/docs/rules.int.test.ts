import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '@sidekick/testing';
import { docsIn } from './load.ts';
import { pageOf } from './page.ts';
import { type Docs, docsRules } from './rules.ts';

const docs = docsIn(projectRoot);
const adr = 'infra/adr/0001-one-process-is-the-default.md';

type Break = (now: { pages: Map<string, string>; sources: Map<string, string> }) => unknown;
const added =
  (path: string, text: string): Break =>
  ({ pages }) =>
    pages.set(path, `${pages.get(path) ?? ''}\n\n${text}\n`);
const lead = (text: string): Break => added('infra/docs/watch.md', text);

/** One or more ways to break each rule, each with what is said of it. */
const breaks: Record<string, [Break, said: string | RegExp][]> = {
  'README has at most 150 lines': [[({ pages }) => pages.set('README.md', 'a\n'.repeat(151)), 'README.md has 151 lines']],
  'a page of infra/docs has at most 200 lines': [
    [({ pages }) => pages.set('infra/docs/servers.md', 'a\n'.repeat(201)), 'infra/docs/servers.md has 201 lines'],
  ],
  'a link leads to a file, folder or heading that is there': [
    [lead('[a](gone.md)'), /^infra\/docs\/watch\.md:\d+: there is no infra\/docs\/gone\.md$/],
    [lead('[a](../../README.md#gone)'), /README\.md has no heading #gone$/],
    [lead('[a](#gone)'), /watch\.md has no heading #gone$/],
    [lead('![a](../images/gone.png)'), /no infra\/images\/gone\.png$/],
    [lead('[a]\n\n[a]: gone.md'), /no infra\/docs\/gone\.md$/],
    [lead('| a |\n|---|\n| [a](gone.md) |'), /no infra\/docs\/gone\.md$/],
    [lead('[a](../../../outside)'), /no \.\.\/outside$/],
    [lead('[a](gone%20too.md)'), /no infra\/docs\/gone too\.md$/],
    [added('CONTRIBUTING.md', '[a](infra/docs/gone.md)'), /^CONTRIBUTING\.md:/],
    [added('README.md', '[a](/infra/gone)'), /^README\.md:\d+: there is no infra\/gone$/],
    [added(adr, '[a](0002-gone.md)'), /no infra\/adr\/0002-gone\.md$/],
  ],
  'every page of infra/docs is reached from README': [
    [added('infra/docs/alone.md', '# Alone\n\n[start](../../README.md)'), 'infra/docs/alone.md'],
    [({ pages }) => pages.set('README.md', '# R\n\n`infra/docs/watch.md`\n'), 'infra/docs/watch.md'],
  ],
  'no HTML, whose links nobody looks at': [
    [lead('a <a href="gone">b</a>'), /^infra\/docs\/watch\.md:\d+$/],
    [lead('<p>a</p>'), /^infra\/docs\/watch\.md:\d+$/],
  ],
  'a file or folder that a page or a comment names is there': [
    [lead('see `infra/gone` there'), /^infra\/docs\/watch\.md:\d+: there is no infra\/gone$/],
    [lead('see `docs/gone.ts`, and'), /there is no docs\/gone\.ts$/],
    [added(adr, '`services/gone/main.ts` starts it'), /^infra\/adr\/0001.*: there is no services\/gone\/main\.ts$/],
    [({ sources }) => sources.set('a.ts', 'x();\n/** As packages/gone.ts. */'), 'a.ts:2: there is no packages/gone.ts'],
    [({ sources }) => sources.set('a.yaml', 'a: b\n# infra/check/gone.mjs makes it.'), 'a.yaml:2: there is no infra/check/gone.mjs'],
    [({ sources }) => sources.set('a.ts', 'x(); // of `gone.ts`'), 'a.ts:1: there is no gone.ts'],
    [({ sources }) => sources.set('a.ts', '// See GONE §3.'), 'a.ts:1: there is no GONE'],
  ],
  'a page that a source names is there, with that heading': [
    [({ sources }) => sources.set('a.ts', '// infra/docs/gone.md'), 'a.ts: there is no infra/docs/gone.md'],
    [({ sources }) => sources.set('a.ts', '// infra/docs/watch.md#gone says'), 'a.ts: infra/docs/watch.md has no heading #gone'],
  ],
};

function broken(change: Break): Docs {
  const now = { pages: new Map(docs.pages), sources: new Map(docs.sources) };
  change(now);
  return { ...docs, ...now };
}

test.each(Object.entries(docsRules))('%s', (rule, check) => {
  expect(check(docs)).toEqual([]);
  expect(breaks[rule]?.length).toBeGreaterThan(0);
  for (const [change, said] of breaks[rule] ?? [])
    expect(check(broken(change))).toContainEqual(typeof said === 'string' ? said : expect.stringMatching(said));
});

test('what is just short enough, reached by another page, elsewhere on the net or in code is no fault', () => {
  const fine: Break[] = [
    ({ pages }) => pages.set('README.md', `${'a\n'.repeat(149)}${[...docs.pages.keys()].map((path) => `[a](${path})`).join(' ')}\n`),
    ({ pages }) => pages.set('infra/docs/servers.md', 'a\n'.repeat(200)),
    ({ pages }) => pages.set('infra/docs/far.md', '# Far\n').set('infra/docs/servers.md', '[far](./far.md#far)\n'),
    lead('[a](https://example.org/gone.md#gone) `[a](gone.md)` <https://example.org> [a](mailto:a@example.org) [a](../adr/)'),
    lead('```md\n[a](gone.md)\n<p>\n```'),
    lead(
      '`infra/check/docs`, `infra/check/`, `docs/rules.ts`, `rules.int.test.ts`, `*.gone.ts`, `services/*/gone.ts`, `https://a.example/gone.ts`',
    ),
    ({ sources }) =>
      sources.set(
        'a.ts',
        "import x from './gone.ts'; // rules.ts has it (RFC 9110 §12, CONTRIBUTING §1)\n/** `infra/docs/{a,b}` and services/*/src/gone. */",
      ),
  ];
  for (const change of fine) {
    const now = broken(change);
    const there = { ...now, exists: (path: string) => docs.exists(path) || now.pages.has(path) };
    expect(Object.values(docsRules).flatMap((check) => check(there))).toEqual([]);
  }
});

describe('a page', () => {
  test('has the anchors that GitHub makes of its headings', () => {
    const { anchors } = pageOf(
      '# What to watch\n\n## `npm start`, and then: "A_b"\n\n### Über – uns\n\n## Twice\n\n## Twice\n\n## [Linked](x.md)\n',
    );
    expect([...anchors]).toEqual(['what-to-watch', 'npm-start-and-then-a_b', 'über--uns', 'twice', 'twice-1', 'linked']);
  });

  test('has its links with their lines, those of tables and lists too', () => {
    const text = 'a\n[b](b.md) and\n[c](c.md#d)\n\n- ![e](e.png)\n\n| f |\n|---|\n| g |\n| [h](h.md) |\n';
    expect(pageOf(text).links).toEqual([
      { line: 2, href: 'b.md' },
      { line: 3, href: 'c.md#d' },
      { line: 5, href: 'e.png' },
      { line: 10, href: 'h.md' },
    ]);
  });
});
