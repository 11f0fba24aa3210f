import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runScript } from '@sidekick/testing';

jest.setTimeout(600_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-plan-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const person = (id: string, over: object = {}) => ({
  id,
  patterns: [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }],
  operationsShare: 0,
  ...over,
});
const dates = { from: '2026-03-02', to: '2026-03-22' };
const usual = '2026-03-02';
/** Ana leads Atlas and offered to back it up before; Bo and Carla could, Carla wishes to learn what it needs. */
const input = (plan: object, asOf = usual) => ({
  asOf,
  people: [
    // Nobody can offer to back up what is over.
    person('ana', asOf === usual ? { volunteers: ['atlas'] } : {}),
    person('bo', { skills: { go: 2 } }),
    person('carla', { skills: { go: 2 }, wishes: ['go'] }),
  ],
  projects: [{ id: 'atlas', ...dates, requiredSkills: { go: 2 }, wantedHours: 10 }],
  assignments: [{ id: 'a1', person: 'ana', project: 'atlas', role: 'lead', ...dates, hoursPerWeek: 30, state: 'confirmed' }],
  plan: { weeks: ['2026-W10', '2026-W12'], ...plan },
});
const carla = { vector: [12, 0.25, 0, 0.25] };

async function play(cases: readonly object[]) {
  const file = join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify({ cases }));
  const { code, out, errors } = await runScript('infra/scripts/plan.ts', [file, '--seconds', '30']).ended;
  const lines = out.trim().split('\n');
  return { code, errors, closing: lines.at(-1), played: lines.slice(0, -1).map((line) => JSON.parse(line)) };
}

describe('npm run plan', () => {
  test('prints each answer in the ids of the file, and how many are as it expects', async () => {
    const locks = [{ person: 'bo', project: 'atlas', weeks: ['2026-W10', '2026-W13'] }];
    const { code, played, closing } = await play([
      { id: 'learns', input: input({}), expected: carla },
      { id: 'contradicts', input: input({ weeks: ['2026-W10', '2026-W13'], locks }), expected: { error: 'P1' } },
      // A day that is to come: the clock of the portal is not that of the machine.
      { id: 'asks', input: input({ forbid: [{ person: 'carla', project: 'atlas' }] }, '2035-03-02') },
    ]);
    const weeks = ['2026-W10', '2026-W11', '2026-W12'];
    expect(played).toEqual([
      { id: 'learns', status: 'proven', plan: [{ person: 'carla', project: 'atlas', weeks }], ...carla, seconds: expect.any(Number) },
      { id: 'contradicts', error: 'P1' },
      expect.objectContaining({ id: 'asks', status: 'proven', plan: [{ person: 'bo', project: 'atlas', weeks }] }),
    ]);
    expect([code, closing]).toEqual([0, '2 as expected, 0 bounded, 0 different']);
  });

  test('fails where an answer is another one, and says which', async () => {
    const { code, errors, closing } = await play([{ id: 'other', input: input({}), expected: { vector: [8, 0.25, 0, 0.25] } }]);
    expect([code, closing]).toEqual([1, '0 as expected, 0 bounded, 1 different']);
    expect(errors).toContain('other: expected');
  });
});
