import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Blobs } from './index.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What every store of attachments must do. `make` gives each test an empty one. */
export function blobsContract(make: () => Promise<{ blobs: Blobs; end(): Promise<void> }>): void {
  const withBlobs = (title: string, body: (blobs: Blobs) => Promise<void>) =>
    test(title, async () => {
      const { blobs, end } = await make();
      try {
        await body(blobs);
      } finally {
        await end();
      }
    });
  const all = async (blobs: Blobs): Promise<string[]> => {
    const keys: string[] = [];
    for await (const { hash } of blobs.list()) keys.push(hash);
    return keys;
  };

  withBlobs('keeps bytes under their hash, empty and large ones too', async (blobs) => {
    for (const bytes of [
      Buffer.from('hello'),
      Buffer.alloc(0),
      randomBytes(5_000_000),
      randomBytes(20 * 1_048_576),
      Buffer.from([0, 255, 13, 10, 0]),
    ]) {
      const key = await blobs.put(bytes);
      expect(key).toBe(sha256(bytes));
      expect(await blobs.has(key)).toBe(true);
      expect(Buffer.compare((await blobs.get(key)) ?? Buffer.from('nothing'), bytes)).toBe(0);
    }
  });

  withBlobs('keeps the same bytes once, however many bring them at once', async (blobs) => {
    const bytes = randomBytes(200_000);
    const keys = await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytes)));
    expect(new Set(keys).size).toBe(1);
    expect(await all(blobs)).toEqual([keys[0]]);
  });

  withBlobs('answers null for what it does not have', async (blobs) => {
    const key = sha256(Buffer.from('never put'));
    expect(await blobs.get(key)).toBeNull();
    expect(await blobs.has(key)).toBe(false);
    expect(await all(blobs)).toEqual([]);
  });

  withBlobs('deletes one alone, and minds no repeat', async (blobs) => {
    const [one, two] = [await blobs.put(Buffer.from('one')), await blobs.put(Buffer.from('two'))];
    await blobs.delete(one);
    await blobs.delete(one);
    expect(await blobs.has(one)).toBe(false);
    expect(await blobs.has(two)).toBe(true);
    expect(await blobs.put(Buffer.from('one'))).toBe(one);
    expect(await all(blobs)).toEqual([one, two].sort());
  });

  withBlobs('refuses what is no key, so that no name leads elsewhere', async (blobs) => {
    const real = await blobs.put(Buffer.from('one'));
    for (const key of ['', 'abc', '../../etc/passwd', real.toUpperCase(), `${real}/..`, ` ${real}`, `${real}\n`]) {
      await expect((async () => blobs.get(key))()).rejects.toThrow('not a key');
      await expect((async () => blobs.has(key))()).rejects.toThrow('not a key');
      await expect((async () => blobs.delete(key))()).rejects.toThrow('not a key');
    }
  });

  withBlobs('lists hundreds in order of their keys, with their sizes', async (blobs) => {
    const bytes = Array.from({ length: 300 }, (_, n) => Buffer.alloc(n, 'b'));
    for (let at = 0; at < 300; at += 30) await Promise.all(bytes.slice(at, at + 30).map((each) => blobs.put(each)));
    const listed: unknown[] = [];
    for await (const each of blobs.list()) listed.push(each);
    const expected = bytes.map((each) => ({ hash: sha256(each), size: each.length }));
    expect(listed).toEqual(expected.sort((a, b) => (a.hash < b.hash ? -1 : 1)));
  });

  withBlobs('holds on to what is put while it is deleted, or not at all', async (blobs) => {
    const bytes = randomBytes(900_000);
    const key = sha256(bytes);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([blobs.put(bytes), blobs.delete(key), blobs.put(bytes), blobs.delete(key)]);
      const kept = await blobs.get(key);
      if (kept) expect(Buffer.compare(kept, bytes)).toBe(0);
      expect(await all(blobs)).toEqual(kept ? [key] : []);
    }
    await blobs.put(bytes);
    expect(Buffer.compare((await blobs.get(key)) ?? Buffer.alloc(0), bytes)).toBe(0);
  });
}
