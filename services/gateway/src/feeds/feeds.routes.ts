import { FeedAnswer, FeedCreate, FeedView, Ulid } from '@sidekick/contracts';
import { NotFound, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { atABrowser } from '../sessions/callers.ts';
import { visitorOf } from '../sessions/visitor.ts';
import type { Demo } from '../sign-in/demo.ts';
import { type Feed, type Feeds, feedView } from './feeds.ts';
import { type ServeFeeds, stands } from './serve.ts';

export interface FeedsDeps {
  feeds: Feeds;
  serveFeeds: ServeFeeds;
  demo: Pick<Demo, 'here'>;
  publicUrl: URL;
}

const params = z.strictObject({ id: Ulid });

/** Feeds are made at a browser: a token that leaked cannot make itself an address that outlives it. */
export function feedsRoutes({ feeds, serveFeeds, demo, publicUrl }: FeedsDeps): Route[] {
  const made = ({ feed, secret }: { feed: Feed; secret: string }) => ({
    ...feedView(feed),
    url: new URL(`/api/v1/feeds/${secret}.ics`, publicUrl).href,
  });
  return [
    route({
      method: 'get',
      path: '/me/feeds',
      operation: 'listFeeds',
      summary: 'Own calendar feeds, without their addresses; at most 100',
      access: 'signed-in',
      answers: { 200: z.strictObject({ items: z.array(FeedView), nextCursor: z.null() }) },
      handle: async ({ req }) => {
        const { account, person } = atABrowser(req).identity;
        const own = (await feeds.of(account)).filter((feed) => stands(feed, person));
        return { status: 200, body: { items: own.map(feedView), nextCursor: null } };
      },
    }),
    route({
      method: 'post',
      path: '/me/feeds',
      operation: 'createFeed',
      summary: 'Makes a calendar feed of the own weeks and leave, of a project or of who is away; its address is shown once',
      access: 'signed-in',
      body: FeedCreate,
      bodyLimit: 10_000,
      reflects: true,
      answers: { 201: FeedAnswer },
      problems: [404, 409],
      handle: async ({ req, body, requestId }) => {
        const { account, person } = atABrowser(req).identity;
        if (body.scope === 'project' && !(await serveFeeds.isThere('project', body.project, account, requestId)))
          throw new NotFound('no-project', 'There is no such project');
        return { status: 201, body: made(await feeds.create(account, person, body)) };
      },
    }),
    route({
      method: 'post',
      path: '/me/feeds/{id}/address',
      operation: 'renewFeed',
      summary: 'Another address for an own calendar feed; the one before ends at once',
      access: 'signed-in',
      params,
      reflects: true,
      answers: { 200: FeedAnswer },
      problems: [404],
      handle: async ({ req, params: { id } }) => ({
        status: 200,
        body: made(await feeds.renew(atABrowser(req).identity.account, id)),
      }),
    }),
    route({
      method: 'delete',
      path: '/me/feeds/{id}',
      operation: 'removeFeed',
      summary: 'Ends an own calendar feed',
      access: 'signed-in',
      params,
      answers: { 204: null },
      problems: [404],
      handle: async ({ req, params: { id } }) => {
        await feeds.remove(atABrowser(req).identity.account, id);
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/feeds/{secret}.ics',
      operation: 'readFeed',
      summary: 'A calendar feed by its address alone, as iCalendar (RFC 5545)',
      access: 'public',
      params: z.strictObject({ secret: z.string().max(200) }),
      answers: { 200: { media: 'text/calendar' } },
      problems: [404, 429],
      handle: ({ req, params: { secret }, requestId }) =>
        serveFeeds.answer({ secret, requestId, address: visitorOf(req).address, demo: demo.here(req) }),
    }),
  ];
}
