import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { folderBlobs } from '@sidekick/blobs';
import { sqliteStore } from '@sidekick/store';
import { sweepContract } from './sweep.contract.ts';

describe('files that no page uses, in SQLite and a folder', () => {
  sweepContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'content-sweep-'));
    const store = sqliteStore({ file: join(folder, 'content.db') });
    const end = async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    };
    return { store, blobs: folderBlobs({ folder: join(folder, 'blobs') }), end };
  });
});
