import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { LRUCache } from 'lru-cache';

interface Part {
  plain: Buffer;
  deflated: Buffer;
}

/** Parts up to this size are stored as they are: the nonce is another one in every answer. */
const tooShort = 200;
const kept = new LRUCache<string, Part>({
  maxSize: 32 * 1_048_576,
  // The key is the text itself, of up to two bytes a letter.
  sizeCalculation: ({ plain, deflated }, text) => plain.length + deflated.length + 2 * text.length,
});

/** Of gzip: no name, no time, system unknown (RFC 1952 §2.3). */
const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** The last block, empty. */
const last = Buffer.from([3, 0]);

/**
 * One gzip of several parts that are deflated apart, so that those which come again and again are deflated once: each ends on a
 * whole byte by an empty stored block (RFC 1951 §3.2.4) and refers to nothing before it.
 */
export async function gzipOfParts(texts: readonly string[]): Promise<Buffer> {
  const parts = await Promise.all(texts.filter((text) => text !== '').map(partOf));
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(
    parts.reduce((sum, { plain }) => crc32(plain, sum), 0),
    0,
  );
  tail.writeUInt32LE(parts.reduce((size, { plain }) => size + plain.length, 0) >>> 0, 4);
  return Buffer.concat([head, ...parts.map(({ deflated }) => deflated), last, tail]);
}

async function partOf(text: string): Promise<Part> {
  if (text.length <= tooShort) return stored(Buffer.from(text));
  const known = kept.get(text);
  if (known) return known;
  const plain = Buffer.from(text);
  const deflated = (await promisify(deflateRaw)(plain, { finishFlush: constants.Z_SYNC_FLUSH })) as Buffer;
  const part = { plain, deflated };
  kept.set(text, part);
  return part;
}

/** A block of bytes as they are. */
function stored(plain: Buffer): Part {
  const frame = Buffer.alloc(5);
  frame.writeUInt16LE(plain.length, 1);
  frame.writeUInt16LE(~plain.length & 0xffff, 3);
  return { plain, deflated: Buffer.concat([frame, plain]) };
}
