import { describe, expect, test } from '@jest/globals';
import { longestBody } from '@sidekick/contracts';
import { render } from './render.ts';

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
      'link wiki:Title',
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

describe('kramdown', () => {
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

  test('is left alone outside Jekyll', async () => {
    expect(await html('{{ x }} {% y %}')).toBe('<p>{{ x }} {% y %}</p>\n');
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
