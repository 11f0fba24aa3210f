import { longestPageRequest, PageCreate, PageMove, PageMoved, PagePatch, PageView, Ulid } from '@sidekick/contracts';
import { InvalidInput, PreconditionRequired, type Route, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { z } from 'zod';
import { noPage } from '../pages/page.ts';
import { answerPage } from '../serving/answer.ts';
import type { Bytes } from '../serving/bytes.ts';
import { conflict, createPage, deletePage, patchPage } from './edit.ts';
import { versionIn } from './if-match.ts';
import { movePage } from './move.ts';
import type { WritingContent } from './writing.ts';

const editors = ['engineer', 'manager', 'ops'] as const;
const id = z.object({ id: Ulid });

export function pageWritingRoutes(content: WritingContent, bytes: Bytes): Route[] {
  const { replica } = content;
  return [
    route({
      method: 'post',
      path: '/pages',
      operation: 'addPage',
      summary: 'Publishes a new page',
      access: editors,
      body: PageCreate,
      bodyLimit: longestPageRequest,
      answers: { 201: PageView },
      problems: [409, 413],
      handle: async ({ body, identity, req }) => {
        await replica.refresh();
        const { stored } = await createPage(content, ulid(), body, identity);
        return answerPage(content, bytes, { req, identity }, stored, 201);
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
      bodyLimit: longestPageRequest,
      answers: { 200: PageView, 201: PageView },
      problems: [409, 412, 413, 428],
      handle: async ({ params, body, identity, req }) => {
        const only = req.headers['if-none-match'];
        if (only === undefined) throw new PreconditionRequired('if-none-match-required', 'Creating a page needs If-None-Match: *');
        if (only !== '*') throw new InvalidInput('invalid-if-none-match', 'If-None-Match holds *');
        await replica.refresh();
        const { stored, made } = await createPage(content, params.id, body, identity);
        const answer = await answerPage(content, bytes, { req, identity }, stored, 201);
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
      bodyLimit: longestPageRequest,
      answers: { 200: PageView },
      problems: [404, 409, 412, 413, 428],
      handle: async ({ params, body, identity, req }) => {
        const version = versionIn({ req });
        await replica.refresh();
        const stored = await patchPage(content, params.id, version, body, identity);
        const answer = await answerPage(content, bytes, { req, identity }, stored, 201);
        return { ...answer, status: 200 };
      },
    }),
    route({
      method: 'post',
      path: '/pages/{id}/move',
      operation: 'movePage',
      summary: 'Gives a page another address; the pages below it follow',
      access: editors,
      params: id,
      body: PageMove,
      answers: { 200: PageMoved },
      problems: [404, 409, 412, 428],
      handle: async ({ params, body, identity, req }) => {
        const version = versionIn({ req });
        await replica.refresh();
        return { status: 200, body: await movePage(content, params.id, version, body, identity) };
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
        await replica.refresh();
        const stored = await content.pages.get(params.id);
        if (!stored) throw noPage();
        if (stored.version !== version) throw await conflict(content, stored, version);
        await deletePage(content, stored);
        return { status: 204 };
      },
    }),
  ];
}
