import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface Upload {
  /** Suggested source key: the folder's name. */
  name: string;
  /** Path in the folder to file, or one zip as it is. */
  files: { path: string; file: Blob }[] | Blob;
  /** Folders that are not sent, with a slash at the end: named here and in the report. */
  without: string[];
}

/** Already compressed: stored as it is. */
const packed = /\.(?:png|jpe?g|gif|webp|avif|ico|pdf|zip|gz|woff2?|mp4|webm)$/i;
/** What no handbook means: the folder of a repository, and what package managers leave. Hidden folders may hold its images. */
const leftOut = /^(?:.*?\/)?(?:\.git|node_modules)\//;
/** Milliseconds of work between two pauses that let the page answer. */
const stretch = 24;

/** A folder as the browser hands it over; the folder's own name is not part of the paths. */
export function uploadOfFolder(list: readonly File[]): Upload {
  const name = list[0]?.webkitRelativePath.split('/')[0] ?? '';
  const files = list.map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), file }));
  const without = new Set(files.flatMap(({ path }) => leftOut.exec(path)?.[0] ?? []));
  return { name, files: files.filter(({ path }) => path !== '' && !leftOut.test(path)), without: [...without] };
}

export const uploadOfZip = (file: File): Upload => ({ name: file.name.replace(/\.zip$/i, ''), files: file, without: [] });

export const countOf = ({ files }: Upload): number => (files instanceof Blob ? 1 : files.length);

/**
 * One zip of the folder, made here and without a worker (the page's CSP has none). `progress` hears how many files are packed.
 * Rejects when a file cannot be read, naming it.
 */
export async function pack({ files }: Upload, progress: (done: number) => void): Promise<Blob> {
  if (files instanceof Blob) return new Blob([files], { type: 'application/zip' });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else chunks.push(chunk as Uint8Array<ArrayBuffer>);
  });
  let since = performance.now();
  for (const [at, { path, file }] of files.entries()) {
    const entry = packed.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    zip.add(entry);
    entry.push(await read(path, file), true);
    if (failed) throw failed;
    if (performance.now() - since > stretch) {
      progress(at + 1);
      await new Promise((resolve) => setTimeout(resolve, 0));
      since = performance.now();
    }
  }
  zip.end();
  progress(files.length);
  return new Blob(chunks, { type: 'application/zip' });
}

async function read(path: string, file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`${path} cannot be read. Choose the folder again.`);
  }
}
