/** A file that cannot become a page, with the words for its reason. */
export class BadFile extends Error {
  static readonly code = 'bad-file';
  readonly code = BadFile.code;
}

/** Text of a file, lines ended by `\n`. Throws BadFile for what is no text in UTF-8 or UTF-16 with a mark. */
export function textOfFile(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const utf16 = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
  const text = decode(bytes, utf16 ?? 'utf-8');
  if (text.includes('\0')) throw new BadFile('Not text: it holds zero bytes');
  return text.replaceAll(/\r\n?/g, '\n');
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new BadFile(whereBroken(bytes));
  }
}

/** Names the first byte that is no UTF-8 and its line. */
function whereBroken(bytes: Uint8Array): string {
  const good = new TextDecoder('utf-8').decode(bytes);
  const before = Buffer.byteLength(good.slice(0, Math.max(0, good.indexOf('\ufffd'))), 'utf8') + (bytes[0] === 0xef ? 3 : 0);
  const line = bytes.subarray(0, before).filter((byte) => byte === 0x0a).length + 1;
  const hex = (bytes[before] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return `Not UTF-8: byte ${hex} in line ${line}; it may be Windows-1252`;
}
