import { ImportQuery, ImportView, ListQuery, listOf, PagePath, Ulid } from '@sidekick/contracts';
import { InvalidInput, NotFound, type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { Content } from '../content.ts';
import { emptyReport, type Import, importView } from './imports.ts';
import type { ImportQueue } from './queue.ts';
import { receive } from './upload.ts';

export function importRoutes(content: Content, queue: ImportQueue): Route[] {
  return [
    route({
      method: 'post',
      path: '/imports',
      operation: 'importHandbook',
      summary: 'Imports a folder, sent as one zip; answers at once, the run goes on',
      access: ['engineer', 'manager', 'ops'],
      query: ImportQuery,
      media: 'application/zip',
      answers: { 202: ImportView },
      problems: [409, 413],
      handle: async ({ query, identity, req }) => {
        const run = await newRun(content, query, identity?.name ?? '');
        const zip = await receive(req);
        await queue.submit(run, zip).catch(async (error: unknown) => {
          await zip.done();
          throw error;
        });
        return { status: 202, body: importView(run), headers: { location: `/api/v1/imports/${run._id}` } };
      },
    }),
    route({
      method: 'get',
      path: '/imports',
      operation: 'listImports',
      summary: 'Imports, newest first; `rows` are left to the single one',
      access: 'signed-in',
      query: ListQuery,
      answers: { 200: listOf(ImportView) },
      handle: async ({ query: { limit, cursor } }) => {
        const { items, nextCursor } = await content.imports.query({ index: 'by-id', order: 'desc', limit, cursor });
        const now = await Promise.all(items.map(async ({ doc }) => (await queue.get(doc._id)) ?? doc));
        return { status: 200, body: { items: now.map((run) => ({ ...importView(run), rows: [] })), nextCursor } };
      },
    }),
    route({
      method: 'get',
      path: '/imports/{id}',
      operation: 'readImport',
      summary: 'How an import goes, and its report',
      access: 'signed-in',
      params: z.object({ id: Ulid }),
      answers: { 200: ImportView },
      problems: [404],
      handle: async ({ params }) => {
        const run = await queue.get(params.id);
        if (!run) throw new NotFound('no-import', 'There is no such import');
        return { status: 200, body: importView(run) };
      },
    }),
  ];
}

/** `into` stays what it was for a source that is known, unless the request says otherwise. */
async function newRun({ sources, clock }: Content, query: ImportQuery, by: string): Promise<Import> {
  const known = await sources.byKey(`source:${query.source}`);
  const into = PagePath.safeParse((query.into ?? known?.doc.into ?? query.source).replace(/^\/+|\/+$/g, ''));
  if (!into.success)
    throw new InvalidInput('invalid-into', 'The path to import into is not valid', [
      { path: 'into', message: into.error.issues[0]?.message ?? '' },
    ]);
  return {
    _id: ulid(),
    source: query.source,
    into: into.data,
    state: 'waiting',
    done: 0,
    total: 0,
    startedAt: clock.now().toISOString(),
    endedAt: null,
    by,
    error: null,
    report: emptyReport(query.source),
    rows: [],
    beatAt: Date.now(),
    options: { public: query.public === 'true', archive: query.archive === 'true', sample: query.sample === 'true' },
  };
}
