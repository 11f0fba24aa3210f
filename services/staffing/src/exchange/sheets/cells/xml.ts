import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { Refused } from './refused.ts';

export type Attributes = SaxesTagPlain['attributes'];
/** Names come without their prefix. */
export interface XmlReader {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

const step = 256 * 1024;
/** Characters between two tags; a cell holds 32,767 in any spreadsheet. */
const longestText = 1_000_000;
/** How much of a part that is not read is looked at: what stands before its first element lies there. */
export const longestProlog = 64 * 1024;
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function encodingOf(bytes: Buffer): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x3c && bytes[1] === 0)) return 'utf-16le';
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0 && bytes[1] === 0x3c)) return 'utf-16be';
  const declared = /^[^<]{0,3}<\?xml[^>]*encoding=["']([\w.-]{1,40})["']/.exec(bytes.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  return /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

/** Reads a part from its beginning to its end. Throws Refused for a document type, for endless text, and for what is no XML. */
export function readXml(bytes: Buffer, { open, close, text }: XmlReader): void {
  const parser = new SaxesParser();
  let begun = false;
  let sinceTag = 0;
  parser.on('doctype', () => {
    throw new Refused('forbidden-xml');
  });
  parser.on('error', () => {
    throw new Refused(!begun && /<!(?:DOCTYPE|ENTITY)/.test(bytes.toString('latin1', 0, longestProlog)) ? 'forbidden-xml' : 'damaged');
  });
  parser.on('opentag', ({ name, attributes }) => {
    begun = true;
    sinceTag = 0;
    open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    sinceTag = 0;
    close?.(local(name));
  });
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = decoderOf(encodingOf(bytes));
  const decode = (chunk: Buffer, stream: boolean): string => {
    try {
      return decoder.decode(chunk, { stream });
    } catch {
      throw new Refused('damaged');
    }
  };
  for (let at = 0; at < bytes.length; at += step) {
    const chunk = decode(bytes.subarray(at, at + step), at + step < bytes.length);
    sinceTag += chunk.length;
    parser.write(chunk);
    if (sinceTag > longestText) throw new Refused('too-big');
  }
  parser.close();
}

function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Refused('damaged');
  }
}

class Enough extends Error {}

/** Throws Refused if a document type stands before the first element of a part that is not read. */
export function checkProlog(bytes: Buffer): void {
  try {
    readXml(bytes, {
      open: () => {
        throw new Enough();
      },
    });
  } catch (error) {
    if (error instanceof Refused && error.code === 'forbidden-xml') throw error;
    if (!(error instanceof Enough || error instanceof Refused)) throw error;
  }
}
