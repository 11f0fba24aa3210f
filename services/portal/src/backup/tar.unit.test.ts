import { describe, expect, test } from '@jest/globals';
import { BadArchive, type Member, readTar, tarEnd, tarMember } from './tar.ts';

const at = new Date('2026-11-25T03:04:05Z');
const members: Member[] = [
  { name: 'empty', bytes: Buffer.alloc(0) },
  { name: 'content/pages.0001.ndjson', bytes: Buffer.from('{"a":"ä"}\n') },
  { name: `blobs/${'a'.repeat(64)}`, bytes: Buffer.alloc(1024, 7) },
  { name: 'one-block-and-a-byte', bytes: Buffer.alloc(513, 1) },
];
const whole = Buffer.concat([...members.flatMap((member) => [...tarMember(member, at)]), tarEnd()]);

/** In pieces of odd sizes, as a stream brings them. */
async function* inPieces(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
async function read(bytes: Buffer, size = 100): Promise<Member[]> {
  const found: Member[] = [];
  for await (const { name, bytes: held } of readTar(inPieces(bytes, size))) found.push({ name, bytes: Buffer.from(held) });
  return found;
}

describe('a tar', () => {
  test.each([1, 7, 512, 1000, 100_000])('is read as it was written, in pieces of %d bytes', async (size) => {
    expect(await read(whole, size)).toEqual(members.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) })));
  });

  test('is refused wherever it is cut', async () => {
    for (let end = 0; end < whole.length; end += 100) await expect(read(whole.subarray(0, end))).rejects.toThrow(BadArchive);
  });

  test('is refused when a header was changed, or when something follows its end', async () => {
    for (const place of [0, 100, 124, 130, 156, 257]) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 1;
      await expect(read(changed)).rejects.toThrow(BadArchive);
    }
    await expect(read(Buffer.concat([whole, Buffer.from('more')]))).rejects.toThrow('follows the end');
  });

  test('writes no name that a tar cannot hold', () => {
    for (const name of ['', 'with space', 'ä', 'x'.repeat(101)])
      expect(() => [...tarMember({ name, bytes: Buffer.alloc(0) }, at)]).toThrow('no name');
  });
});
