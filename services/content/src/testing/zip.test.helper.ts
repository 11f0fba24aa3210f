import { crc32 } from 'node:zlib';

export interface RawEntry {
  /** As bytes, in whatever code page. */
  name: Buffer;
  text: string;
  /** How Info-ZIP's field 0x7075 spells the name; `of` is the name it was made for, this one unless it is another. */
  spelled?: { name: string; of?: Buffer };
}

/** A zip without compression, with names byte by byte and without the mark of UTF-8, as archivers of old make them. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const files: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, text, spelled } of entries) {
    const data = Buffer.from(text);
    const extra = spelled ? unicodePath(spelled.name, spelled.of ?? name) : Buffer.alloc(0);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(name.length, 22);
    about.writeUInt16LE(extra.length, 24);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, name, extra, data]);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, name, extra]));
    files.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, directory, end]);
}

function unicodePath(name: string, of: Buffer): Buffer {
  const words = Buffer.from(name);
  const head = Buffer.alloc(9);
  head.writeUInt16LE(0x7075, 0);
  head.writeUInt16LE(5 + words.length, 2);
  head[4] = 1;
  head.writeUInt32LE(crc32(of), 5);
  return Buffer.concat([head, words]);
}
