import { crc32 } from 'node:zlib';
import { InvalidInput } from '@sidekick/service-kit';
import { type Entry, open, type ZipFile } from 'yauzl';
import { withoutTrailingZeros } from './zip-end.ts';
import { nameOfEntry } from './zip-names.ts';
import { noZip, unreadable } from './zip-words.ts';

export interface ZipItem {
  /** Path with `/` between its parts; safe below any folder. */
  path: string;
  size: number;
  entry: Entry;
}
export interface Zip {
  items: ZipItem[];
  /** Entries that are not read, with the reason. */
  refused: { path: string; reason: string }[];
  read(item: ZipItem): Promise<Buffer>;
  close(): void;
}

const mostEntries = 60_000;
/** Bytes when unpacked. */
const largest = 1024 * 1024 * 1024;
/** A small upload that claims to unpack to this many times its size, beyond `harmless` bytes, is a bomb. */
const ratio = 150;
const harmless = 128 * 1024 * 1024;

/** Lists a zip file. Throws InvalidInput for what is no zip, or unpacks to more than is taken; single bad entries are refused by name. */
export async function openZip(file: string, bytes: number): Promise<Zip> {
  await withoutTrailingZeros(file);
  const refuse = async (failure: Error) => {
    throw await noZip(file, failure);
  };
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(file, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, opened) => (error ? reject(error) : resolve(opened)));
  }).catch(refuse);
  try {
    if (zip.entryCount > mostEntries) throw new InvalidInput('zip-too-large', `More than ${mostEntries} files in one import`);
    const entries = await entriesOf(zip).catch(refuse);
    const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (total > largest || (total > harmless && total > bytes * ratio)) {
      throw new InvalidInput('zip-too-large', `The zip unpacks to ${Math.round(total / 1_048_576)} MB; that is more than an import takes`);
    }
    return { ...sort(entries), read: ({ entry }) => readEntry(zip, entry), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** How many files a zip says it holds; 0 for what is no zip. */
export async function filesIn({ file }: { file: string }): Promise<number> {
  await withoutTrailingZeros(file);
  return new Promise((resolve) => {
    open(file, { lazyEntries: true, decodeStrings: false }, (error, opened) => {
      if (error) return resolve(0);
      opened.close();
      return resolve(opened.entryCount);
    });
  });
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });
}

function sort(entries: readonly Entry[]): Pick<Zip, 'items' | 'refused'> {
  const items: ZipItem[] = [];
  const refused: Zip['refused'] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const raw = entry.fileName as unknown as Buffer;
    const path = nameOfEntry(entry, raw);
    // A folder; `/` and `./` are the top itself.
    if ((raw.at(-1) === 0x2f || raw.at(-1) === 0x5c) && (path === '' || safe(path))) continue;
    const reason = refusal(path, entry) ?? (seen.has(path) ? 'Twice in the zip; the first was taken' : undefined);
    seen.add(path);
    if (reason) refused.push({ path: path.slice(0, 300), reason });
    else items.push({ path, size: entry.uncompressedSize, entry });
  }
  items.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { items, refused };
}

const symbolicLink = 0o120000;
function refusal(path: string, entry: Entry): string | undefined {
  if (!safe(path)) return 'The path leaves the folder; refused';
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === symbolicLink) return 'A symbolic link; links are not followed';
  return entry.isEncrypted() ? 'Encrypted' : undefined;
}

const safe = (path: string): boolean =>
  path !== '' &&
  !path.startsWith('/') &&
  !/^[a-z]:/i.test(path) &&
  !path.includes('\0') &&
  !path.split('/').some((part) => part === '..' || part === '.' || part === '');

function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(unreadable(error));
      const chunks: Buffer[] = [];
      // By the chunk: of a large file at once it would hold the event loop for others.
      let checksum = 0;
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        checksum = crc32(chunk, checksum);
      });
      stream.once('end', () => {
        if (checksum === entry.crc32) resolve(Buffer.concat(chunks));
        else reject(new Error('it is damaged in the zip: its checksum is another'));
      });
      stream.once('error', (failure) => reject(unreadable(failure)));
    });
  });
}
