import { expect, test } from '@jest/globals';
import { globOf } from './glob.ts';

const cases: [string, string[], string[]][] = [
  ['*.md', ['a.md', '.md'], ['a/b.md', 'a.txt']],
  ['docs/*', ['docs/a', 'docs/.a'], ['docs', 'docs/a/b']],
  ['**/*.tmp', ['a.tmp', 'a/b/c.tmp'], ['a.tmp/b']],
  ['a/**/b', ['a/b', 'a/x/y/b'], ['a', 'ab', 'a/bc']],
  ['file?.[a-c1]', ['file1.a', 'filex.1'], ['file.a', 'file1.d']],
  ['[!x]*', ['abc'], ['xabc', '']],
  ['a[b', ['a[b'], ['ab']],
  ['*a*b*', ['xaxbx', 'ab'], ['ba']],
];

test.each(cases)('%s matches what it names and nothing else', (pattern, yes, no) => {
  const matches = globOf(pattern);
  expect(yes.filter((path) => !matches(path))).toEqual([]);
  expect(no.filter(matches)).toEqual([]);
});

test('a pattern of many stars takes no longer than its length times that of the name', () => {
  const began = process.cpuUsage();
  expect(globOf(`${'*a'.repeat(500)}b`)('a'.repeat(20_000))).toBe(false);
  expect(globOf(`${'**/a/'.repeat(200)}b`)(Array(5_000).fill('a').join('/'))).toBe(false);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(5_000);
});
