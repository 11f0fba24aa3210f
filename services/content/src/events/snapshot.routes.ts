import { type Route, route, sendLines } from '@sidekick/service-kit';
import type { Pages } from '../pages/pages.ts';
import type { Revisions } from '../revisions/revisions.ts';
import { snapshot } from './snapshot.ts';

export function snapshotRoutes(content: Pages & Revisions): Route[] {
  return [
    route({
      method: 'get',
      path: '/pages/snapshot',
      operation: 'snapshotPages',
      summary: 'The state event of every page, one a line; the last line counts them',
      access: ['ops'],
      answers: { 200: { media: 'application/x-ndjson' } },
      handle: async ({ res }) => {
        await sendLines(res, snapshot(content));
        return null;
      },
    }),
  ];
}
