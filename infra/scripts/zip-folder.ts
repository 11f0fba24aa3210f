import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';

export interface Listed {
  files: { path: string; real: string; size: number }[];
  /** What cannot be sent, and why. */
  failed: { path: string; reason: string }[];
  /** Folders that are never part of a handbook. */
  without: string[];
}

const never = new Set(['.git', 'node_modules']);

/** The files of a folder, links followed unless they lead out of it or in a circle. Throws when the folder is not there. */
export function listFolder(folder: string): Listed {
  const root = realpathSync(folder);
  if (!statSync(root).isDirectory()) throw new Error(`${folder} is not a folder`);
  const listed: Listed = { files: [], failed: [], without: [] };
  const walk = (path: string, above: readonly string[]) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const full = join(path, entry.name);
      const name = relative(root, full).split(sep).join('/');
      if (never.has(entry.name)) {
        listed.without.push(entry.isDirectory() ? `${name}/` : name);
        continue;
      }
      try {
        const real = realpathSync(full);
        const found = statSync(real);
        if (real !== root && !real.startsWith(root + sep))
          listed.failed.push({ path: name, reason: 'a link that leads out of the folder' });
        else if (!found.isDirectory()) listed.files.push({ path: name, real, size: found.size });
        else if (above.includes(real)) listed.failed.push({ path: name, reason: 'a link that leads in a circle' });
        else walk(full, [...above, real]);
      } catch (error) {
        listed.failed.push({
          path: name,
          reason: (error as NodeJS.ErrnoException).code === 'ELOOP' ? 'a link that leads in a circle' : (error as Error).message,
        });
      }
    }
  };
  walk(root, [root]);
  return listed;
}

/** One zip of the files, made as it is read: never more than a file of it is in memory. A file that cannot be read goes to `failed`. */
export async function* zipOf({ files, failed }: Listed): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let broken: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) broken = error;
    else ready.push(chunk);
  });
  const taken = function* () {
    if (broken) throw broken;
    yield* ready;
    ready = [];
  };
  for (const { path, real } of files) {
    try {
      const bytes = readFileSync(real);
      const entry = new ZipDeflate(path, { level: 1 });
      zip.add(entry);
      entry.push(bytes, true);
    } catch (error) {
      failed.push({ path, reason: (error as Error).message });
    }
    yield* taken();
  }
  zip.end();
  yield* taken();
}
