import { describe, expect, test } from '@jest/globals';
import { html, jekyll } from '../testing/render.test.helper.ts';
import { anchorIn } from './anchors.ts';
import { render } from './render.ts';

describe('other dialects', () => {
  const box = (kind: string, title: string, inside: string) =>
    `<div class="callout callout-${kind}" role="note"><p class="callout-title">${title}</p>${inside}</div>`;
  const fold = (open: string) =>
    `<details class="callout callout-info"${open}><summary class="callout-title">T</summary><p>x</p></details>`;
  test.each([
    ['colons', ':::tip\nx\n:::', box('tip', 'Tip', '<p>x</p>')],
    ['colons with a title', '::: danger Mind **this**\nx\n:::', box('danger', 'Mind <strong>this</strong>', '<p>x</p>')],
    ['Docusaurus', ':::note[T]\nx\n:::', box('note', 'T', '<p>x</p>')],
    ['nested colons', '::::note\n:::tip\nx\n:::\ny\n::::\nz', `${box('note', 'Note', `${box('tip', 'Tip', '<p>x</p>')}<p>y</p>`)}<p>z</p>`],
    ['colons in colons as long', ':::note\n:::tip\nx\n:::\n:::\nz', `${box('note', 'Note', box('tip', 'Tip', '<p>x</p>'))}<p>z</p>`],
    [
      'a list that goes on behind',
      '1. a\n\n   :::tip\n   x\n   :::\n2. b',
      `<ol><li><p>a</p>${box('tip', 'Tip', '<p>x</p>')}</li><li><p>b</p></li></ol>`,
    ],
    ['colons that never close', '- a\n\n  :::tip\n  x\n\ny', `<ul><li><p>a</p>${box('tip', 'Tip', '<p>x</p>')}</li></ul><p>y</p>`],
    ['GitBook', '{% hint style="warning" %}\nx\n{% endhint %}', box('warning', 'Warning', '<p>x</p>')],
    ['an alert with a title', '> [!NOTE] T\n> x', box('note', 'T', '<p>x</p>')],
    ['Obsidian, folded', '> [!faq]- T\n> x', fold('')],
    ['Obsidian, open', '> [!faq]+ T\n> x', fold(' open')],
    ['MkDocs', '!!! warning "M"\n\n    x\n\n    - y\n\nz', `${box('warning', 'M', '<p>x</p><ul><li>y</li></ul>')}<p>z</p>`],
    ['MkDocs, folded', '??? question "T"\n    x', fold('')],
    ['MkDocs tabs', '=== "A"\n    x', box('highlight', 'A', '<p>x</p>')],
    ['a moniker of DocFX', '::: moniker range=">=a"\n\nx\n\n::: moniker-end', box('info', 'Only for &gt;=a', '<p>x</p>')],
    ['a look of DocFX', '> [!div class="checklist"]\n> * x', '<blockquote><ul><li>x</li></ul></blockquote>'],
    ['definitions', 'Term\n: x', '<dl><dt>Term</dt><dd>x</dd></dl>'],
  ])('%s', async (_, body, wanted) => {
    expect((await html(body)).replaceAll('\n', '')).toBe(wanted);
  });

  test('what DocFX writes in a line is shown as a picture, a link or a name, and counted', async () => {
    const {
      html: out,
      links,
      unknown,
    } = await render(
      ':::image type="content" source="a.png" alt-text="Picture":::\n\n[!INCLUDE [shared](b.md)] [!code-cpp[NVC#1](x.cpp)] <xref:System.String> [two](xref:System.Int32) :::no-loc text="Azure":::\n\n:::other\nx\n:::\n',
      { liquid: null },
    );
    expect(links.map(({ target }) => target)).toEqual(['a.png', 'b.md', 'x.cpp']);
    expect(out).toContain('<img src="sk:0" alt="Picture" loading="lazy" />');
    expect(out).toContain('<a href="sk:1">shared</a> <a href="sk:2">NVC#1</a> <code>System.String</code> <span>two</span> Azure');
    expect(unknown).toEqual({ 'DocFX include': 1, 'DocFX code': 1, 'DocFX xref': 2, ':::other': 1 });
  });

  test('formulas are MathML without styles or addresses; money and shells are not formulas', async () => {
    const out = await html(
      '$$ a^2 $$\n\nInline $b_1$ and $`c`$ for $5 or $6, $HOME:$PATH.\n\n```math\n\\href{javascript:alert(1)}{x}\n```\n',
    );
    expect(out.match(/<math/g)).toHaveLength(3);
    expect(out).toContain('<code>\\href{javascript:alert(1)}{x}</code>');
    expect(out).toContain('display="block"');
    expect(out).toContain('for $5 or $6, $HOME:$PATH.');
    expect(out).not.toMatch(/style=|href=|<script/);
    expect(await html('$$\\text{<img src=x onerror=alert(1)>}$$')).toBe(
      '<math display="block" class="tml-display"><mtext>&lt;img\u00a0src=x\u00a0onerror=alert(1)&gt;</mtext></math>',
    );
    expect(await html('$$\\nothing{<b>$$')).toContain('<code>\\nothing{&lt;b&gt;</code>');
  });

  test('wiki links hold brackets, signs and bars; what they name is left to who knows the titles', async () => {
    const { html: out, links } = await render('[[C# style guide]] [[F#|eff]] [[Notes [2024]]] [[A | B]] [[T#h]]', { liquid: null });
    expect(links.map(({ target }) => decodeURIComponent(target))).toEqual([
      'wiki:C# style guide',
      'wiki:F#|eff',
      'wiki:Notes [2024]',
      'wiki:A | B',
      'wiki:T#h',
    ]);
    expect(out.replaceAll(/<[^>]*>/g, '')).toBe('C# style guide eff Notes [2024] B T\n');
  });
});

