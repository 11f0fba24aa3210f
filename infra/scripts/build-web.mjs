// Builds the web UI when its sources have changed since the last build.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { root } from './installed.mjs';

const files = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name !== 'node_modules' && name !== 'dist')
        .flatMap((name) => files(`${path}/${name}`))
    : [`${path} ${statSync(path).mtimeMs}`];

const stamp = `${root}services/web/dist/.stamp`;
const sources = ['services/web', 'packages/calendar/src', 'packages/contracts/src', 'package-lock.json']
  .flatMap((path) => files(root + path))
  .join('\n');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
  console.error('Building the web UI …');
  const { build } = await import('vite');
  await build({ root: `${root}services/web`, configFile: `${root}services/web/vite.config.ts`, logLevel: 'error' });
  writeFileSync(stamp, sources);
}
