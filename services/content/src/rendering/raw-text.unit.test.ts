import { describe, expect, test } from '@jest/globals';
import { html } from '../testing/render.test.helper.ts';

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
