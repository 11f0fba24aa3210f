import { type Route, route } from '@sidekick/service-kit';
import { knownCaller } from '../sessions/callers.ts';
import { type Streams, streamHeaders } from './streams.ts';

export const liveRoutes = (streams: Streams): Route[] => [
  route({
    method: 'get',
    path: '/events',
    operation: 'watchEvents',
    summary: 'Server-sent events: each `data` is a LiveEvent that says what to fetch again; nothing is replayed',
    access: 'signed-in',
    answers: { 200: { media: 'text/event-stream' } },
    problems: [429],
    handle: async ({ req, res }) => {
      if (req.method === 'HEAD') {
        res.writeHead(200, streamHeaders).end();
        return null;
      }
      streams.open(knownCaller(req), res);
      return null;
    },
  }),
];
