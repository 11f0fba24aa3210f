// Indexes, schema and queues of every part, one after the other; ends at the first that fails. Part of every release.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

for (const part of ['gateway', 'content', 'staffing']) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), part, 'migrate'], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  console.log(`${part} is migrated`);
}
