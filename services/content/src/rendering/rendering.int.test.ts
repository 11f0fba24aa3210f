import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PageView } from '@sidekick/contracts';
import { aManager, anEngineer } from '@sidekick/testing';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';

let kit: Kit;
beforeAll(async () => {
  kit = await contentKit({ limitMs: 400 });
});
afterAll(() => kit.close());

/** The parser of HTML takes the square of its depth. */
const costly = '<b>'.repeat(300_000);
const preview = (body: string, as = anEngineer) => kit.client.ask('post', '/pages/preview', { as, body: { body, path: 'x' } });
const save = (body: string, path: string) => kit.client.ask('post', '/pages', { as: anEngineer, body: { path, title: 'A', body } });
const tooCostly = {
  status: 413,
  type: 'urn:sidekick:problem:text-too-costly',
  title: expect.stringContaining('split it over several pages'),
};

describe('a text that takes more than it may to read', () => {
  test('is refused with the reason in preview and save, while others are served', async () => {
    const asked = [preview(costly), save(costly, 'costly')];
    expect((await preview('**fine**', aManager)).body.html).toBe('<p><strong>fine</strong></p>\n');
    for (const { body } of await Promise.all(asked)) expect(body).toMatchObject(tooCostly);
    expect((await kit.client.ask('get', '/pages/find?path=costly', { as: anEngineer })).status).toBe(404);
    expect((await save('fine', 'fine')).status).toBe(201);
  }, 60_000);

  test('many long texts of one account hold up no other for longer than one of them', async () => {
    let ended = 0;
    const mine = Array.from({ length: 5 }, () => preview(costly).then(() => ended++));
    expect((await preview('word '.repeat(41_000), aManager)).status).toBe(200);
    expect(ended).toBeLessThanOrEqual(2);
    await Promise.all(mine);
  }, 60_000);

  test('fails by itself in an import, by name', async () => {
    const { report, state } = await kit.importFiles({ 'a.md': costly, 'b.md': 'fine' });
    expect(state).toBe('done');
    expect(report).toMatchObject({ created: 1, failed: [{ path: 'a.md', reason: tooCostly.title }] });
  }, 60_000);

  test('a merge that takes too long leaves the page as it was edited here', async () => {
    const lines = (count: number) => 'a\n'.repeat(count);
    await kit.importFiles({ 'm.md': lines(9_000) }, 'source=merging');
    const { body: page } = await kit.client.ask<PageView>('get', '/pages/find?path=merging/m', { as: anEngineer });
    const headers = { 'if-match': `"${page.version}"` };
    const edited = await kit.client.ask('patch', `/pages/${page.id}`, { as: anEngineer, body: { body: `x\n${lines(8_000)}` }, headers });
    expect(edited.status).toBe(200);
    const { report } = await kit.importFiles({ 'm.md': `${lines(7_000)}y\n` }, 'source=merging');
    expect(report.kept).toEqual([{ path: 'm.md', reason: 'Edited here and changed in the source; merging the two takes too long' }]);
  }, 60_000);
});

describe('a page holds 2 MB of UTF-8', () => {
  test('more is refused in preview, save and import, however few its letters are', async () => {
    const long = '的'.repeat(700_000);
    const { body: page } = await save('short', 'short');
    const headers = { 'if-match': `"${page.version}"` };
    const patched = await kit.client.ask('patch', `/pages/${page.id}`, { as: anEngineer, body: { body: long }, headers });
    for (const { status, body } of [await preview(long), await save(long, 'long'), patched])
      expect([status, body.title]).toEqual([413, 'A page holds at most 2 MB of text, in UTF-8; split it over several']);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(long, 'utf16le')]);
    const { report } = await kit.importFiles({ 'a.md': utf16 }, 'source=long');
    expect(report.failed).toEqual([{ path: 'a.md', reason: 'A page holds at most 2 MB of text, in UTF-8; split it over several' }]);
  }, 60_000);
});
