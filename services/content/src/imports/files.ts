import { keyOf } from '@sidekick/blobs';
import { ulid } from 'ulid';
import { hold } from '../attachments/hold.ts';
import type { ImportContent } from './imports.ts';
import type { Zip, ZipItem } from './parsing/zip.ts';
import { largestFile } from './reading/scan.ts';

export interface TakenFiles {
  /** SHA-256 of a file's bytes, which are kept as a blob; null when they cannot be read. */
  hashOf(file: string): Promise<string | null>;
  /** Whether a file that was added here is there, and stays. */
  hold(hash: string): Promise<boolean>;
  /** Files that pages of this run show or link to. */
  count(): number;
  isUsed(file: string): boolean;
}

/** Takes in the files that pages use, each once a run, and nothing else of the source. */
export function takenFiles(
  content: ImportContent,
  options: { zip: Zip; items: ReadonlyMap<string, ZipItem>; source: string; fail: (path: string, reason: string) => void },
): TakenFiles {
  const { zip, items, source, fail } = options;
  const done = new Map<string, Promise<string | null>>();

  async function take(file: string): Promise<string | null> {
    const item = items.get(file);
    if (!item) return null;
    if (item.size > largestFile) {
      fail(file, `Larger than ${largestFile / 1_048_576} MB; not taken`);
      return null;
    }
    try {
      const bytes = await zip.read(item);
      const hash = await keyOf(bytes);
      const known = await content.sourceFiles.byKey(`file:${source}/${file}`);
      if (!(await hold(content, hash))) await content.blobs.put(bytes);
      if (known?.doc.hash === hash) return hash;
      if (known) await content.sourceFiles.replace(known, { ...known.doc, hash, size: bytes.length });
      else await content.sourceFiles.insert({ _id: ulid(), source, file, hash, size: bytes.length });
      return hash;
    } catch (error) {
      fail(file, `Cannot be read: ${(error as Error).message}`);
      return null;
    }
  }
  return {
    hashOf(file) {
      const hash = done.get(file) ?? take(file);
      done.set(file, hash);
      return hash;
    },
    hold: (hash) => hold(content, hash),
    count: () => done.size,
    isUsed: (file) => done.has(file),
  };
}
