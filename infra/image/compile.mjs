// Starts every part once without settings, which ends it as soon as all its modules are loaded: so Node's compile cache
// (NODE_COMPILE_CACHE) holds them, stripped of types. Ends with 1 when it does not.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const run = fileURLToPath(new URL('run.mjs', import.meta.url));
const folder = process.env.NODE_COMPILE_CACHE ?? '';
const cached = () => readdirSync(folder, { recursive: true }).length;
const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: folder };
for (const part of ['gateway', 'content', 'search', 'staffing', 'load']) {
  const before = cached();
  const { stderr } = spawnSync(process.execPath, [run, part], { env, encoding: 'utf8' });
  const more = cached() - before;
  console.log(`${part}: ${more} modules`);
  if (more > 0) continue;
  console.error(stderr);
  process.exit(1);
}
