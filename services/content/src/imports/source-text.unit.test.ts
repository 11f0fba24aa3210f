import { expect, test } from '@jest/globals';
import { TooLarge } from '@sidekick/service-kit';
import { anImportedPage } from '../testing/imported-page.test.helper.ts';
import { importPage, type Step } from './import-page.ts';
import { emptyReport } from './imports.ts';
import type { Planned } from './matching/plan.ts';

test('a page kept as edited here, whose text of the source takes too much to read, is told as failed and as nothing else', async () => {
  const edited = anImportedPage({ revision: '01JZZZZZZZZZZZZZZZZZZZZZZB' });
  const doc = { ...edited, imported: edited.imported && { ...edited.imported, revision: '01JZZZZZZZZZZZZZZZZZZZZZZA' } };
  const run = { source: 'book', report: emptyReport('book'), rows: [] };
  const costly = async () => {
    throw new TooLarge('text-too-costly', 'Too long');
  };
  const content = {
    rendering: { forImports: { merge: async () => null, render: costly } },
    clock: { now: () => new Date() },
    sourceVersions: { byKey: async () => null },
  };
  const revision = { body: 'text', links: [] };
  const stored = new Map([doc.revision, doc.imported?.revision].map((id) => [id, revision]));
  const page = { file: 'a.md', title: 'A', bodyHash: 'new', jekyll: false, address: null, also: [], body: async () => 'new' };
  const planned = { id: doc._id, page, path: doc.path, meta: doc.imported?.meta, existing: { doc, version: 2 } };
  const step = { content, run, files: {}, scanned: {}, notes: new Map() };
  await importPage(step as unknown as Step, planned as unknown as Planned, stored as unknown as Parameters<typeof importPage>[2]);
  const { failed, kept, sourceVersions } = run.report;
  expect([failed, kept, sourceVersions]).toEqual([[{ path: 'a.md', reason: 'Too long' }], [], []]);
  expect(run.rows).toMatchObject([{ path: 'a.md', outcome: 'failed' }]);
});
