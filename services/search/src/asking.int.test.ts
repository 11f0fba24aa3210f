import { expect, jest, test } from '@jest/globals';
import { handbook } from './testing/asked/handbook.ts';
import { type Asked, asked } from './testing/asked/queries.ts';
import { searchOver, textOf } from './testing/over.ts';

jest.setTimeout(60_000);
const kit = searchOver(...handbook);

/** Title of the page or name of the thing that a hit is of. */
async function firstThree({ q, typing }: Asked): Promise<string[]> {
  const { items } = await kit.find(q, typing ? '&typing=true' : '');
  const pages = items.map((hit) => (hit.type === 'section' && hit.anchor !== '' ? (hit.trail.at(-1) ?? '') : textOf(hit.title)));
  return [...new Set(pages)].slice(0, 3);
}

test('what people type finds what they mean among the first three', async () => {
  const missed: string[] = [];
  for (const one of asked) {
    const found = await firstThree(one);
    if (!found.includes(one.finds)) missed.push(`${one.kind}: ${one.q} found ${found.join(' | ') || 'nothing'} instead of ${one.finds}`);
  }
  expect(missed).toEqual([]);
});
