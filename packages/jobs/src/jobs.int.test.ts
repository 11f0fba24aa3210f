import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { sqliteStore } from '@sidekick/store';
import { jobsContract } from './jobs.contract.ts';
import { tasks } from './testing/tasks.ts';

describe('jobs in SQLite', () => {
  jobsContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sidekick-jobs-'));
    const store = sqliteStore({ file: join(folder, 'store.db') });
    store.collection(tasks);
    await store.migrate();
    return {
      open: async () => store,
      async end() {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  });
});
