import { crc32 } from 'node:zlib';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { Refused } from './refused.ts';
import { longestProlog } from './xml.ts';

/** Bytes of all parts when unpacked. */
const mostUnpacked = 50 * 1024 * 1024;
const mostParts = 5_000;

/**
 * The parts of a zip by name, all of them unpacked and counted, whatever sizes are declared; `keeps` says whose bytes are kept
 * whole, of others the first are. Throws Refused.
 */
export async function unzip(bytes: Buffer, keeps: (name: string) => boolean): Promise<Map<string, Buffer>> {
  const zip = await opened(bytes);
  const parts = new Map<string, Buffer>();
  let left = mostUnpacked;
  for (const entry of await entriesOf(zip)) {
    const name = (entry.fileName as unknown as Buffer).toString('utf8').replaceAll('\\', '/').replace(/^\//, '');
    if (name.endsWith('/')) continue;
    const { size, content } = await unpacked(zip, entry, left, keeps(name));
    left -= size;
    if (!parts.has(name)) parts.set(name, content);
  }
  return parts;
}

const damaged = () => new Refused('damaged');

function opened(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
    fromBuffer(bytes, options, (error, zip) => (error ? reject(damaged()) : resolve(zip)));
  });
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    if (zip.entryCount > mostParts) return reject(new Refused('too-big'));
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', () => reject(damaged()));
    return zip.readEntry();
  });
}

function unpacked(zip: ZipFile, entry: Entry, left: number, isKept: boolean): Promise<{ size: number; content: Buffer }> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(damaged());
    zip.openReadStream(entry, (error, stream) => {
      if (error) return fail();
      const content = Buffer.allocUnsafe(Math.min(entry.uncompressedSize, left, isKept ? left : longestProlog));
      let [size, kept, checksum] = [0, 0, 0];
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        checksum = crc32(chunk, checksum);
        kept += chunk.copy(content, kept);
        if (size <= left) return;
        reject(new Refused('too-big'));
        stream.destroy();
      });
      stream.once('end', () => {
        if (checksum !== entry.crc32 || size !== entry.uncompressedSize) fail();
        else resolve({ size, content: content.subarray(0, kept) });
      });
      return stream.once('error', fail);
    });
  });
}
