import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));

/** Writes files in the format of the project. Throws, with everything as it was before, when one cannot be written or read by Biome. */
export function write(root: string, files: ReadonlyMap<string, string>): void {
  const undo: (() => void)[] = [];
  try {
    for (const [path, text] of files) {
      const at = join(root, path);
      undo.push(...before(at));
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, text);
    }
    const args = ['check', '--config-path', 'infra/check/lint.json', '--error-on-warnings', '--write', ...files.keys()];
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [biome, ...args], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`Biome refused what was written: ${error?.message ?? stdout + stderr}`);
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/** How to make a path what it is now: the file, or the highest folder above it that is not there yet. */
function before(at: string): (() => void)[] {
  if (existsSync(at)) {
    const text = readFileSync(at);
    return [() => writeFileSync(at, text)];
  }
  let highest = at;
  while (!existsSync(dirname(highest))) highest = dirname(highest);
  return [() => rmSync(highest, { recursive: true, force: true })];
}
