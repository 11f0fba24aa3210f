import type { Cache } from '@sidekick/cache';
import {
  type Identity,
  ListQuery,
  listOf,
  PageCreate,
  PagePatch,
  PagePath,
  PageStatus,
  PageSummary,
  PageView,
  PreviewPage,
  PreviewRequest,
  Ulid,
} from '@sidekick/contracts';
import { InvalidInput, PreconditionRequired, type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { Content } from '../content.ts';
import { linkingFor } from '../revisions/linking.ts';
import { revise } from '../revisions/revise.ts';
import { audienceOf, mayRead, shows } from '../tree/reader.ts';
import { answerPage, versionIn } from './answer.ts';
import { conflict, createPage, deletePage, noPage, patchPage } from './edit.ts';
import { type StoredPage, summaryOf } from './page.ts';
import { serveHeadings, serveHtml } from './serve.ts';

const editors = ['engineer', 'manager', 'ops'] as const;
const id = z.object({ id: Ulid });
/** Two million characters of which each takes up to six bytes as JSON. */
const bodyLimit = 13 * 1024 * 1024;

export function pageRoutes(content: Content, cache: Cache): Route[] {
  const { site } = content;
  const readable = async (stored: StoredPage | undefined, identity: Identity | null): Promise<StoredPage> => {
    if (!stored || !mayRead(stored.doc, identity)) throw noPage();
    return stored;
  };
  return [
    route({
      method: 'get',
      path: '/pages',
      operation: 'listPages',
      summary: 'Pages that the reader may see, by path',
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
          .filter(({ doc }) => cursor === undefined || `/${doc.path}` > cursor)
          .sort((a, b) => (a.doc.path < b.doc.path ? -1 : 1));
        const items = matches.slice(0, limit);
        const nextCursor = matches.length > limit ? `/${items.at(-1)?.doc.path}` : null;
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
        return answerPage(content, cache, { req, identity }, await readable(site.byPath(query.path), identity));
      },
    }),
    route({
      method: 'post',
      path: '/pages/preview',
      operation: 'previewPage',
      summary: 'Renders Markdown without saving it',
      access: 'signed-in',
      body: PreviewRequest,
      bodyLimit,
      answers: { 200: PreviewPage },
      handle: async ({ body }) => {
        await site.refresh();
        const known = site.byPath(body.path)?.doc;
        const page = known ?? { _id: ulid(), path: body.path, title: '', source: null, imported: null, jekyll: false };
        const said = { at: content.clock.now().toISOString(), by: '', message: '', origin: 'edit' } as const;
        const revision = await revise({
          page: page._id,
          title: page.title,
          body: body.body,
          ...said,
          ...(await linkingFor(content, page)),
        });
        return {
          status: 200,
          body: { html: serveHtml(revision, page.title, site, 'internal'), headings: serveHeadings(revision, page.title) },
        };
      },
    }),
    ...writing(content, cache),
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
        return answerPage(content, cache, { req, identity }, await readable(site.get(params.id), identity));
      },
    }),
  ];
}

function writing(content: Content, cache: Cache): Route[] {
  const { site } = content;
  return [
    route({
      method: 'post',
      path: '/pages',
      operation: 'addPage',
      summary: 'Publishes a new page',
      access: editors,
      body: PageCreate,
      bodyLimit,
      answers: { 201: PageView },
      problems: [409, 413],
      handle: async ({ body, identity, req }) => {
        await site.refresh();
        const { stored } = await createPage(content, ulid(), body, identity?.name ?? '');
        return answerPage(content, cache, { req, identity }, stored, 201);
      },
    }),
    route({
      method: 'put',
      path: '/pages/{id}',
      operation: 'createPage',
      summary: 'Publishes a new page under an id of the client; safe to repeat',
      access: editors,
      params: id,
      body: PageCreate,
      bodyLimit,
      answers: { 200: PageView, 201: PageView },
      problems: [409, 412, 413, 428],
      handle: async ({ params, body, identity, req }) => {
        const only = req.get('if-none-match');
        if (only === undefined) throw new PreconditionRequired('if-none-match-required', 'Creating a page needs If-None-Match: *');
        if (only !== '*') throw new InvalidInput('invalid-if-none-match', 'If-None-Match holds *');
        await site.refresh();
        const { stored, made } = await createPage(content, params.id, body, identity?.name ?? '');
        const answer = await answerPage(content, cache, { req, identity }, stored, 201);
        return { ...answer, status: made ? 201 : 200 };
      },
    }),
    route({
      method: 'patch',
      path: '/pages/{id}',
      operation: 'editPage',
      summary: 'Changes a page; a new body publishes a revision',
      access: editors,
      params: id,
      body: PagePatch,
      bodyLimit,
      answers: { 200: PageView },
      problems: [404, 409, 412, 413, 428],
      handle: async ({ params, body, identity, req }) => {
        const version = versionIn({ req });
        await site.refresh();
        const stored = await patchPage(content, params.id, version, body, identity?.name ?? '');
        const answer = await answerPage(content, cache, { req, identity }, stored, 201);
        return { ...answer, status: 200 };
      },
    }),
    route({
      method: 'delete',
      path: '/pages/{id}',
      operation: 'deletePage',
      summary: 'Deletes a page for good',
      access: editors,
      params: id,
      answers: { 204: null },
      problems: [404, 412, 428],
      handle: async ({ params, req }) => {
        const version = versionIn({ req });
        await site.refresh();
        const stored = await content.pages.get(params.id);
        if (!stored) throw noPage();
        if (stored.version !== version) throw await conflict(content, stored);
        await deletePage(content, stored);
        return { status: 204 };
      },
    }),
  ];
}
