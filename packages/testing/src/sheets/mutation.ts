import { below, oneOf, type Random } from './random.ts';
import { partsOfZip, zipOf } from './zip.ts';

/** What people and programs leave in cells and parts. */
const pieces = [
  ...[
    '',
    '"',
    ',',
    ';',
    '\t',
    '\n',
    '\r',
    '(',
    ')',
    '[',
    '((',
    '?',
    '/',
    '+',
    '-',
    '–',
    '=',
    ':',
    '0',
    '8',
    '24h',
    '50%',
    '2d',
    '-4',
    '999',
  ],
  ...[
    'Atlas 8',
    'V',
    'leave 2d',
    'TBD',
    'Total',
    'Web team:',
    'W53',
    '2026-11-30',
    '30/11',
    '11/30',
    '30.11.',
    'Dec 2026',
    '46356',
    'Name',
  ],
  ...[
    'Project',
    'From',
    'To',
    'é'.repeat(70),
    'Atlas 8; '.repeat(300),
    '(8'.repeat(200),
    '1 '.repeat(400),
    '\u202e',
    '\u00a0',
    '𝔄',
    '=1+1',
  ],
  ...[
    '&amp;',
    '&x;',
    '<!DOCTYPE x>',
    '<c r="ZZZ9999999"><v>1</v></c>',
    '<c r="A1"/>',
    'r="A0"',
    't="s"',
    's="9999"',
    '<mergeCell ref="A1:XFD1048576"/>',
  ],
  ...['<f>A1</f>', '<row r="20001"><c r="A20001"><v>1</v></c></row>', 'hidden="1"', '_x000D_', 'NaN', '1e400', '</worksheet>', 'prefix:'],
];

const cut = (bytes: Buffer, random: Random): [number, number] => {
  const from = below(random, bytes.length + 1);
  return [from, Math.min(bytes.length, from + below(random, 64))];
};
type Change = (bytes: Buffer, random: Random) => Buffer;
const insert: Change = (bytes, random) => {
  const at = below(random, bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(oneOf(random, pieces)), bytes.subarray(at)]);
};
const changes: readonly Change[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let times = below(random, 4); times >= 0 && bytes.length > 0; times--) changed[below(random, bytes.length)] = below(random, 256);
    return changed;
  },
  (bytes, random) => bytes.subarray(0, below(random, bytes.length + 1)),
  (bytes, random) => {
    const [from, to] = cut(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const [from, to] = cut(bytes, random);
    return Buffer.concat([
      bytes.subarray(0, to),
      ...Array<Buffer>(1 + below(random, 20)).fill(bytes.subarray(from, to)),
      bytes.subarray(to),
    ]);
  },
  insert,
  insert,
];
/** Puts something else in place of a cell of CSV, or of what stands between two tags. */
const inPlace: Change = (bytes, random) => {
  const text = bytes.toString('latin1');
  const cells = [...text.matchAll(/[^,;\t\n<>]+/g)];
  if (cells.length === 0) return insert(bytes, random);
  const { index, 0: cell } = oneOf(random, cells);
  return Buffer.from(
    text.slice(0, index) + Buffer.from(oneOf(random, pieces)).toString('latin1') + text.slice(index + cell.length),
    'latin1',
  );
};

const isZip = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 4) === 'PK\x03\x04';

/** A sheet with a change somewhere: in its bytes, its cells, or in a part or the list of parts of its zip. */
export function mutationOf(bytes: Buffer, random: Random): Buffer {
  const any: Change = (some) => oneOf(random, [...changes, inPlace, inPlace])(some, random);
  if (!isZip(bytes) || random() < 0.4) return any(bytes, random);
  try {
    const parts = partsOfZip(bytes);
    const one = oneOf(random, parts);
    one.content = any(one.content, random);
    if (random() < 0.1) parts.splice(below(random, parts.length), 1);
    if (random() < 0.1) parts.push(oneOf(random, parts));
    return zipOf(parts);
  } catch {
    return any(bytes, random);
  }
}
