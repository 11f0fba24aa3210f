import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { gzipOfParts } from './gzip-parts.ts';

test('parts that are deflated apart are one gzip, in their order, whatever they hold', async () => {
  const long = 'Ein längerer Absatz über Wörter, 手册. '.repeat(400);
  for (const parts of [[], [''], ['a'], [long], ['<p>', long, 'nonce', long, ''], [long, 'ü'.repeat(200), '\u0000', 'x'.repeat(70_000)]]) {
    const bytes = await gzipOfParts(parts);
    expect(gunzipSync(bytes).toString('utf8')).toBe(parts.join(''));
  }
  expect((await gzipOfParts([long])).length).toBeLessThan(long.length / 20);
});
