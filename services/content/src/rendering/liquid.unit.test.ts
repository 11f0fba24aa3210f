import { describe, expect, test } from '@jest/globals';
import { html, jekyll } from '../testing/render.test.helper.ts';
import { render } from './render.ts';

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
