import type { Cache } from '@sidekick/cache';
import {
  type Identity,
  ListQuery,
  listOf,
  longestPageRequest,
  PagePath,
  PageStatus,
  PageSummary,
  PageView,
  PreviewPage,
  PreviewRequest,
  Ulid,
} from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { z } from 'zod';
import { authorOf } from '../access/author.ts';
import { audienceOf, mayRead, shows } from '../access/reader.ts';
import type { Content } from '../content.ts';
import { sourceVersionRoutes } from '../imports/source-version.routes.ts';
import { checkLength } from '../rendering/rendering.ts';
import { linkingFor } from '../revisions/linking.ts';
import { revise } from '../revisions/revise.ts';
import { answerPage } from './answer.ts';
import { bytesOver } from './bytes.ts';
import { noPage } from './edit.ts';
import { fileOfPage, likelyFor } from './likely.ts';
import { type StoredPage, summaryOf } from './page.ts';
import { serveHeadings, serveHtml } from './serve.ts';
import { pageWritingRoutes } from './writing.routes.ts';

const id = z.object({ id: Ulid });

export function pageRoutes(content: Content, cache: Cache): Route[] {
  const { site } = content;
  const bytes = bytesOver(cache);
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
        await site.refresh();
        const audience = audienceOf(identity);
        const matches = site
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
        await site.refresh();
        const page = await site.currentAt(query.path, identity !== null);
        return answerPage(content, bytes, { req, identity }, await readable(page, identity));
      },
    }),
    route({
      method: 'post',
      path: '/pages/preview',
      operation: 'previewPage',
      summary: 'Renders Markdown without saving it',
      access: 'signed-in',
      body: PreviewRequest,
      bodyLimit: longestPageRequest,
      answers: { 200: PreviewPage },
      problems: [413],
      handle: async ({ body, identity }) => {
        checkLength(body.body);
        await site.refresh();
        const known = site.byPath(body.path)?.doc;
        const page = known ?? { _id: ulid(), path: body.path, title: '', source: null, imported: null, jekyll: false };
        const said = { at: content.clock.now().toISOString(), by: '', message: '', origin: 'edit' } as const;
        const revision = await revise({
          page: page._id,
          title: page.title,
          body: body.body,
          ...said,
          renderer: content.rendering.forPerson(authorOf(identity).account),
          ...(await linkingFor(content, page, false)),
        });
        return {
          status: 200,
          body: {
            html: content.images.show(
              serveHtml(
                revision,
                { title: page.title, file: fileOfPage(page), likelyFor: await likelyFor(revision, site, 'internal') },
                site,
                'internal',
              ),
            ),
            headings: serveHeadings(revision, page.title),
          },
        };
      },
    }),
    ...pageWritingRoutes(content, bytes),
    ...sourceVersionRoutes(content, bytes),
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
        await site.refresh();
        const page = await site.current(params.id, identity !== null);
        return answerPage(content, bytes, { req, identity }, await readable(page, identity));
      },
    }),
  ];
}
