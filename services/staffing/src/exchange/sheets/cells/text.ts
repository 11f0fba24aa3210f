import { isUtf8 } from 'node:buffer';
import { Refused } from './refused.ts';

/** Bytes that Windows-1252 has no character for. */
const lacking = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const controls = /[^\P{Cc}\t\r\n]/u;

/** The text of a CSV file that people made. Throws Refused for what is no text. */
export function textOf(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (controls.test(text)) throw new Refused('binary');
  return text;
}

/** As the byte order mark says, else UTF-8 if it is that, else Windows-1252. Throws Refused. */
export function decoded(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return strictly('utf-8', bytes);
  if (first === 0xff && second === 0xfe) return strictly('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return strictly('utf-16be', bytes);
  if (isUtf8(bytes)) return strictly('utf-8', bytes);
  if (bytes.some((byte) => lacking.has(byte))) throw new Refused('binary');
  return strictly('windows-1252', bytes);
}

/** Takes a byte order mark off. */
function strictly(encoding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refused('binary');
  }
}
