import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { counts, importReport, none, runImport } from './testing/import-command.ts';
import { aFolder, type PortalProcess, portalProcess } from './testing/portal-process.ts';
import { webBuilt } from './testing/web-built.ts';

jest.setTimeout(120_000);

let portal: PortalProcess;
let folder: string;
beforeAll(async () => {
  await webBuilt();
  portal = await portalProcess({ args: ['--empty', '--today', '2026-11-30'] });
  folder = aFolder();
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

const here = () => ({ SIDEKICK_DATA_FOLDER: portal.folder });
const run = (args: string[], env: Record<string, string> = here()) => runImport(args, env);
const importFolder = (args: string[], env: Record<string, string> = here()) => importReport(args, env);

describe('a folder', () => {
  const write = (path: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const find = (path: string) => portal.command.api('get', `/pages/find?path=${encodeURIComponent(path)}`);

  test('changed, removed and moved files are updated, archived and moved with a redirect, and a damaged one is named', async () => {
    const root = join(folder, 'team notes');
    write('team notes/README.md', '# Team notes\n\nSee [releasing](guides/releasing.md#roll-back) and [reviews](reviews.md).\n');
    write('team notes/guides/releasing.md', '# Releasing\n\n## Roll back\n\nAsk first.\n');
    write('team notes/reviews.md', '# Reviews\n\nTwo people.\n');
    write('team notes/old.md', '# Old\n\nNobody needs this.\n');
    write('team notes/latin.md', Buffer.from('# Caf\xe9\n', 'latin1'));
    write('team notes/_drafts/secret.md', '# Left out\n');
    symlinkSync('.', join(root, 'again'));
    symlinkSync('/etc/hostname', join(root, 'outside.md'));
    const first = await importFolder([root]);
    expect(counts(first)).toEqual({ ...none, created: 4, failed: 3 });
    expect(first).toMatchObject({ source: 'team notes', missing: [] });
    expect(first.failed.map(({ path }) => path).sort()).toEqual(['again', 'latin.md', 'outside.md']);
    expect((await find('team notes/_drafts/secret')).status).toBe(404);
    const old = (await find('team notes/old')).body;

    expect(counts(await importFolder([root]))).toEqual({ ...none, unchanged: first.created, failed: first.failed.length });

    write('team notes/reviews.md', '# Reviews\n\nTwo people, within a day.\n');
    rmSync(join(root, 'old.md'));
    write('team notes/how/.keep', '');
    renameSync(join(root, 'guides/releasing.md'), join(root, 'how/releasing.md'));
    write('team notes/README.md', '# Team notes\n\nSee [releasing](how/releasing.md#roll-back) and [reviews](reviews.md).\n');
    const again = await importFolder([root]);
    expect(counts(again)).toEqual({
      ...none,
      updated: 2,
      archived: 1,
      moved: 1,
      unchanged: first.created - 4,
      failed: first.failed.length,
    });
    expect((await find('team notes/reviews')).body.html).toContain('within a day');
    expect((await find('team notes/old')).body.status).toBe('archived');
    expect(JSON.stringify((await portal.command.api('get', '/tree')).body)).not.toContain('team notes/old');
    await until('the archived page to leave search', async () => {
      const { body } = await portal.command.api('get', '/search?q=%22nobody+needs+this%22');
      return body.total === 0;
    });
    expect((await find('team notes/guides/releasing')).body.path).toBe('team notes/how/releasing');
    expect(await portal.command.open('/p/team%20notes/guides/releasing')).toMatchObject({
      status: 301,
      headers: { location: '/p/team%20notes/how/releasing' },
    });
    expect((await portal.command.api('get', `/pages/${old.id}/revisions`)).status).toBe(200);
  });

  test('is sent by an address and a token from elsewhere, under a path and a key of choice, public when asked', async () => {
    write('elsewhere/a.md', '# Alpha page\n');
    const { body } = await portal.command.api('get', '/people');
    expect(body.items).toEqual([]);
    const access = JSON.parse(readFileSync(join(portal.folder, 'local-access.json'), 'utf8')) as { url: string; token: string };
    const env = { SIDEKICK_DATA_FOLDER: join(folder, 'nothing-here'), SIDEKICK_URL: access.url, SIDEKICK_TOKEN: access.token };
    const report = await importFolder([join(folder, 'elsewhere'), '--source', 'shared', '--into', 'guides/shared', '--public'], env);
    expect(report).toMatchObject({ source: 'shared', created: 1 });
    expect((await portal.browser().api('get', '/pages/find?path=guides/shared/a')).body).toMatchObject({ visibility: 'public' });
    const wrong = await run([join(folder, 'elsewhere')], { ...env, SIDEKICK_TOKEN: 'not-a-token' });
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.errors).toContain('This API token is not valid');
  });

  test('that is not there, or without a portal, ends with one line', async () => {
    const missing = await run([join(folder, 'no-such-folder')]);
    expect(missing.code).toBe(1);
    expect(missing.errors.trimEnd().split('\n')).toHaveLength(1);
    write('some/a.md', '# A\n');
    const nobody = await run([join(folder, 'some')], { SIDEKICK_DATA_FOLDER: join(folder, 'nothing-here') });
    expect(nobody).toMatchObject({ code: 1, errors: expect.stringMatching(/^No portal has run with the data folder [^\n]+\n$/) });
  });

  test('an edit that is saved is found by search', async () => {
    write('edited/page.md', '# A page to edit\n\nSome words.\n');
    await importFolder([join(folder, 'edited')]);
    const { id, version } = (await find('edited/page')).body;
    const save = { body: { body: '# A page to edit\n\nNow about quokkas.\n' }, headers: { 'if-match': `"${version}"` } };
    expect((await portal.command.api('patch', `/pages/${id}`, save)).status).toBe(200);
    const hits = await until('the edit in search', async () => {
      const { body } = await portal.command.api('get', '/search?q=quokka');
      return body.items.length > 0 ? body.items : null;
    });
    expect(hits).toMatchObject([{ type: 'section', id, path: 'edited/page' }]);
    expect(JSON.stringify(hits)).toContain('quokkas');
  });
});
