import { randomUUID } from 'node:crypto';
import { afterAll, describe } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import mongoose from 'mongoose';
import { dumpContract } from './testing/dump.contract.ts';
import { sideAt, sqliteSide } from './testing/sides.ts';

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
});
