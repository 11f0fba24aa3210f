/** One file of a tar, whole. */
export interface Member {
  name: string;
  bytes: Uint8Array;
}

/** The archive is not what this release writes: cut short, changed, or something else. Nothing of it may be used. */
export class BadArchive extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadArchive';
  }
}

const block = 512;
/** No member that is written here comes near; a larger one would only fill the memory. */
const largest = 1024 * 1024 * 1024;

/** A member in ustar (POSIX 1003.1-1988), which every `tar` reads. `name` has at most 100 characters of ASCII. */
export function* tarMember({ name, bytes }: Member, at: Date): Iterable<Uint8Array> {
  yield header(name, bytes.length, Math.floor(at.getTime() / 1000));
  if (bytes.length > 0) yield bytes;
  const rest = bytes.length % block;
  if (rest > 0) yield Buffer.alloc(block - rest);
}

export const tarEnd = (): Uint8Array => Buffer.alloc(2 * block);

function header(name: string, size: number, seconds: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new Error(`"${name}" is no name for a member`);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number) => bytes.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  bytes.write(name, 0, 'latin1');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(seconds, 136, 12);
  bytes.write('0', 156, 'latin1');
  bytes.write('ustar\u000000', 257, 'latin1');
  bytes.write(`${checksum(bytes).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

/** Sum of all bytes, those of the sum itself counted as spaces. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < block; at += 1) sum += at >= 148 && at < 156 ? 32 : (bytes[at] ?? 0);
  return sum;
}

/** The members of a tar in order, one in memory at a time. Throws BadArchive for anything that `tarMember` would not have written. */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Member> {
  const take = taking(chunks);
  for (let head = await take(block); head[0] !== 0; head = await take(block)) {
    const { name, size } = parsed(head);
    const bytes = await take(size);
    if (size % block > 0) await take(block - (size % block));
    yield { name, bytes };
  }
  if (!isEmpty(await take(block))) throw new BadArchive('the archive does not end where it should');
  if (await take.anyLeft()) throw new BadArchive('something follows the end of the archive');
}

function parsed(head: Buffer): { name: string; size: number } {
  const text = (at: number, length: number) => head.toString('latin1', at, at + length).replace(/[\0 ]+$/, '');
  const octal = (at: number, length: number) => Number.parseInt(text(at, length), 8);
  if (octal(148, 8) !== checksum(head) || text(257, 5) !== 'ustar')
    throw new BadArchive('the archive is damaged: no header where one should be');
  const size = octal(124, 12);
  if (text(156, 1) !== '0' || !Number.isSafeInteger(size) || size > largest)
    throw new BadArchive(`the archive holds something odd: ${text(0, 100)}`);
  return { name: text(0, 100), size };
}

const isEmpty = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Takes exactly so many bytes from the front. */
function taking(chunks: AsyncIterable<Uint8Array>) {
  const source = chunks[Symbol.asyncIterator]();
  let held: Uint8Array[] = [];
  let length = 0;
  const more = async (): Promise<boolean> => {
    const { done, value } = await source.next();
    if (done) return false;
    held.push(value);
    length += value.length;
    return true;
  };
  const take = async (wanted: number): Promise<Buffer> => {
    while (length < wanted) if (!(await more())) throw new BadArchive('the archive is cut short');
    const all = held.length === 1 && held[0] ? Buffer.from(held[0].buffer, held[0].byteOffset, held[0].byteLength) : Buffer.concat(held);
    held = wanted < all.length ? [all.subarray(wanted)] : [];
    length = all.length - wanted;
    return all.subarray(0, wanted);
  };
  return Object.assign(take, { anyLeft: async () => length > 0 || (await more()) });
}
