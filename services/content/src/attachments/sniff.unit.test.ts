import { expect, test } from '@jest/globals';
import { fileUrl } from './file.ts';
import { sniff } from './sniff.ts';

const bytes = Buffer.from('plain words');

test.each([
  ['a short name', 'notes.txt', 'notes.txt'],
  ['a long one', `${'a'.repeat(200)}.txt`, `${'a'.repeat(116)}.txt`],
  ['an extension too long to be one', `a.${'b'.repeat(250)}`, `a.${'b'.repeat(118)}`],
  ['one without an extension', 'a'.repeat(200), 'a'.repeat(120)],
  ['one of letters that are two characters each', `a${'😀'.repeat(100)}.txt`, `a${'😀'.repeat(57)}.txt`],
])('%s is kept in at most 120 characters, and has an address', async (_what, given, kept) => {
  const { name } = await sniff(bytes, given);
  expect(name).toBe(kept);
  expect(decodeURIComponent(fileUrl('0'.repeat(64), name))).toContain(kept);
});
