import { type Zippable, zipSync } from 'fflate';
import { much } from './texts.ts';

const encoder = new TextEncoder();
const files = (count: number, make: (n: number) => [string, string]): Zippable =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => make(n)).map(([path, text]) => [path, encoder.encode(text)]));
const zipped = (all: Zippable) => (): Uint8Array => zipSync(all, { level: 6 });

/** Archives that cost more to take in than to send. */
export const hostileZips: readonly [string, () => Uint8Array][] = [
  ['not a zip', () => encoder.encode(much('PK'))],
  ['nothing in it', zipped({})],
  ['a file of zeros, a thousand times its size', zipped({ 'a.bin': new Uint8Array(50_000_000), 'b.md': encoder.encode('[a](a.bin)') })],
  ['a page of zeros', zipped({ 'a.md': new Uint8Array(1_900_000) })],
  ['a page of 2 MB in one line', zipped({ 'a.md': encoder.encode(much('a ', 1_900_000)) })],
  ['20,000 empty files', zipped(files(20_000, (n) => [`a${n}.txt`, '']))],
  [
    '4,000 exclude globs, 1,000 files',
    zipped({
      ...files(1_000, (n) => [`${'a'.repeat(60)}${n}.md`, 'x']),
      '_config.yml': encoder.encode(`exclude: [${Array.from({ length: 4_000 }, (_, n) => `"*a*a*a*${n}b"`).join(',')}]`),
    }),
  ],
  [
    'globs that go back',
    zipped({
      ...files(50, (n) => [`${'a'.repeat(100)}${n}.md`, 'x']),
      '_config.yml': encoder.encode(`exclude: ["${'*a'.repeat(40)}b", "${'**/'.repeat(30)}b"]`),
    }),
  ],
  ['a baseurl of slashes', zipped({ 'a.md': encoder.encode('x'), '_config.yml': encoder.encode(`baseurl: a${much('/', 60_000)}a`) })],
  ['permalinks of slashes', zipped(files(20, (n) => [`a${n}.md`, `---\npermalink: a${much('/', 60_000)}a\n---\nx`]))],
  ['folders in folders', zipped(files(100, (n) => [`${'a/'.repeat(100)}${n}.md`, '[x](../../b.md)']))],
  ['names with steps back', zipped(files(100, (n) => [`../../${n}.md`, 'x']))],
  [
    'links of every page to all others',
    zipped(files(150, (n) => [`p${n}.md`, Array.from({ length: 150 }, (_, m) => `[a](p${m}.md#x)`).join('\n')])),
  ],
  ['pages of one title', zipped(files(500, (n) => [`f${n}/a.md`, '# Same\n\n[[Same]]\n']))],
  ['parents in a ring', zipped(files(300, (n) => [`a${n}.md`, `---\ntitle: P${n}\nparent: P${(n + 1) % 300}\n---\nx`]))],
  ['pages that take too long', zipped(files(5, (n) => [`a${n}.md`, `${n}${much('a\n=\n', 1_900_000)}`]))],
];
