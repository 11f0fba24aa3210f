import { describe, expect, test } from '@jest/globals';
import { longestBody } from '@sidekick/contracts';
import { html } from '../testing/render.test.helper.ts';
import { outlineOf, render } from './render.ts';

describe('Markdown as on GitHub', () => {
  test('tables scroll and align without inline styles', async () => {
    const out = await html('| a | b |\n|:--|--:|\n| 1 | 2 |\n');
    expect(out).toContain('<div class="scroll" role="region" tabindex="0" aria-label="Table"><table>');
    expect(out).toContain('<td align="right">2</td>');
    expect(out).not.toContain('style=');
  });

  test('task lists, footnotes, strikethrough and bare addresses', async () => {
    const out = await html('- [x] done\n- [ ] open\n\n~~no~~ https://example.org README.md[^1]\n\n[^1]: A note\n');
    expect(out).toMatch(/<input class="task-list-item-checkbox" checked[^>]* disabled="disabled" type="checkbox" \/> done/);
    expect(out).toContain('<s>no</s>');
    expect(out).toContain('<a href="https://example.org" rel="noopener noreferrer">https://example.org</a> README.md');
    expect(out).toContain('<a href="#fn1" id="fnref1">[1]</a>');
    expect(out).toContain('<li id="fn1" class="footnote-item">');
  });

  test('headings get GitHub anchors, repeats a number; custom ids hold', async () => {
    const { headings, anchors, lead } = await render(
      '# Top\n\n## Fix & `run`!\n\n## Same\n\n## Same\n\n## Other {#mine}\n\n<a name="old"></a>\n',
      { liquid: null },
    );
    expect(lead).toEqual({ id: 'top', text: 'Top' });
    expect(headings.map(({ id }) => id)).toEqual(['fix--run', 'same', 'same-1', 'mine']);
    expect(anchors).toEqual(['top', 'fix--run', 'same', 'same-1', 'mine', 'old']);
  });

  test('alerts become callouts with a title', async () => {
    expect(await html('> [!WARNING]\n> Mind the gap\n')).toBe(
      '<div class="callout callout-warning" role="note">\n<p class="callout-title">Warning</p>\n<p>Mind the gap</p>\n</div>\n',
    );
  });

  test('code is coloured by class, Mermaid is left to the reader as text', async () => {
    const out = await html('```js\nconst a = "<b>"; // x\n```\n\n```mermaid\ngraph TD; A-->B\n```\n\n    plain <i>\n');
    expect(out).toContain('<div class="code" data-language="js"><pre tabindex="0"><code><span class="k">const</span>');
    expect(out).toContain('<span class="s">&quot;&lt;b&gt;&quot;</span>');
    expect(out).toContain('<pre class="mermaid">graph TD; A--&gt;B\n</pre>');
    expect(out).toContain('plain &lt;i&gt;');
    expect(out).not.toContain('style=');
  });

  test('links inside the handbook are numbered, wiki links among them', async () => {
    const { html: out, links } = await render('[a](../b.md#c) ![i](x.png) [[Title|words]] [[1]](#r) <a href="d.md">d</a>', {
      liquid: null,
    });
    expect(links.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
      'link ../b.md#c',
      'image x.png',
      'link wiki:Title%7Cwords',
      'link #r',
      'link d.md',
    ]);
    expect(out).toContain('<a href="sk:2">words</a>');
  });
});

describe('sections', () => {
  test('hold text by heading, code apart', async () => {
    const { sections, words } = await render(
      'Intro *text*\n\n## One\n\nwith `inline`\n\n```\ncode here\n```\n\n<div>raw <b>html</b><script>x()</script></div>\n',
      { liquid: null },
    );
    expect(sections).toEqual([
      { anchor: '', heading: '', level: 1, text: 'Intro text', code: '' },
      { anchor: 'one', heading: 'One', level: 2, text: 'with inline\nraw html', code: 'code here' },
    ]);
    expect(words).toBe(7);
  });
});

test('marks of a conflict are lines of their own: no title, no heading, no quote', async () => {
  const body = '<<<<<<< HEAD\n# Ours\ntext\n=======\n# Theirs\n>>>>>>> main\n\nTrue\n=======\n\n```\n<<<<<<< HEAD\n```\n';
  const { html: out, headings, unknown } = await render(body, { liquid: null });
  expect(headings.map(({ text }) => text)).toEqual(['Ours', 'Theirs', 'True']);
  expect(out).toMatch(/^<p><code>&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD<\/code><\/p>/);
  expect(out).toContain('<p>text</p>\n<p><code>=======</code></p>');
  expect(out).toContain('<p><code>&gt;&gt;&gt;&gt;&gt;&gt;&gt; main</code></p>');
  expect(out).toContain('<code>&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD</code></pre>');
  expect(unknown).toEqual({ 'conflict that Git left': 1 });
  expect(outlineOf(body, { liquid: null }).firstHeading).toBe('Ours');
});

describe('what a body may do to us', () => {
  test('an input made to blow up is shown as text', async () => {
    const long = 'x'.repeat(1_000_000);
    const out = await render(`[a]: https://e.org/${long}\n${'[a] '.repeat(1000)}`, { liquid: null });
    expect(out.html.length).toBeLessThan(6_000_001);
    expect(out.html).toMatch(/^<pre>/);
  });

  test.each([
    ['ampersands', '&'],
    ['short lines of letters of three bytes', '的\n'],
  ])('%s as long as a page may be are kept in less than a document of MongoDB holds', async (_, piece) => {
    const body = piece.repeat(longestBody / Buffer.byteLength(piece));
    const { html, ...beside } = await render(body, { liquid: null });
    expect(Buffer.byteLength(body) + Buffer.byteLength(html) + Buffer.byteLength(JSON.stringify(beside))).toBeLessThan(15_000_000);
  });
});
