import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runScript } from '@sidekick/testing';

jest.setTimeout(600_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-figures-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Somebody who works `hours` a day from Monday to Friday: what the week from 2 March 2026 has is five times that. */
const aCase = (number: number, expected = 5 * (1 + (number % 8))) => ({
  id: `week-${number}`,
  input: {
    asOf: '2026-03-02',
    people: [{ id: 'ana', patterns: [{ from: '2020-01-01', hours: [...Array(5).fill(1 + (number % 8)), 0, 0] }], operationsShare: 0 }],
    projects: [],
    assignments: [],
  },
  expected: [{ what: 'capacity', args: { person: 'ana', eachWeek: ['2026-W10', '2026-W10'] }, value: [expected] }],
});

async function play(cases: readonly object[]) {
  const file = join(folder, `${cases.length}.json`);
  writeFileSync(file, JSON.stringify({ cases }));
  return runScript('infra/scripts/figures.ts', [file]).ended;
}

describe('npm run figures', () => {
  test('plays a file of many cases, each in an empty portal of its own', async () => {
    const { code, out, errors } = await play(Array.from({ length: 44 }, (_, number) => aCase(number)));
    expect({ code, out: out.trim(), errors }).toEqual({ code: 0, out: '44 equal, 0 different', errors: '' });
  });

  test('names the case whose answer is another one, and fails', async () => {
    const { code, out } = await play([aCase(1), aCase(2, 99)]);
    expect(code).toBe(1);
    expect(out).toMatch(/^week-2 capacity .*expected 99, answered 15\n1 equal, 1 different\n$/);
  });
});
