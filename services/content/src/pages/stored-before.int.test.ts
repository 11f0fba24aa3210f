import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ImportView, PageView } from '@sidekick/contracts';
import type { Store } from '@sidekick/store';
import { aManager, anEngineer } from '@sidekick/testing';
import { ulid } from 'ulid';
import { z } from 'zod';
import { imports } from '../imports/imports.ts';
import { revisions } from '../revisions/revision.ts';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';
import { pages } from './page.ts';

// The kit starts a process that renders.
jest.setTimeout(120_000);

const [page, revision, run] = [ulid(), ulid(), ulid()];
const at = '2026-05-01T10:00:00.000Z';
const title = 'U\u0308ber uns';
const tags = ['Su\u0308d', 'Süd', 'süd'];
const body = '[self](/who/)\n';
/** As the first release stored it: a schema that takes any document, at version 1. */
const old = z.looseObject({ _id: z.string() });

async function seed(store: Store): Promise<void> {
  const place = { parent: null, order: null, exclude: false };
  const meta = { title, visibility: 'internal', status: 'published', owners: [], tags, place, searchExclude: false };
  const said = { ...meta, reviewEveryWeeks: null, reviewedAt: null };
  const bodyHash = 'bdd6';
  await store.collection({ ...pages, schema: old, upcasts: [], unique: () => ['path:/book/about'] }).insert({
    _id: page,
    ...said,
    path: 'book/about',
    source: 'book',
    sample: false,
    under: null,
    oldPaths: [],
    revision,
    createdAt: at,
    changedAt: at,
    changedBy: 'Ana Silva',
    touchedAt: Date.parse(at),
    createdFrom: null,
    jekyll: false,
    links: [],
    files: [],
    trail: [],
    imported: { file: 'about.md', bodyHash, revision, path: 'book/about', meta: { ...said, under: null } },
  });
  const rendered = { html: '<p>x</p>\n', lead: null, headings: [], anchors: [], links: [], sections: [], words: 1 };
  await store
    .collection(revisions)
    .insert({ _id: revision, page, title: 'Über uns', body, at, by: 'Ana Silva', message: '', origin: 'import', ...rendered });
  const report = {
    source: 'book',
    created: 1,
    updated: 0,
    unchanged: 0,
    moved: 0,
    archived: 0,
    merged: 0,
    kept: [],
    failed: [],
    missing: [],
  };
  await store.collection({ ...imports, schema: old, upcasts: [], unique: () => [] }).insert({
    _id: run,
    source: 'book',
    into: 'book',
    state: 'done',
    done: 1,
    total: 1,
    startedAt: at,
    endedAt: at,
    by: 'Ana Silva',
    error: null,
    rows: [],
    beatAt: Date.parse(at),
    options: { public: false, archive: false, sample: false },
    report: { ...report, attachments: 0, waitingToArchive: [] },
  });
}

let kit: Kit;
beforeAll(async () => {
  kit = await contentKit({ seed });
});
afterAll(() => kit.close());

const read = async (path: string): Promise<PageView> => (await kit.client.ask('get', `/pages/find?path=${path}`, { as: anEngineer })).body;

test('a page and a run that the first release stored are read, written and imported again', async () => {
  expect(await read('book/about')).toMatchObject({ id: page, title: 'Über uns', tags: ['Süd'] });
  const { body: seen } = await kit.client.ask<ImportView>('get', `/imports/${run}`, { as: aManager });
  expect(seen).toMatchObject({ state: 'done', runsSince: at, report: { created: 1, drafts: [], leftOut: [], unknown: [], nearest: [] } });
  const written = { as: anEngineer, body: { reviewEveryWeeks: 4 }, headers: { 'if-match': '"1"' } };
  expect(await kit.client.ask('patch', `/pages/${page}`, written)).toMatchObject({ status: 200, body: { title: 'Über uns', version: 2 } });
  const files = { '_config.yml': 'title: T\n', 'about.md': `---\ntitle: Über uns\ntags: [Süd]\npermalink: /who/\n---\n${body}` };
  const { report } = await kit.importFiles(files);
  expect(report).toMatchObject({ created: 0, moved: 0, archived: 0, kept: [], missing: [] });
  expect(await read('book/about')).toMatchObject({ id: page, title: 'Über uns', reviewEveryWeeks: 4 });
  expect((await read('book/who')).id).toBe(page);
});
