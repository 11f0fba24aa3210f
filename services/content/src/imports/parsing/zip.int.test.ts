import { expect, test } from '@jest/globals';
import { importZip } from '../../testing/kit.test.helper.ts';
import { kitForAll, pagesByPath } from '../../testing/pages.test.helper.ts';
import { rawZip } from '../../testing/zip.test.helper.ts';

const kit = kitForAll();
const { read } = pagesByPath(kit);
/** ö and ß in code page 437. */
const groesse = Buffer.from('Gr\x94\xe1e.md', 'latin1');

test('names of old archivers are read in their code page, or as the field beside them spells them', async () => {
  const zip = rawZip([
    { name: Buffer.from('i.md'), text: '[a](Größe.md) [b](Żółw.md) [c](café.md) [d](plain.md)\n' },
    { name: groesse, text: '# Eins\n' },
    { name: Buffer.from('_o_w.md'), text: '# Zwei\n', spelled: { name: 'Żółw.md' } },
    { name: Buffer.from('plain.md'), text: '# Vier\n', spelled: { name: 'of-another.md', of: Buffer.from('renamed.md') } },
    { name: Buffer.from('caf\xe9.md', 'latin1'), text: '# Drei\n' },
  ]);
  const { report } = await importZip(kit.client, zip, 'source=old');
  expect(report).toMatchObject({ created: 5, missing: [], failed: [] });
  expect([(await read('old/Größe')).title, (await read('old/Żółw')).title, (await read('old/plain')).title]).toEqual([
    'Eins',
    'Zwei',
    'Vier',
  ]);
});

test('paths that begin with "./", entries for the top itself and zero bytes behind the end are no fault', async () => {
  const zip = rawZip([
    { name: Buffer.from('/'), text: '' },
    { name: Buffer.from('./'), text: '' },
    { name: Buffer.from('./sub/'), text: '' },
    { name: Buffer.from('./x.md'), text: '# X\n\n[y](sub/y.md)\n' },
    { name: Buffer.from('./sub/./y.md'), text: '# Y\n' },
    { name: Buffer.from('./../z.md'), text: '# Z\n' },
  ]);
  const padded = Buffer.concat([zip, Buffer.alloc(70_000)]);
  const { report } = await importZip(kit.client, padded, 'source=dots');
  expect(report).toMatchObject({ created: 2, missing: [], failed: [{ path: '../z.md', reason: 'The path leaves the folder; refused' }] });
  expect((await read('dots/x')).html).toContain('href="/p/dots/sub/y"');
});

test('a file whose bytes were damaged on the way is named, not taken', async () => {
  const zip = rawZip([
    { name: Buffer.from('a.md'), text: '# Hours\n\n40 h\n' },
    { name: Buffer.from('b.md'), text: '# B\n' },
  ]);
  zip[zip.indexOf('40 h')] = 0x39;
  const { report } = await importZip(kit.client, zip, 'source=damaged');
  expect(report).toMatchObject({ created: 1, failed: [{ path: 'a.md', reason: expect.stringContaining('damaged in the zip') }] });
});

const whole = () => rawZip([{ name: Buffer.from('a.md'), text: '# A\n\nfirst file\n' }]);
/** Writes into the zip, counted from its last record, or from the entry in its list. */
const changed = (mark: string, at: number, bytes: readonly number[]) => {
  const zip = whole();
  zip.set(bytes, zip.lastIndexOf(mark, undefined, 'latin1') + at);
  return zip;
};
/** The two parts of a split zip as `zip -s` makes them: the first is marked, the second begins within a file and counts from its own beginning. */
const parts = () => {
  const all = Buffer.concat([Buffer.from('PK\x07\x08'), whole()]);
  const cut = all.indexOf('first file');
  const last = all.subarray(cut);
  const end = last.lastIndexOf('PK\x05\x06');
  last.writeUInt16LE(1, end + 4);
  last.writeUInt16LE(1, end + 6);
  last.writeUInt32LE(last.indexOf('PK\x01\x02'), end + 16);
  return { first: all.subarray(0, cut), last };
};
const stub = Buffer.from('#!/bin/sh\nunzip -q "$0" && exit 0\n');
const again = 'Pack the folder as an ordinary zip once more, and upload that';

test.each<[string, () => Buffer, string]>([
  [
    'behind a shell stub',
    () => Buffer.concat([stub, whole()]),
    `Something else stands before the zip in this file, such as a program that unpacks it. Unpack it. ${again}`,
  ],
  [
    'cut off',
    () => whole().subarray(0, -30),
    'The end of the zip file is missing: it was not downloaded or copied to its end. Do that again, then upload it',
  ],
  ['with more behind its end', () => Buffer.concat([whole(), Buffer.from('more')]), `The zip file is damaged. ${again}`],
  ['with a list that lies elsewhere', () => changed('PK\x05\x06', 16, [1]), `The zip file is damaged. ${again}`],
  ['that is the last part of a split one', () => parts().last, `This is one part of a zip that was split. ${again}, in one file`],
  ['that is the first part of a split one', () => parts().first, `This is one part of a zip that was split. ${again}, in one file`],
  ['with strong encryption', () => changed('PK\x01\x02', 8, [0x41]), `The zip is encrypted. ${again}, without a password`],
  [
    'that is a tarball',
    () => Buffer.from('\x1f\x8b\x08rest', 'latin1'),
    'The upload is no zip file but a gzip archive (.gz or .tgz). Pack the folder as a zip, and upload that',
  ],
])('an upload %s is refused in words that say what to do', async (_, zip, words) => {
  expect(await importZip(kit.client, zip(), 'source=refused')).toMatchObject({ state: 'failed', error: words });
});

test('a file that is packed in a way that is not known is named with what to do', async () => {
  const zip = changed('PK\x01\x02', 10, [9]);
  const { report } = await importZip(kit.client, zip, 'source=packed');
  const reason = 'Cannot be read: it is packed in a way that is not read here; pack it as an ordinary zip (deflate)';
  expect(report.failed).toEqual([{ path: 'a.md', reason }]);
});
