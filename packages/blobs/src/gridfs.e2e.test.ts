import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { StoreUnavailable } from '@sidekick/store';
import { mongoConnection } from '@sidekick/store/mongo';
import { describeWith, proxyTo, until } from '@sidekick/testing';
import { blobsContract } from './blobs.contract.ts';
import { gridfsBlobs } from './gridfs.ts';

describeWith('mongo', "blobs in GridFS on MongoDB's protocol", (url) => {
  const databases: string[] = [];
  const newDatabase = () => {
    const database = `blobs-test-${randomUUID().slice(0, 8)}`;
    databases.push(database);
    return database;
  };
  afterAll(async () => {
    for (const database of databases) {
      const { connection, use, close } = mongoConnection(url, database);
      await use(() => connection.dropDatabase());
      await close();
    }
  });
  const rowsIn = async (database: string, collection: string): Promise<number> => {
    const { connection, use, close } = mongoConnection(url, database);
    const count = await use(() => connection.collection(collection).countDocuments());
    await close();
    return count;
  };

  blobsContract(async () => {
    const blobs = gridfsBlobs({ url, database: newDatabase() });
    return { blobs, end: () => blobs.close() };
  });

  test('keeps one file of what several processes bring at once, and no chunk beside it', async () => {
    const database = newDatabase();
    const sides = Array.from({ length: 4 }, () => gridfsBlobs({ url, database }));
    const bytes = randomBytes(1_000_000);
    const keys = await Promise.all(sides.flatMap((side) => [side.put(bytes), side.put(bytes), side.put(bytes)]));
    expect(new Set(keys).size).toBe(1);
    expect(await rowsIn(database, 'blobs.files')).toBe(1);
    expect(await rowsIn(database, 'blobs.chunks')).toBe(4);
    await Promise.all(sides.map((side) => side.close()));
  });

  test('shows nothing of a put that died in the middle, and takes the same bytes afterwards', async () => {
    const database = newDatabase();
    const proxy = await proxyTo(url);
    const broken = gridfsBlobs({ url: proxy.url, database });
    const whole = gridfsBlobs({ url, database });
    await broken.put(Buffer.from('connected'));
    const bytes = randomBytes(40 * 1_048_576);
    const putting = expect(broken.put(bytes)).rejects.toThrow(StoreUnavailable);
    await until('the first chunks of it', async () => (await rowsIn(database, 'blobs.chunks')) > 1, 20);
    await proxy.cut();
    await putting;
    const keys: string[] = [];
    for await (const { hash } of whole.list()) keys.push(hash);
    expect(keys).toHaveLength(1);
    const key = await whole.put(bytes);
    expect(Buffer.compare((await whole.get(key)) ?? Buffer.alloc(0), bytes)).toBe(0);
    await Promise.all([broken.close(), whole.close(), proxy.close()]);
  }, 60_000);

  test('says within seconds that the server is gone, and goes on when it is back', async () => {
    const proxy = await proxyTo(url);
    const blobs = gridfsBlobs({ url: proxy.url, database: newDatabase() });
    const key = await blobs.put(Buffer.from('hello'));
    await proxy.cut();
    for (const work of [() => blobs.get(key), () => blobs.has(key), () => blobs.put(Buffer.from('more')), () => blobs.delete(key)]) {
      const began = performance.now();
      await expect(work()).rejects.toThrow(StoreUnavailable);
      expect(performance.now() - began).toBeLessThan(20_000);
    }
    await proxy.mend();
    await until('the server', () => blobs.get(key).catch(() => null));
    expect(await blobs.put(Buffer.from('more'))).toMatch(/^[0-9a-f]{64}$/);
    await blobs.close();
    await proxy.close();
  }, 60_000);
});
