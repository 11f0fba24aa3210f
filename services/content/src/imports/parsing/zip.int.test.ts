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
