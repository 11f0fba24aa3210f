import { expect, test } from '@jest/globals';
import { fileUrl } from './file.ts';
import { sniff } from './sniff.ts';

const bytes = Buffer.from('plain words');

test.each([
  ['a short name', 'notes.txt', 'notes.txt'],
  ['a long one', `${'a'.repeat(200)}.txt`, `${'a'.repeat(116)}.txt`],
  ['an extension too long to be one', `a.${'b'.repeat(250)}`, `a.${'b'.repeat(118)}`],
  ['one of nothing that can be seen', '\u00ad\u2800.txt', 'file.txt'],
  ['one without an extension', 'a'.repeat(200), 'a'.repeat(120)],
  ['one of letters that are two characters each', `a${'😀'.repeat(100)}.txt`, `a${'😀'.repeat(57)}.txt`],
])('%s is kept in at most 120 characters, and has an address', async (_what, given, kept) => {
  const { name } = await sniff(bytes, given);
  expect(name).toBe(kept);
  expect(decodeURIComponent(fileUrl('0'.repeat(64), name))).toContain(kept);
});

const element = '<svg xmlns="http://www.w3.org/2000/svg"/>';

test.each<[string, string | Buffer]>([
  [
    "Illustrator's, with entities of its own",
    `<?xml version="1.0"?>\n<!-- Generator -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [\n\t<!ENTITY ns "http://ns.adobe.com/">\n\t<!ENTITY b "c">\n]>\n${element}`,
  ],
  ['one below a long licence', `<!-- ${'words '.repeat(2_000)} -->${element}`],
  ['one in UTF-16', Buffer.from(`\ufeff${element}`, 'utf16le')],
  ['one with a prefix', '<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'],
])('a drawing is an SVG: %s', async (_what, text) => {
  expect(await sniff(Buffer.from(text as string), 'drawing.svg')).toEqual({ name: 'drawing.svg', type: 'image/svg+xml' });
});

test.each(['<!-- no end <svg/>', '<html><svg/></html>', '<!DOCTYPE svg [', '<svgs/>', 'words <svg/>'])('%s is no drawing', async (text) => {
  await expect(sniff(Buffer.from(text), 'drawing.svg')).rejects.toMatchObject({ code: 'not-what-it-says' });
});
