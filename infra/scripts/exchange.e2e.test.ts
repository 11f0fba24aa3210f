import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type PortalProcess, portalProcess } from '@sidekick/portal/testing';
import { runScript } from '@sidekick/testing';

jest.setTimeout(600_000);

let portal: PortalProcess;
let folder: string;
beforeAll(async () => {
  portal = await portalProcess({ args: ['--empty', '--today', '2026-11-30'] });
  folder = mkdtempSync(join(tmpdir(), 'sidekick-exchange-'));
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (script: string, args: readonly string[]) =>
  runScript(`infra/scripts/${script}.ts`, args, { SIDEKICK_DATA_FOLDER: portal.folder }).ended;
const last = (out: string) => JSON.parse(out.trim().split('\n').at(-1) ?? '');

describe('npm run import-staffing and npm run export', () => {
  test('a file is shown, then saved; what is wrong ends with 1; all kinds go out, also from the folder of a portal that has stopped', async () => {
    const file = join(folder, 'group.csv');
    writeFileSync(file, 'name,email\nNoor Haddad,noor@example.org\n=Mia,\n');
    const seen = await run('import-staffing', [file, '--json']);
    expect({ code: seen.code, errors: seen.errors }).toEqual({ code: 0, errors: '' });
    expect(seen.out).toContain('2 rows: 2 new, 0 changed');
    expect(seen.out).toContain('Run it again with --yes');
    expect(last(seen.out)).toMatchObject({ preview: { kind: 'people', counts: { new: 2 } }, saved: null });
    const saved = await run('import-staffing', [file, '--yes', '--json']);
    expect([saved.code, last(saved.out).saved]).toEqual([0, { number: 1, new: 2, changed: 0, removed: 0 }]);

    writeFileSync(join(folder, 'projects.csv'), 'name,from\nAtlas,2026-02-30\n');
    const wrong = await run('import-staffing', [join(folder, 'projects.csv'), '--yes']);
    expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('row 2, column 2 (from): There is no day 2026-02-30')]);

    const out = join(folder, 'out');
    const exported = await run('export', [out, '--json']);
    expect(exported.code).toBe(0);
    expect(last(exported.out).files).toHaveLength(7);
    const people = readFileSync(join(out, 'people.csv'), 'utf8');
    expect(people).toContain(",'=Mia,");
    await portal.stop();
    const again = join(folder, 'again');
    expect((await run('export', [again])).code).toBe(0);
    expect(readdirSync(again).sort()).toEqual(readdirSync(out).sort());
    expect(readFileSync(join(again, 'people.csv'), 'utf8')).toBe(people);
  });
});
