import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { aFolder, type PortalProcess, portalProcess, runPortal } from '../testing/portal-process.ts';
import { openFolder } from './installation.ts';
import { restoreFolder } from './restore.ts';
import { answersOf, backup, done, everythingIn, fill, later, restore, totalOf } from './testing/drill.ts';

jest.setTimeout(240_000);

let portal: PortalProcess;
let out: string;
const here = () => ({ SIDEKICK_DATA_FOLDER: portal.folder });
const file = () => join(out, 'backup.tar.gz');
beforeAll(async () => {
  out = aFolder();
  portal = await portalProcess({ args: ['--empty', '--today', '2026-11-30'] });
  await fill(portal.command, out, here());
  await done(backup([file()], here()));
}, 240_000);
afterAll(async () => {
  await portal.close();
  rmSync(out, { recursive: true, force: true });
});

/** But the note of the last backup: it is written when the backup is whole, so it is never in it. */
const everything = async () =>
  (await everythingIn(await openFolder(portal.folder))).filter((line) => !line.includes('"collection":"backups"'));
/** What the folder holds, but for what a start or an opening changes. */
const filesOf = (folder: string) =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  );

test('a running portal is backed up while it is written to, and the System screen can tell when', async () => {
  let stop = false;
  const writing = (async () => {
    for (let n = 0; !stop; n += 1)
      await portal.command.api('post', '/pages', { body: { path: `busy/${n}`, title: `Busy ${n}`, body: 'Words.' } });
  })();
  const busy = join(out, 'busy.tar.gz');
  const said = await done(backup([busy], here()));
  stop = true;
  await writing;
  expect(said).toMatch(/busy\.tar\.gz: \d+ documents, 1 change sets, 1 attachments, \d+\.\d MB in \d/);
  expect(statSync(busy).mode & 0o777).toBe(0o600);
  expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([]);
  const last = (await portal.command.api('get', '/system')).body.backup;
  expect(last).toMatchObject({ file: 'busy.tar.gz', bytes: statSync(busy).size, entries: 1, blobs: 1 });
  const names = execFileSync('tar', ['tzf', busy], { encoding: 'utf8' }).trim().split('\n');
  expect(names[0]).toBe('sidekick.json');
  expect(names.at(-1)).toBe('manifest.json');
  // What is pointed at is copied after what points at it, so that it is there.
  const places = ['content/pages.', 'content/revisions.', 'staffing/', 'blobs/'].map((start) =>
    names.findIndex((name) => name.startsWith(start)),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(names.filter((name) => /gateway\/(keys|sessions)/.test(name))).toEqual([]);
});

test('a restore brings back what was there, byte for byte, and nothing later; search follows by itself', async () => {
  const before = await answersOf(portal.command);
  await portal.stop();
  const stopped = join(out, 'stopped.tar.gz');
  await done(backup([stopped], here()));
  const kept = await everything();
  await portal.start();
  await later(portal.command);
  await until('what came later to be found', async () => (await totalOf(portal.command, 'submarine')) === 2);
  const refused = await restore([stopped], here());
  expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('portal runs with this data folder')]);
  await portal.stop();

  expect(await done(restore([stopped], here()))).toMatch(/^Restored the backup of .*: \d+ documents, 1 change sets, 1 attachments/);
  const restored = await everything();
  expect(restored).toEqual(kept);

  await portal.start();
  expect(await answersOf(portal.command)).toEqual(before);
  expect(await totalOf(portal.command, 'zeppelins')).toBe(1);
  expect(await totalOf(portal.command, 'submarine')).toBe(0);
  await later(portal.command);
  await until('what is written afterwards to be found', async () => (await totalOf(portal.command, 'submarine')) === 2);
});

test('a folder keeps the newest so many, named by their time', async () => {
  const folder = join(out, 'nightly');
  mkdirSync(folder);
  for (const day of ['01', '02', '03']) writeFileSync(join(folder, `sidekick-2026-11-${day}T01-00-00Z.tar.gz`), '');
  writeFileSync(join(folder, 'mine.tar.gz'), '');
  await done(backup(['--folder', folder, '--keep', '2'], here()));
  const [mine, third, newest, ...more] = readdirSync(folder).sort();
  expect([mine, third, more]).toEqual(['mine.tar.gz', 'sidekick-2026-11-03T01-00-00Z.tar.gz', []]);
  expect(newest).toMatch(/^sidekick-20.*Z\.tar\.gz$/);
});

test('an archive that was cut short, changed, or made by a newer release is refused and nothing is written', async () => {
  const target = join(out, 'target');
  await done(restore([file()], { SIDEKICK_DATA_FOLDER: target }));
  const before = filesOf(target);
  const good = readFileSync(file());
  const tar = gunzipSync(good);
  const replaced = (from: string, to: string) => {
    const at = tar.indexOf(from);
    expect(at).toBeGreaterThan(0);
    const changed = Buffer.from(tar);
    changed.write(to, at);
    return gzipSync(changed);
  };
  const flipped = Buffer.from(good);
  flipped[good.length >> 1] = (good[good.length >> 1] ?? 0) ^ 1;
  const bad: [string, Buffer, RegExp][] = [
    ['cut', good.subarray(0, good.length - 200), /cut short, damaged/],
    ['cut between members', gzipSync(tar.subarray(0, 1024)), /cut short/],
    ['changed inside', replaced('Ada Before', 'Eve Before'), /not what its list says/],
    ['a flipped bit', flipped, /damaged|list|header|odd|cut short/],
    ['no archive', Buffer.from('hello'), /no backup at all/],
    ['another tar', gzipSync(Buffer.alloc(1024)), /cut short: its list is missing/],
    ['a newer form', replaced('"format":1', '"format":2'), /newer form; restore it with that release/],
  ];
  for (const [, bytes, words] of bad) {
    writeFileSync(join(out, 'bad.tar.gz'), bytes);
    await expect(restoreFolder(join(out, 'bad.tar.gz'), target, () => {})).rejects.toThrow(words);
    expect(filesOf(target)).toEqual(before);
  }
  expect(existsSync(join(target, 'restoring'))).toBe(false);
  const { code, errors } = await restore([join(out, 'bad.tar.gz')], { SIDEKICK_DATA_FOLDER: target });
  expect([code, errors]).toEqual([1, expect.stringMatching(/^checking the backup\n[^\n]+\n$/)]);
});

test('a portal refuses a folder whose restore was interrupted, until it is run again', async () => {
  const target = join(out, 'interrupted');
  mkdirSync(target);
  writeFileSync(join(target, 'restore-unfinished'), '');
  const { code, errors } = await runPortal(target, ['--empty']).ended;
  expect([code, errors]).toEqual([1, expect.stringMatching(/A restore into .* was interrupted.*Run it again: npm run restore -- FILE\n$/)]);
  await done(restore([file()], { SIDEKICK_DATA_FOLDER: target }));
  const again = await portalProcess({ folder: target, args: ['--empty', '--today', '2026-11-30'] });
  expect(await totalOf(again.command, 'zeppelins')).toBe(1);
  await again.close();
});
