import { describe, expect, test } from '@jest/globals';
import { longestBody } from '@sidekick/contracts';
import { anchorIn } from './anchors.ts';
import { outlineOf, render } from './render.ts';

const html = async (body: string) => (await render(body, { liquid: null })).html;
const jekyll = (body: string) => render(body, { liquid: { repository: 'https://example.org/repo', title: 'Book' } });

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

describe('a tag that is meant as a word', () => {
  test.each(['script', 'style', 'textarea', 'title', 'xmp', 'template', 'iframe', 'option', 'svg', 'noscript', 'plaintext'])(
    '<%s> in prose, a heading, a cell and at the beginning of a line is shown, and so is all behind it',
    async (tag) => {
      const body = `Put a <${tag}> tag here.\n\n## A <${tag}> & more\n\n| <${tag}> | b |\n|---|---|\n| c | d |\n\n<${tag}> begins a line.\n\nLast paragraph\n`;
      const out = await html(body);
      expect(out.split(`&lt;${tag}&gt;`)).toHaveLength(5);
      expect(out).toContain('<p>Last paragraph</p>');
      expect(out).toContain('<td>d</td>');
    },
  );
  test('a word between angles that is no element is shown too; a whole script or style of its own is not', async () => {
    expect(await html('kubectl delete pod <name> and List<String>\n')).toBe(
      '<p>kubectl delete pod &lt;name&gt; and List&lt;String&gt;</p>\n',
    );
    expect(await html('<style>\np { color: red }\n</style>\n\nText\n')).not.toContain('color');
  });
});

describe('ids of a page', () => {
  test('stand for one place each: HTML first, then headings and notes; none is one of the app', async () => {
    const {
      html: out,
      anchors,
      headings,
    } = await render(
      '<div id="setup"></div>\n\n## Setup\n\n## fn1\n\nText[^1]\n\n<a name="x"></a><a id="x"></a>\n\n## x\n\n## sk-root\n\nA\n{: #mine }\n\n[^1]: Note\n',
      { liquid: null },
    );
    const ids = [...out.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(headings.map(({ id }) => id)).toEqual(['setup-1', 'fn1-1', 'x-1', 'user-sk-root']);
    expect(anchors).toEqual(expect.arrayContaining(['setup', 'mine', 'x']));
    expect(out).toContain('<li id="fn1"');
    const { html: other } = await render('<a id="fn1"></a>\n\nText[^1]\n\n[^1]: Note\n', { liquid: null });
    expect(other).toContain('href="#fn-note1-1" id="fnref-note1-1"');
    expect(other).toContain('<li id="fn-note1-1"');
  });
  test('are in the composed form, and found from another', async () => {
    const { anchors } = await render('## Gro\u0308ße\n\n## B {#u\u0308ber}\n', { liquid: null });
    expect(anchors).toEqual(['gr\u00f6ße', '\u00fcber']);
    expect(anchorIn(anchors, 'GRO\u0308SSE')).toBe('gr\u00f6ße');
  });
});

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

describe('Liquid', () => {
  test('links and base addresses are read; other tags leave nothing; raw text and code stay', async () => {
    const { html: out, links } = await jekyll(
      '[a]({% link docs/a b.md %}#c) [b]({{ site.baseurl }}/x) [c]({{ "/y" | relative_url }}) [d]({{ page.z }}/z) [e]({{ site.github.repository_url }}/f)\n' +
        '{% include x.html %}{% for a in b %}gone{% endfor %} {{ site.title }} `{{ kept }}` {% raw %}{{ shown }}{% endraw %}\n',
    );
    expect(links.map(({ target }) => target)).toEqual(['jekyll:docs/a%20b.md#c', '/x', '/y', 'liquid:/z']);
    expect(out).toContain('href="https://example.org/repo/f"');
    expect(out).toContain('Book <code>{{ kept }}</code> {{ shown }}');
    expect(out).not.toMatch(/include|gone/);
  });

  test('highlight blocks are code, raw ones inside them text', async () => {
    const { html: out } = await jekyll('{% highlight yaml %}\na: 1\n{% raw %}{% highlight x %}{% endraw %}\n{% endhighlight %}\n\nafter\n');
    expect(out.replaceAll(/<[^>]*>/g, '')).toContain('a: 1\n{% highlight x %}');
    expect(out).toContain('<p>after</p>');
  });

  test('comments of any tool are hidden with the code inside of them; those shown as code are not', async () => {
    const hidden = [
      '%% secret %%',
      '%%secret%%',
      '%%\nsecret\n%%',
      '{/* secret */}',
      '{# secret #}',
      '{{/* secret */}}',
      '{{% comment %}}secret{{% /comment %}}',
      '%% see `secret` %%',
      '{% comment %}\n```\nsecret\n```\n{% endcomment %}',
    ];
    for (const comment of hidden) {
      const out = await html(`before\n\n${comment}\n\nafter\n`);
      expect({ comment, out }).toEqual({ comment, out: expect.stringMatching(/^(?![\s\S]*secret)<p>before<\/p>[\s\S]*<p>after<\/p>/) });
      expect(await html(`\`\`\`\n${comment.replaceAll('```', '~~~')}\n\`\`\`\n`)).toContain('secret');
    }
    expect((await jekyll('a {% comment %}\n```\nsecret\n```\n{% endcomment %} b')).html).not.toContain('secret');
    expect(await html('for %%i in (*) do echo %%i')).toContain('for %%i in (*) do echo %%i');
  });

  test('outside Jekyll comments are hidden, links lead on, and the rest is shown and counted by kind', async () => {
    const {
      html: out,
      links,
      unknown,
    } = await render(
      '{% comment %}secret{% endcomment %}\n[a]({% page "two" %}) [b]({% link c.md %}#d) [e]({{< relref "f.md" >}}) {{ x }} {% y %} `{% z %}`\n',
      { liquid: null },
    );
    expect(out).not.toContain('secret');
    expect(links.map(({ target }) => target)).toEqual(['wiki:two', 'jekyll:c.md#d', 'f.md']);
    expect(out).toContain('{{ x }} {% y %} <code>{% z %}</code>');
    expect(unknown).toEqual({ '{% page %}': 1, '{% y %}': 1 });
  });
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
