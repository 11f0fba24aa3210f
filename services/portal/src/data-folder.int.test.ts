import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sqliteStore } from '@sidekick/store';
import { openDataFolder } from './data-folder.ts';

let path: string;
let mask: number;
beforeEach(() => {
  mask = process.umask(0o022);
  path = mkdtempSync(join(tmpdir(), 'sidekick-data-'));
});
afterEach(() => {
  process.umask(mask);
  rmSync(path, { recursive: true });
});

test('databases are for their own user alone, new ones and those that an older release left in a folder of everybody', async () => {
  chmodSync(path, 0o755);
  for (const name of ['content.db', 'content.db-wal', 'search.db']) writeFileSync(join(path, name), '', { mode: 0o644 });
  mkdirSync(join(path, 'attachments'));
  const folder = openDataFolder(path);
  const store = sqliteStore({ file: folder.file('gateway.db') });
  await store.migrate();
  for (const name of readdirSync(path).filter((one) => one.includes('.db')))
    expect([name, statSync(join(path, name)).mode & 0o777]).toEqual([name, 0o600]);
  await store.close();
});
