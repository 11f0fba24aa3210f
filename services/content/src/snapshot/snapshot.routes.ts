import { once } from 'node:events';
import { type Route, route } from '@sidekick/service-kit';
import type { Content } from '../content.ts';
import { snapshot } from './snapshot.ts';

export function snapshotRoutes(content: Content): Route[] {
  return [
    route({
      method: 'get',
      path: '/pages/snapshot',
      operation: 'snapshotPages',
      summary: 'The state event of every page, one a line',
      access: ['ops'],
      answers: { 200: { media: 'application/x-ndjson' } },
      handle: async ({ res }) => {
        res.setHeader('cache-control', 'no-store');
        res.type('application/x-ndjson');
        for await (const event of snapshot(content)) {
          if (res.destroyed) return null;
          if (!res.write(`${JSON.stringify(event)}\n`)) await Promise.race([once(res, 'drain'), once(res, 'close')]);
        }
        res.end();
        return null;
      },
    }),
  ];
}
