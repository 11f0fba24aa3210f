import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';

export interface Zipped {
  bytes: Uint8Array;
  files: number;
  /** What is not in the zip, and why. */
  failed: { path: string; reason: string }[];
}

/** Folders that are never part of a handbook. */
const left = new Set(['.git', 'node_modules']);

/** A folder as one zip, links followed unless they lead out of it or in a circle. Throws when the folder is not there. */
export function zipFolder(folder: string): Zipped {
  const root = realpathSync(folder);
  if (!statSync(root).isDirectory()) throw new Error(`${folder} is not a folder`);
  const files: Record<string, Uint8Array> = Object.create(null);
  const failed: Zipped['failed'] = [];
  const walk = (path: string, above: readonly string[]) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (left.has(entry.name)) continue;
      const full = join(path, entry.name);
      const name = relative(root, full).split(sep).join('/');
      try {
        const real = realpathSync(full);
        if (real !== root && !real.startsWith(root + sep)) failed.push({ path: name, reason: 'a link that leads out of the folder' });
        else if (statSync(real).isDirectory()) {
          if (above.includes(real)) failed.push({ path: name, reason: 'a link that leads in a circle' });
          else walk(full, [...above, real]);
        } else files[name] = readFileSync(real);
      } catch (error) {
        failed.push({
          path: name,
          reason: (error as NodeJS.ErrnoException).code === 'ELOOP' ? 'a link that leads in a circle' : (error as Error).message,
        });
      }
    }
  };
  walk(root, [root]);
  return { bytes: zipSync(files, { level: 1 }), files: Object.keys(files).length, failed };
}
