import { type Route, route } from '@sidekick/service-kit';
import type { Desk } from '../desk.ts';
import { snapshotEvents } from './events.ts';

/** NDJSON, one state event a line, for consumers that rebuild (DESIGN §4). Stands before `/changes/{number}`. */
export const snapshotRoutes = (desk: Desk): Route[] => [
  route({
    method: 'get',
    path: '/changes/snapshot',
    operation: 'readStaffingSnapshot',
    summary: 'The state event of every record, deleted ones too, as NDJSON',
    access: ['ops'],
    answers: { 200: { media: 'application/x-ndjson' } },
    async handle({ res }) {
      await desk.replica.catchUp();
      res.status(200).type('application/x-ndjson').setHeader('cache-control', 'no-store');
      for (const event of snapshotEvents(desk.epoch(), desk.replica.current())) {
        if (!res.write(`${JSON.stringify(event)}\n`)) await drained(res);
      }
      res.end();
      return null;
    },
  }),
];

/** Resolves when the client has read, or has gone. */
const drained = (res: { once(event: string, listener: () => void): unknown }) =>
  new Promise<void>((resolve) => {
    res.once('drain', resolve);
    res.once('close', resolve);
  });
