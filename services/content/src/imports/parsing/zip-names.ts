import { crc32 } from 'node:zlib';
import type { Entry } from 'yauzl';

/** Code page 437: what the ZIP format means by a name without a mark of its own, from byte 128 on. */
const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
/**
 * Signs of code page 437 that no name holds, and Greek letters in a Latin word: where they come out, the name was written on
 * Windows in its western code page.
 */
const drawn = /[░-▟─-╬■⌐-⌡∞∩≡±≥≤÷≈∙√]|[a-z][αΓπΣστΦΘΩδφε]|[αΓπΣστΦΘΩδφε][a-z]/i;
const inUtf8 = 0x800;
const unicodePath = 0x7075;

/**
 * The name of an entry, composed, with `/` between its parts: as its Unicode field spells it (Info-ZIP's 0x7075, if it was made
 * for this very name), else as UTF-8 where it is that, marked or not, else in code page 437 or Windows-1252.
 */
export function nameOfEntry(entry: Pick<Entry, 'generalPurposeBitFlag' | 'extraFields'>, raw: Buffer): string {
  return (spelled(entry, raw) ?? utf8(raw, (entry.generalPurposeBitFlag & inUtf8) !== 0) ?? oldName(raw))
    .replaceAll('\\', '/')
    .normalize('NFC')
    .split('/')
    .filter((part, at) => part !== '.' && (part !== '' || at === 0))
    .join('/');
}

function spelled({ extraFields }: Pick<Entry, 'extraFields'>, raw: Buffer): string | undefined {
  const data = extraFields.find(({ id }) => id === unicodePath)?.data;
  if (!data || data.length < 6 || data[0] !== 1 || data.readUInt32LE(1) !== crc32(raw)) return undefined;
  return utf8(data.subarray(5), false);
}

function utf8(raw: Uint8Array, marked: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: !marked, ignoreBOM: true }).decode(raw);
  } catch {
    return undefined;
  }
}

function oldName(raw: Buffer): string {
  const name = [...raw].map((byte) => (byte < 128 ? String.fromCharCode(byte) : cp437[byte - 128])).join('');
  return drawn.test(name) ? new TextDecoder('windows-1252').decode(raw) : name;
}
