import { describe, expect, test } from '@jest/globals';
import { encodingFor } from '@sidekick/service-kit';
import { nextOf } from '../sign-in/form.ts';

import { pageUrl } from './page-html.ts';
import { templateOf } from './template.ts';

const fill = { nonce: 'N', title: 'T', app: '', data: '' };

describe('the template', () => {
  test('without marks stays as it is', () => {
    expect(templateOf('<p>plain</p>')({ ...fill, app: 'x' }).join('')).toBe('<p>plain</p>');
  });
  test('keeps data from ending its script element', () => {
    const html = templateOf('<body></body>')({ ...fill, data: '{"a":"</script><script>"}' }).join('');
    expect(html).toBe('<body><script type="application/json" id="sk-page-data">{"a":"\\u003c/script>\\u003cscript>"}</script></body>');
  });
  test('takes replacement patterns of a text as text', () => {
    expect(templateOf('a<!--app-->b')({ ...fill, app: "$& $' $1" }).join('')).toBe("a$& $' $1b");
  });
});

describe('addresses', () => {
  test('of pages are encoded part by part', () => {
    expect(pageUrl('a b/ä?#')).toBe('/p/a%20b/%C3%A4%3F%23');
  });
  test('to go on to are our own', () => {
    expect(nextOf('/p/a?x=1#y')).toBe('/p/a?x=1#y');
    for (const next of ['//evil', '/\\evil', 'https://evil', 'javascript:x', '', '/a b', '/a\\b']) expect(nextOf(next)).toBe('/');
  });
});

describe('an encoding', () => {
  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', 'identity'],
    [undefined, 'identity'],
  ])('for %s is %s', (accept, encoding) => {
    expect(encodingFor(accept)).toBe(encoding);
  });
});
