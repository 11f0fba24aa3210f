#!/usr/bin/env node
// The entry of the image: runs a part or a command in this process, which is the container's first.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const commands = new Map([
  ['backup', 'infra/scripts/backup.ts'],
  ['restore', 'infra/scripts/restore.ts'],
  ['import', 'infra/scripts/import.ts'],
  ['keys', 'infra/scripts/keys.mjs'],
  ['load', 'infra/drill/load-job.ts'],
  ['migrate', 'infra/image/migrate.mjs'],
  ['health', 'infra/image/health.mjs'],
]);

const [name = 'portal', ...rest] = process.argv.slice(2);
const isPart = /^[a-z]+$/.test(name) && existsSync(new URL(`services/${name}/src/main.ts`, root));
const file = commands.get(name) ?? (isPart ? `services/${name}/src/main.ts` : undefined);
if (!file || !existsSync(new URL(file, root))) {
  const parts = readdirSync(new URL('services/', root)).filter((part) => existsSync(new URL(`services/${part}/src/main.ts`, root)));
  console.error(`There is no ${name}. Say one of: ${[...parts, ...commands.keys()].join(', ')}.`);
  process.exit(1);
}
// The kernel gives the first process of a container no default for signals: what handles none would not end at all.
for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
]) {
  process.on(signal, () => process.listenerCount(signal) > 1 || process.exit(code));
}
await import('../ts/register.mjs');
process.argv = [process.argv[0], fileURLToPath(new URL(file, root)), ...rest];
await import(new URL(file, root).href);
