import { describe, expect, test } from '@jest/globals';
import { partsOf } from '../links/target-parts.ts';
import { alike } from './matching/likeness.ts';
import { findParents } from './matching/parents.ts';
import { listNav } from './navigation/list-nav.ts';
import { excludes } from './parsing/excludes.ts';
import { parseFrontMatter, splitFrontMatter } from './parsing/front-matter.ts';
import { addressesOf } from './reading/addresses.ts';
import { readConfig } from './reading/config.ts';

const noPause = async () => {};

// Inputs are so large that what is quadratic in them would not end within a test's own time.
const said = { permalink: null, aliases: [], date: null, slug: null, categories: [] };

describe('front matter', () => {
  test.each([
    ['aliases in one another', `a: &a [${'*a,'.repeat(400)}]`],
    ['aliases that double', Array.from({ length: 40 }, (_, n) => `k${n}: &k${n} [${n ? `*k${n - 1},*k${n - 1}` : 'x'}]`).join('\n')],
    ['lists in lists', `a: ${'['.repeat(30_000)}`],
    ['lines in lines', Array.from({ length: 900 }, (_, n) => `${' '.repeat(n)}k:`).join('\n')],
    ['errors alone', `a: b\n${'%: }\n'.repeat(40_000)}`],
    ['more than a megabyte', `a: ${'x'.repeat(1_000_001)}`],
  ])('of %s is refused in words', async (_, yaml) => {
    await expect(parseFrontMatter(yaml, 'yaml')).rejects.toMatchObject({ code: 'bad-file' });
  });

  test('is read whatever its keys and length; a few aliases are fine', async () => {
    const list = Array.from({ length: 6_000 }, (_, n) => `"_mm_${n}_epi32"`).join(', ');
    const { front, body } = splitFrontMatter(`---\nms.date: 12/06/2021\ntitle: &t Real\nagain: *t\nkeywords: [${list}]\n---\nText\n`);
    const { values } = await parseFrontMatter(front?.text ?? '', 'yaml');
    expect([values.get('title'), values.get('again'), body]).toEqual(['Real', 'Real', 'Text\n']);
  });
});

describe('settings', () => {
  test('of any length are read in a time that grows with them', async () => {
    const slashes = `a${'/'.repeat(900_000)}a`;
    expect(addressesOf('a.md', { ...said, permalink: slashes }, { jekyll: true, permalink: null, collections: [] }).also).toEqual([]);
    expect((await readConfig(`baseurl: ${slashes}\n`)).baseurl).toBe('');
    expect(partsOf(`a${'?'.repeat(2_000_000)}\n`).path).toBe('a');
    expect(listNav(`${'- ['.repeat(600_000)}\n- [A](a.md)`, '')).toMatchObject([{ title: 'A', path: 'a.md' }]);
  });

  test('leave out by names whatever their number, and patterns that cost too much are refused, never skipped', async () => {
    const names = excludes(Array.from({ length: 4_000 }, (_, n) => `folder-${n}`));
    expect(Array.from({ length: 60_000 }, (_, n) => names(`folder-${n}/x/y.md`)).filter(Boolean)).toHaveLength(4_000);
    expect([names('folder-7/a.md'), names('folder-x/a.md')]).toEqual([true, false]);
    const globs = excludes(Array.from({ length: 4_000 }, (_, n) => `*a*b*c${n}`));
    expect(() => Array.from({ length: 60_000 }, () => globs('a'.repeat(200)))).toThrow(/take too long/);
  });
});

test('pages of one title, or in a long chain, find their parents in a time that grows with them', async () => {
  const meta = (parent: string, grandParent: string) => ({ parent, grandParent, ancestor: grandParent });
  const same = Array.from({ length: 20_000 }, (_, n) => ({ id: `${n}`, file: `${n}/x.md`, title: 'Same', meta: meta('Same', 'Same') }));
  const chain = Array.from({ length: 20_000 }, (_, n) => ({
    id: `${n}`,
    file: `${n}.md`,
    title: `T${n}`,
    meta: meta(`T${n + 1}`, `T${n + 2}`),
  }));
  expect((await findParents(same, noPause)).size).toBe(0);
  expect((await findParents(chain, noPause)).get('17')).toBe('18');
});

test('as many pages of one title as are told apart, each at the end of a long chain, are asked about thousands of times', async () => {
  const levels = 50;
  const page = (id: string, title: string, parent: string, ancestor: string | null) => ({
    id,
    file: `${id}.md`,
    title,
    meta: { parent, grandParent: null, ancestor },
  });
  const chains = Array.from({ length: 200 }, (_, n) => [
    ...Array.from({ length: levels }, (_, level) => page(`${n}-${level}`, `T${n}-${level}`, `T${n}-${level + 1}`, null)),
    page(`${n}`, 'Overview', `T${n}-0`, null),
  ]).flat();
  const asking = Array.from({ length: 4_000 }, (_, n) => page(`a${n}`, `A${n}`, 'Overview', `T${n % 200}-${levels - 1}`));
  let pauses = 0;
  const found = await findParents([...chains, ...asking], async () => void pauses++);
  expect([found.get('a17'), found.get('a3999'), pauses]).toEqual(['17', '199', chains.length + asking.length]);
});

test('likeness of many texts that share their lines takes a time that grows with them', async () => {
  const texts = (from: string) =>
    Array.from({ length: 1_000 }, (_, n) => [`${from}${n}`, `${'same\n'.repeat(500)}own ${n}\n`] as [string, string]);
  expect(await alike(texts('a'), texts('b'), { prefers: () => false, pause: noPause })).toEqual([]);
});

test('texts are compared one at a time, between pauses, those that are very long and those beyond a number of lines not at all', async () => {
  const lines = (count: number, name: string) => Array.from({ length: count }, (_, n) => `${name}${n}`).join('\n');
  let [read, pauses] = [0, 0];
  async function* texts(side: string): AsyncIterable<[string, string]> {
    for (let n = 0; n < 30; n++) {
      expect(pauses).toBe(read);
      read += 1;
      yield [`${side}${n}`, `${lines(n === 1 ? 30_000 : 20_000, `${n}-`)}\n${side}`];
    }
  }
  const pause = async () => {
    pauses += 1;
  };
  const pairs = await alike(texts('a'), texts('b'), { prefers: () => false, pause });
  const compared = [0, ...Array.from({ length: 23 }, (_, n) => n + 2)];
  expect(pairs.map(([a, b]) => `${a} ${b}`).sort()).toEqual(compared.map((n) => `a${n} b${n}`).sort());
});
