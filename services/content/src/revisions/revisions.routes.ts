import { ListQuery, listOf, PageChange, RevisionSummary, RevisionView, Ulid } from '@sidekick/contracts';
import { NotFound, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { noPage } from '../pages/page.ts';
import type { Pages } from '../pages/pages.ts';
import { viewOf } from './revision.ts';
import type { Revisions } from './revisions.ts';

const id = z.object({ id: Ulid });

export function revisionRoutes({ pages, revisions }: Pages & Revisions): Route[] {
  return [
    route({
      method: 'get',
      path: '/pages/{id}/revisions',
      operation: 'listRevisions',
      summary: 'What a page was, newest first',
      access: 'signed-in',
      params: id,
      query: ListQuery,
      answers: { 200: listOf(RevisionSummary) },
      problems: [404],
      handle: async ({ params, query: { limit, cursor } }) => {
        if (!(await pages.get(params.id))) throw noPage();
        const { items, nextCursor } = await revisions.query({
          index: 'by-page',
          equals: { page: params.id },
          order: 'desc',
          limit,
          cursor,
        });
        const summaries = items.map(({ doc }) => {
          const { body: _body, ...summary } = viewOf(doc);
          return summary;
        });
        return { status: 200, body: { items: summaries, nextCursor } };
      },
    }),
    route({
      method: 'get',
      path: '/pages/{id}/changes',
      operation: 'listPageChanges',
      summary: 'Who changed what of a page, newest first: the last hundred changes',
      access: 'signed-in',
      params: id,
      answers: { 200: listOf(PageChange) },
      problems: [404],
      handle: async ({ params }) => {
        const stored = await pages.get(params.id);
        if (!stored) throw noPage();
        return { status: 200, body: { items: (stored.doc.log ?? []).toReversed(), nextCursor: null } };
      },
    }),
    route({
      method: 'get',
      path: '/revisions/{id}',
      operation: 'readRevision',
      summary: 'A revision with its Markdown, for the editor',
      access: 'signed-in',
      params: id,
      answers: { 200: RevisionView },
      problems: [404],
      handle: async ({ params }) => {
        const stored = await revisions.get(params.id);
        if (!stored) throw new NotFound('no-revision', 'There is no such revision');
        return { status: 200, body: viewOf(stored.doc), headers: { 'cache-control': 'private, no-cache' } };
      },
    }),
  ];
}
