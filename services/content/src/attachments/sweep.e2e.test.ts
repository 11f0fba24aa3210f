import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { gridfsBlobs } from '@sidekick/blobs/gridfs';
import { mongoStore } from '@sidekick/store/mongo';
import { describeWith } from '@sidekick/testing';
import { dropDatabases } from '@sidekick/testing/apart';
import { sweepContract } from './sweep.contract.ts';

describeWith('mongo', "files that no page uses, on MongoDB's protocol and GridFS", (url) => {
  const databases: string[] = [];
  afterAll(() => dropDatabases(url, databases));
  sweepContract(async () => {
    const database = `sweep-test-${randomUUID().slice(0, 8)}`;
    databases.push(database);
    const store = mongoStore({ url, database });
    const blobs = gridfsBlobs({ url, database });
    const end = async () => void (await Promise.all([store.close(), blobs.close()]));
    return { store, blobs, end };
  });
});