describe('kramdown', () => {
  test("a heading has GitHub's id and, where it is another and free, kramdown's; a link finds it by either on any page", async () => {
    const body = '# 0. Top\n\n## 1. First step\n\n## 2. First step\n\n## Größe\n\n## gre\n\n## 3. Mine {#own}\n';
    const { html: out, anchors, headings } = await jekyll(body);
    expect(headings.map(({ id }) => id)).toEqual(['1-first-step', '2-first-step', 'größe', 'gre', 'own']);
    expect(out).toContain('<h2 id="1-first-step"><span id="first-step"></span>1. First step');
    expect(out).toContain('<h2 id="2-first-step"><span id="first-step-1"></span>2. First step');
    expect(out).toContain('<h2 id="größe">Größe');
    expect(['first-step', 'first-step-1', '1-first-step', 'top'].map((wanted) => anchorIn(anchors, wanted))).toEqual([
      'first-step',
      'first-step-1',
      '1-first-step',
      '0-top',
    ]);
    const elsewhere = await render(body, { liquid: null });
    expect(elsewhere.html).not.toContain('id="first-step"');
    expect(['first-step', '1-first-step', 'own'].map((wanted) => anchorIn(elsewhere.anchors, wanted))).toEqual([
      '1-first-step',
      '1-first-step',
      'own',
    ]);
  });

  test('attributes are read, never shown', async () => {
    const { html: out, headings } = await jekyll(
      '# A\n{: .no_toc }\n\n## B\n{: .no_toc .text-delta #bee }\n\n1. TOC\n{:toc}\n\n## C\n\n[x](https://e.org){: .btn .btn-blue } text\n{: .fs-6 }\n\n- a\n- b\n{: .list }\n',
    );
    expect(out).not.toContain('{:');
    expect(out).not.toContain('TOC');
    expect(headings.map(({ text }) => text)).toEqual(['C']);
    expect(out).toContain('class="btn btn-blue"');
  });

  test('callouts before or after a paragraph or quote, with a title of their own', async () => {
    const { html: out } = await jekyll(
      '{: .note }\nA paragraph\n\nAnother\n{: .warning }\n\n{: .important-title }\n> My title\n>\n> Text\n\n{: .highlight }\n> Quiet\n',
    );
    expect(out).toContain('<div class="callout callout-note" role="note">\n<p class="callout-title">Note</p>\n<p>A paragraph</p>');
    expect(out).toContain('<div class="callout callout-warning" role="note">\n<p class="callout-title">Warning</p>\n<p>Another</p>');
    expect(out).toContain('<p class="callout-title">My title</p>\n<p>Text</p>');
    expect(out).toContain('<div class="callout callout-highlight" role="note">\n<p>Quiet</p>');
  });

  test('callouts stand inside callouts and quotes, also by a lazy line', async () => {
    const { html: out } = await jekyll('{: .important }\n> {: .warning }\n> Inner\n\n> {: .note }\n  Lazy\n');
    expect(out.replaceAll('\n', '')).toBe(
      '<div class="callout callout-important" role="note"><p class="callout-title">Important</p>' +
        '<div class="callout callout-warning" role="note"><p class="callout-title">Warning</p><p>Inner</p></div></div>' +
        '<blockquote><div class="callout callout-note" role="note"><p class="callout-title">Note</p><p>Lazy</p></div></blockquote>',
    );
  });

  test('Markdown inside and right after an HTML block is read', async () => {
    const { html: out } = await jekyll('<div markdown="1">\n**bold**\n{: .label }\n</div>\n```js\n1\n```\n');
    expect(out).toContain('<p class="label"><strong>bold</strong></p>');
    expect(out).toContain('data-language="js"');
    const quoted = await jekyll('> <div markdown="block">\n> {: .warning }\n> Text\n> </div>\n');
    expect(quoted.html).toContain('<p class="callout-title">Warning</p>\n<p>Text</p>');
    expect(quoted.html).not.toContain('{:');
  });
});
