// npm run next-release -- FOLDER: this checkout as it would be one release later, ready to run and to build an image of.
// With --check it is made aside, type-checked, and its newest events are read with the schemas of this release.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseOnReceipt } from '@sidekick/contracts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patch = fileURLToPath(new URL('./next-release.patch', import.meta.url));
const left = new Set(['node_modules', '.git', 'dist']);
/** What runs here leave at the root. */
const own = new Set(['data', 'coverage']);

/** Copies the sources into an empty or new folder and applies the patch. Throws when it does not apply. */
export function makeNextRelease(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root)) {
    if (left.has(name) || own.has(name)) continue;
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !left.has(basename(path)) });
  }
  // Outside of any repository, wherever the folder lies: else paths would count from that one's root.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(resolve(folder)) };
  execFileSync('git', ['apply', '--whitespace=nowarn', patch], { cwd: folder, env });
  linkModules(folder);
}

/** Packages of others from this checkout, our own from the copy. */
function linkModules(folder: string): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@sidekick'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@sidekick' && !name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  for (const workspace of ['packages', 'services'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(kind, name)))) {
    if (!existsSync(join(root, workspace, 'package.json'))) continue;
    const { name } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as { name: string };
    symlinkSync(join('..', '..', ...workspace.split(sep)), join(modules, name));
    const own = join(root, workspace, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(folder, workspace, 'node_modules'));
  }
}

function check(): void {
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-next-'));
  try {
    makeNextRelease(folder);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', 'infra/ts/tsconfig.node.json', '--incremental', 'false'], { cwd: folder, stdio: 'inherit' });
    const samples = join(folder, 'packages/contracts/samples');
    for (const file of readdirSync(samples)) parseOnReceipt(JSON.parse(readFileSync(join(samples, file), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [where] = process.argv.slice(2);
  if (!where) {
    console.error('Usage: npm run next-release -- FOLDER, or --check');
    process.exit(1);
  }
  if (where === '--check') check();
  else makeNextRelease(resolve(where));
}
