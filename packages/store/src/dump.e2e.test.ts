import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import mongoose from 'mongoose';
import { dumpContract } from './testing/dump.contract.ts';
import { sideAt, sqliteSide } from './testing/sides.ts';
import { aThing, things } from './testing/things.ts';

describeWith('mongo', "dumps of MongoDB's protocol", (url) => {
  const admin = mongoose.createConnection(url);
  afterAll(() => admin.close());
  const mongoSide = async () => {
    const database = `dump-test-${randomUUID().slice(0, 8)}`;
    return sideAt(['mongo', url, database], async () => void (await admin.useDb(database).dropDatabase()));
  };
  describe('into the same', () => dumpContract(mongoSide));
  describe('into SQLite', () => dumpContract(mongoSide, sqliteSide));
  describe('from SQLite', () => dumpContract(sqliteSide, mongoSide));

  test('names the document of SQLite that is larger than the server takes', async () => {
    const [from, to] = [await sqliteSide(), await mongoSide()];
    const [small, server] = [from.open(), to.open()];
    try {
      await small.collection(things()).insert(aThing({ _id: 'long', words: { text: 'x'.repeat(16 * 1024 * 1024) } }));
      server.collection(things());
      await server.migrate();
      await expect(server.load(small.dump())).rejects.toThrow(/^\S+ long is larger than a document of MongoDB may be/);
    } finally {
      await Promise.all([from.end(), to.end()]);
    }
  });
});
