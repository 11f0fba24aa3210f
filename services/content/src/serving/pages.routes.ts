import { type Identity, ListQuery, listOf, PagePath, PageStatus, PageSummary, PageView, Ulid } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { audienceOf, mayRead, shows } from '../access/reader.ts';
import { noPage, type StoredPage, summaryOf } from '../pages/page.ts';
import { answerPage } from './answer.ts';
import type { Bytes } from './bytes.ts';
import type { ServingContent } from './serving.ts';

const id = z.object({ id: Ulid });

export function pageRoutes(content: ServingContent, bytes: Bytes): Route[] {
  const { replica } = content;
  const readable = async (stored: StoredPage | undefined, identity: Identity | null): Promise<StoredPage> => {
    if (!stored || !mayRead(stored.doc, identity)) throw noPage();
    return stored;
  };
  return [
    route({
      method: 'get',
      path: '/pages',
      operation: 'listPages',
      summary: 'Pages that the reader may see, by id: a page that is renamed keeps its place',
      access: 'public',
      query: ListQuery.extend({ source: z.string().max(200).optional(), status: PageStatus.optional() }),
      answers: { 200: listOf(PageSummary) },
      handle: async ({ query: { limit, cursor, source, status }, identity }) => {
        await replica.refresh();
        const audience = audienceOf(identity);
        const matches = replica
          .all()
          .filter(
            ({ doc }) => (identity || shows(doc, audience)) && (!source || doc.source === source) && (!status || doc.status === status),
          )
          .filter(({ doc }) => cursor === undefined || doc._id > cursor)
          .sort((a, b) => (a.doc._id < b.doc._id ? -1 : 1));
        const items = matches.slice(0, limit);
        const nextCursor = matches.length > limit ? (items.at(-1)?.doc._id ?? null) : null;
        const shown = items
          .map(summaryOf)
          .map((one) =>
            identity ? one : { ...one, owners: one.owners.filter(({ type }) => type === 'team'), place: { ...one.place, parent: null } },
          );
        return { status: 200, body: { items: shown, nextCursor } };
      },
    }),
    route({
      method: 'get',
      path: '/pages/find',
      operation: 'findPage',
      summary: 'The page of a path, or the page that used to have it',
      access: 'public',
      query: z.strictObject({ path: PagePath }),
      answers: { 200: PageView, 304: null },
      problems: [404],
      handle: async ({ query, identity, req }) => {
        await replica.refresh();
        const page = await replica.currentAt(query.path, identity !== null);
        return answerPage(content, bytes, { req, identity }, await readable(page, identity));
      },
    }),
    route({
      method: 'get',
      path: '/pages/{id}',
      operation: 'readPage',
      summary: 'A page, rendered for the reader',
      access: 'public',
      params: id,
      answers: { 200: PageView, 304: null },
      problems: [404],
      handle: async ({ params, identity, req }) => {
        await replica.refresh();
        const page = await replica.current(params.id, identity !== null);
        return answerPage(content, bytes, { req, identity }, await readable(page, identity));
      },
    }),
  ];
}
