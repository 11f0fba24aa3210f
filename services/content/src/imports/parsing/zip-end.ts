import { open, truncate } from 'node:fs/promises';

const signature = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
/** Bytes of a zip's last record without its comment. */
const record = 22;
const longestComment = 0xffff;
const step = 64 * 1024;

/** Takes zero bytes off the end of a zip, which some tapes, uploads and mail gateways add: its last record is looked for at the end. */
export async function withoutTrailingZeros(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const read = async (from: number, to: number) => (await handle.read(Buffer.alloc(to - from), 0, to - from, from)).buffer;
    let filled = size;
    while (filled > 0) {
      const from = Math.max(0, filled - step);
      const last = lastNonZero(await read(from, filled));
      filled = last < 0 ? from : from + last + 1;
      if (last >= 0) break;
    }
    // The record itself may end with zeros, those of an empty comment among them.
    const from = Math.max(0, filled - record - longestComment);
    const tail = await read(from, Math.min(size, filled + record));
    const at = tail.lastIndexOf(signature);
    if (at < 0 || at + record > tail.length) return;
    const end = from + at + record + tail.readUInt16LE(at + record - 2);
    if (end < size && end >= filled) await truncate(file, end);
  } finally {
    await handle.close();
  }
}

function lastNonZero(bytes: Buffer): number {
  let at = bytes.length - 1;
  while (at >= 0 && bytes[at] === 0) at--;
  return at;
}
