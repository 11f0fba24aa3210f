import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import type { Store } from '@sidekick/store';
import { mongoStore } from '@sidekick/store/mongo';
import { describeWith } from '@sidekick/testing';
import { dropDatabases } from '@sidekick/testing/apart';
import { jobsContract } from './jobs.contract.ts';
import { tasks } from './testing/tasks.ts';

describeWith('mongo', "jobs on MongoDB's protocol", (url) => {
  const databases: string[] = [];
  afterAll(() => dropDatabases(url, databases));
  jobsContract(async () => {
    const database = `jobs-test-${randomUUID().slice(0, 8)}`;
    databases.push(database);
    const opened: Store[] = [];
    return {
      async open() {
        const store = mongoStore({ url, database });
        store.collection(tasks);
        opened.push(store);
        if (opened.length === 1) await store.migrate();
        return store;
      },
      async end() {
        for (const store of opened) await store.close();
      },
    };
  });
});
