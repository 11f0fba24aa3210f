import { isSeen, tidyName, unseen } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import { fileTypeFromBuffer } from 'file-type';
import { cut } from '../text/words.ts';

/** What a browser may show by itself; anything else is handed over as a file. */
const types = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  ['bmp', 'image/bmp'],
  ['ico', 'image/x-icon'],
  ['svg', 'image/svg+xml'],
  ['pdf', 'application/pdf'],
  ['mp4', 'video/mp4'],
  ['webm', 'video/webm'],
  ['txt', 'text/plain; charset=utf-8'],
  ['csv', 'text/plain; charset=utf-8'],
  ['json', 'text/plain; charset=utf-8'],
  ['yml', 'text/plain; charset=utf-8'],
  ['yaml', 'text/plain; charset=utf-8'],
]);
const extensionOf = (name: string): string => (name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '');

/** Media type by the name, of what a browser may show by itself; `application/octet-stream` for all else. */
export const typeOf = (name: string): string => types.get(extensionOf(name)) ?? 'application/octet-stream';
export const isImage = (type: string): boolean => type.startsWith('image/');

/** Names of its extension that stand for the same bytes. */
const sameAs = new Map([
  ['jpeg', 'jpg'],
  ['tif', 'tiff'],
]);
const plain = (extension: string): string => sameAs.get(extension) ?? extension;
/** Longer names are cut; the extension stays, unless it is too long to be one. */
const longestName = 120;
const longestExtension = 20;

export interface Sniffed {
  name: string;
  type: string;
}

/**
 * The name under which bytes are kept, which says what they are: bytes of a picture get its extension, and what calls itself a
 * picture, film or PDF must be one. Throws InvalidInput with the reason.
 */
export async function sniff(bytes: Uint8Array, given: string): Promise<Sniffed> {
  if (bytes.length === 0) throw wrong('empty-file', 'This file is empty');
  const name = nameOf(given);
  const extension = extensionOf(name);
  const found = (await fileTypeFromBuffer(bytes)) ?? null;
  const actual = isSvg(bytes) ? 'svg' : (found?.ext ?? null);
  const shown = actual !== null && types.has(actual);
  if (shown && plain(actual) !== plain(extension)) return { name: renamed(name, actual), type: types.get(actual) ?? '' };
  if (!shown && mustBe.has(plain(extension))) {
    const what = actual === null ? 'its bytes are none' : `its bytes are ${actual.toUpperCase()}`;
    throw wrong(
      'not-what-it-says',
      `“${name}” calls itself ${extension.toUpperCase()}, but ${what}. Save it as what it is, then add it again`,
    );
  }
  return { name, type: typeOf(name) };
}

/** Extensions whose bytes can be told. */
const mustBe = new Set(['png', 'jpg', 'gif', 'webp', 'avif', 'bmp', 'ico', 'svg', 'pdf', 'mp4', 'webm']);

const wrong = (code: string, message: string) => new InvalidInput(code, message, [{ path: 'name', message }]);

/** Bytes in which the element of an SVG begins: Illustrator writes entities and long comments before it. */
const svgHead = 65_536;
/** A declaration, a comment, or a document type, which may hold entities of its own. */
const beforeSvg = /^(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<![^[>]*(?:\[[^\]]*\]\s*)?>)\s*/;

/** An SVG is text: it begins with its element, after what may stand before it. */
function isSvg(bytes: Uint8Array): boolean {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  let head = new TextDecoder(encoding).decode(bytes.subarray(0, svgHead)).trimStart();
  for (let at = 0; at < 20 && head.startsWith('<') && !svgElement.test(head); at++) head = head.replace(beforeSvg, '');
  return svgElement.test(head);
}
const svgElement = /^<(?:svg:)?svg[\s>/]/i;

/** A name that is safe in an address and in Markdown: no folders, no blanks, no brackets, nothing that cannot be seen. */
function nameOf(given: string): string {
  const last = tidyName(given).split(/[/\\]/).at(-1) ?? '';
  const kept = [...last].filter((char) => !unseen.test(char)).join('');
  const safe = kept.replaceAll(/[\s()[\]<>"'`|#?%&]+/g, '-').replace(/^[-.]+/, '');
  if (safe === '') return 'file';
  const stem = safe.replace(/\.[^.]*$/, '');
  if (!isSeen(stem)) return `file${safe.slice(stem.length)}`;
  if (safe.length <= longestName) return safe;
  const extension = extensionOf(safe);
  const end = extension === '' || extension.length > longestExtension ? '' : `.${extension}`;
  return cut(safe, longestName - end.length) + end;
}

const renamed = (name: string, extension: string): string => `${name.replace(/\.[^.]*$/, '')}.${extension}`;
