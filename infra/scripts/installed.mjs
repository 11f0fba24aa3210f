// What npm has put into node_modules against package-lock.json: installs only what is missing. Node's own modules alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

/** Whether every package of the lock file is there in its version; test tools only when asked for. */
function isInstalled(withTools) {
  const there = read(`${root}node_modules/.package-lock.json`);
  return Object.entries(read(`${root}package-lock.json`)).every(
    ([path, { version, optional, devOptional, peer, dev, link }]) =>
      !path.startsWith('node_modules/') ||
      optional ||
      devOptional ||
      peer ||
      (dev && !withTools) ||
      // A workspace is a link: npm made it, or it is new.
      (link ? path in there : there[path]?.version === version),
  );
}

/** Runs `npm ci` when something is missing; ends the process with npm's own words when that fails. */
export function install({ withTools }) {
  if (isInstalled(withTools)) return;
  console.error(withTools ? 'Installing what the tests need (about 40 s) …' : 'Installing (about 30 s, only the first time) …');
  const args = ['ci', ...(withTools ? ['--include=dev'] : ['--omit=dev']), '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const { status, error } = npm ? spawnSync(process.execPath, [npm, ...args], stdio) : spawnSync('npm', args, stdio);
  if (status === 0) return;
  console.error(`npm could not install the packages${error ? `: ${error.message}` : ''}. Its own message is above.`);
  process.exit(1);
}

const stdio = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };

/** Node 20.19 or newer, else one clear line. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Sidekick needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Runs a program to its end; answers its exit code. */
export function run(args, options = {}) {
  const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', ...options });
  return signal ? 1 : (status ?? 1);
}
