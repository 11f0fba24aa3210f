import { describe, expect, test } from '@jest/globals';
import { anchorIn } from './anchors.ts';
import { render } from './render.ts';

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
