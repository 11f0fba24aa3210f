import { ImportQuery, ImportView, ListQuery, listOf, PagePath, type Role, Ulid } from '@sidekick/contracts';
import { Forbidden, InvalidInput, NotFound, type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { z } from 'zod';
import { mayRemoveSources } from '../access/rights.ts';
import { trimSlashes } from '../text/paths.ts';
import { emptyReport, type Import, type ImportContent, importView } from './imports.ts';
import type { ImportQueue } from './queue.ts';
import { receive } from './upload.ts';

/** Who may remove a source may archive its pages by an import. */
const removers = new Set<Role>(mayRemoveSources);

export function importRoutes(content: ImportContent, queue: ImportQueue): Route[] {
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
      problems: [403, 409, 413],
      handle: async ({ query, identity, req }) => {
        const mayArchive = identity.roles.some((role) => removers.has(role));
        if (query.archive === 'true' && !mayArchive)
          throw new Forbidden(
            'no-archiving',
            'Archiving what is gone takes pages away as removing the source does: a manager or ops can do it',
          );
        const run = await newRun(content, { query, by: identity.name, mayArchive });
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
async function newRun(
  { sources, clock }: ImportContent,
  { query, by, mayArchive }: { query: ImportQuery; by: string; mayArchive: boolean },
): Promise<Import> {
  const known = await sources.byKey(`source:${query.source}`);
  const into = PagePath.safeParse(trimSlashes(query.into ?? known?.doc.into ?? query.source));
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
    runsSince: null,
    startedAt: clock.now().toISOString(),
    endedAt: null,
    by,
    error: null,
    report: emptyReport(query.source),
    rows: [],
    beatAt: Date.now(),
    options: {
      public: query.public === 'true',
      archive: query.archive === 'true',
      sample: query.sample === 'true',
      mayArchive,
      rooted: query.rooted === 'true',
      without: (query.without ?? '').split('\n').filter(Boolean),
    },
  };
}
