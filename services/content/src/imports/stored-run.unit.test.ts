import { expect, test } from '@jest/globals';
import { emptyReport, type Import } from './imports.ts';
import { unknownKinds } from './parsing/unknown.ts';
import { storedRun } from './stored-run.ts';

const aRun = (more: Partial<Import>): Import => ({
  _id: '01JZZZZZZZZZZZZZZZZZZZZZZA',
  source: 'book',
  into: 'book',
  state: 'running',
  done: 0,
  total: 0,
  startedAt: '2026-11-25T00:00:00Z',
  runsSince: '2026-11-25T00:00:00Z',
  endedAt: null,
  by: 'Rita',
  error: null,
  report: emptyReport('book'),
  rows: [],
  beatAt: 0,
  options: { public: false, archive: false, sample: false, mayArchive: true, rooted: false, without: [] },
  ...more,
});
const many = <T>(make: (path: string) => T): T[] => Array.from({ length: 40_000 }, (_, n) => make(`${'folder/'.repeat(40)}${n}`));

test('a run with lists of any length fits in a document, and says how much of each is not listed', () => {
  const report: Import['report'] = {
    ...emptyReport('book'),
    created: 40_000,
    failed: many((path) => ({ path, reason: 'x' })),
    kept: many((path) => ({ path, reason: 'x' })),
    missing: many((page) => ({ page, target: 'x', kind: 'page' })),
    outside: many((page) => ({ page, target: 'x' })),
    nearest: many((page) => ({ page, target: 'x', path: 'x', title: 'x' })),
    leftOut: many((path) => ({ path, reason: 'x' })),
    drafts: many((path) => ({ path, title: path })),
    waitingToArchive: many((path) => path),
    sourceVersions: many((path) => ({ path, page: '01JZZZZZZZZZZZZZZZZZZZZZZA', title: 'x' })),
  };
  const stored = storedRun(aRun({ report, rows: many((path) => ({ path, title: path, outcome: 'created' })) }));
  expect(Buffer.byteLength(JSON.stringify(stored))).toBeLessThan(13_000_000);
  const { leftOut, waitingToArchive, created } = stored.report;
  expect(created).toBe(40_000);
  expect(leftOut.at(-1)?.path).toBe(`… and ${40_000 - leftOut.length + 1} more`);
  expect(waitingToArchive.at(-1)).toBe(`… and ${40_000 - waitingToArchive.length + 1} more`);
});

test('a run of ordinary length is kept as it is', () => {
  const run = aRun({ rows: many((path) => ({ path, title: 'A', outcome: 'created' as const })).slice(0, 5_000) });
  expect(storedRun(run)).toEqual(run);
});

test('kinds of syntax are told apart up to a thousand', () => {
  const unknown = unknownKinds();
  for (let n = 0; n < 1_500; n++) unknown.note(`{% k${n} %}`, `${n % 7}.md`);
  const kinds = unknown.list();
  expect(kinds).toHaveLength(1_001);
  expect(kinds[0]).toEqual({ kind: 'more kinds, not named here', count: 500, pages: 7 });
});
