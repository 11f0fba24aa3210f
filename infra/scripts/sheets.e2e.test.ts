import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runScript } from '@sidekick/testing';

jest.setTimeout(600_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-sheets-test-'));
  const files = {
    'a.csv': 'Name,W49,W50\nMia,Atlas 8,\n',
    'b.csv': 'Mia,Atlas 8\n',
    'c.csv': 'Name,W49,W50\n',
    'notes.md': 'no sheet',
  };
  const answer = {
    ...{ layout: 'A', people: [{ name: 'Mia' }], projects: [{ name: 'Atlas' }], timeOff: [], notUnderstood: [], ignored: [] },
    assignments: [
      { person: 'Mia', project: 'Atlas', role: 'contributor', from: '2026-11-30', to: '2026-12-06', hoursPerWeek: 8, state: 'confirmed' },
    ],
    told: [{ why: 'year-assumed', row: 1 }],
  };
  const expected = { 'a.csv': answer, 'b.csv': { refused: ['empty', 'no-header'] }, 'c.csv': { refused: 'empty' } };
  for (const [name, text] of Object.entries({ ...files, 'expected.json': JSON.stringify(expected) }))
    writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run sheets', () => {
  test('says how each sheet of a folder is read, on the same day always, and which differ from what is expected', async () => {
    const { code, out, errors } = await runScript('infra/scripts/sheets.ts', [folder]).ended;
    const lines = out.trim().split('\n');
    expect({ code, errors, last: lines.at(-1) }).toEqual({ code: 1, errors: '', last: '2 as expected, 1 different' });
    expect(lines.slice(0, -1).map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ file: 'a.csv', layout: 'A', told: [{ row: 1, why: 'year-assumed' }] }),
      { file: 'b.csv', refused: 'no-header' },
      { file: 'c.csv', refused: 'no-rows' },
    ]);
  });
});
