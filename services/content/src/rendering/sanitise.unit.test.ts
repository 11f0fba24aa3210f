import { describe, expect, test } from '@jest/globals';
import { render } from './render.ts';

/** Ways in which Markdown or raw HTML has run scripts elsewhere. */
const vectors = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href=" javascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '![x](javascript:alert(1))',
  '![x"onerror="alert(1)](a.png)',
  '![x](a.png"onerror="alert(1))',
  '[x](<a"onmouseover="alert(1)>)',
  '[x](a "t" onmouseover="alert(1)")',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<body onload=alert(1)>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<div style="background:url(javascript:alert(1))">x</div>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<base href="https://evil.example/">',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--><img src=x onerror=alert(1)>-->',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '```mermaid\n</pre><img src=x onerror=alert(1)>\n```',
  '    </code></pre><img src=x onerror=alert(1)>',
  '# <img src=x onerror=alert(1)>',
  '## x {#a"onmouseover="alert(1)}',
  '| <img src=x onerror=alert(1)> |\n|---|\n| <script>alert(1)</script> |',
  '[[x"onmouseover="alert(1)|<img src=x onerror=alert(1)>]]',
  '[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
  '> [!NOTE]\n> <img src=x onerror=alert(1)>',
  'x\n{: onclick="alert(1)" style="x" #"onload="alert(1) }',
  '<code-block n="0" onclick=alert(1)></code-block>',
  '<a href="sk:0" onclick=alert(1)>x</a><img src="sk:0" onerror=alert(1)>',
  '<p id="x" class="y" onclick="alert(1)" data-x="1">x</p>',
];
const tag = /<(\/?)([a-z][a-z0-9-]*)((?: [a-z-]+(?:="[^"<>]*")?)*) ?\/?>/g;
const allowed =
  /^(?:h[1-6]|p|a|img|ul|ol|li|blockquote|table|thead|tbody|tr|t[hd]|pre|code|em|strong|s|hr|br|div|span|section|details|summary|sup|input|title)$/;
const address = /^(?:https?:|mailto:|tel:|sk:\d+$|#)/;

describe('the rendered page of a hostile file', () => {
  test.each(vectors)('runs nothing: %s', async (vector) => {
    for (const liquid of [null, { repository: null, title: null }]) {
      const { html } = await render(vector, { liquid });
      expect(html.replaceAll(tag, '')).not.toMatch(/</);
      for (const [, , name = '', attributes = ''] of html.matchAll(tag)) {
        expect(name).toMatch(allowed);
        for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
          expect(key).not.toMatch(/^(?:on|style$|srcdoc|formaction|action)/);
          if (key === 'href' || key === 'src') expect(value).toMatch(address);
        }
      }
    }
  });
});
