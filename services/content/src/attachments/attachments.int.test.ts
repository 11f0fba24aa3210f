import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await contentKit();
});
afterEach(() => kit.close());

const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "ran"</script></svg>';

test.each(['evil.svg', 'evil.pdf', 'evil.html', 'evil.json'])('%s is sandboxed, also where the browser has it already', async (name) => {
  await kit.importFiles({ 'a.md': `[file](${name})\n`, [name]: script }, 'source=book&public=true');
  const page = await kit.client.ask('get', '/pages/find?path=book%2Fa');
  const address = /\/attachments\/[^"]+/.exec(page.body.html)?.[0] ?? '';
  const first = await kit.client.ask('get', address);
  const again = await kit.client.ask('get', address, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
  expect([first.status, again.status]).toEqual([200, 304]);
  for (const { headers } of [first, again]) {
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-disposition')).toBe(name.endsWith('.html') ? 'attachment' : null);
  }
});
