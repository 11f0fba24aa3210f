import { OwnView, OwnViewBody, OwnViews as OwnViewsAnswer, Ulid } from '@sidekick/contracts';
import { etag, ifMatch, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import type { OwnViews } from './views.ts';

const params = z.strictObject({ id: Ulid });

export const viewsRoutes = ({ ownViews }: { ownViews: OwnViews }): Route[] => [
  route({
    method: 'get',
    path: '/me/views',
    operation: 'listOwnViews',
    summary: 'What screens show, as the own account has saved it by name; at most 100',
    access: 'signed-in',
    answers: { 200: OwnViewsAnswer },
    handle: async ({ identity }) => ({ status: 200, body: { items: await ownViews.of(identity.account), nextCursor: null } }),
  }),
  route({
    method: 'put',
    path: '/me/views/{id}',
    operation: 'putOwnView',
    summary: 'Saves a view of the own account (If-None-Match: *) or over one that was read (If-Match)',
    access: 'signed-in',
    params,
    body: OwnViewBody,
    bodyLimit: 10_000,
    answers: { 200: OwnView, 201: OwnView },
    problems: [404, 409, 412, 428],
    handle: async ({ req, params: { id }, body, identity }) => {
      const version = req.headers['if-none-match'] === '*' ? null : ifMatch(req);
      const { view, made } = await ownViews.put(identity.account, id, body, version);
      return { status: made ? 201 : 200, headers: { etag: etag(view.version) }, body: view };
    },
  }),
  route({
    method: 'delete',
    path: '/me/views/{id}',
    operation: 'deleteOwnView',
    summary: 'Removes a view of the own account',
    access: 'signed-in',
    params,
    answers: { 204: null },
    problems: [404, 412, 428],
    handle: async ({ req, params: { id }, identity }) => {
      await ownViews.remove(identity.account, id, ifMatch(req));
      return { status: 204 };
    },
  }),
];
