import { type Route, route, sendLines } from '@sidekick/service-kit';
import type { Desk } from '../routing/desk.ts';
import { snapshotEvents } from './events.ts';

/** For consumers that rebuild (DESIGN §4). Stands before `/changes/{number}`. */
export const snapshotRoutes = (desk: Desk): Route[] => [
  route({
    method: 'get',
    path: '/changes/snapshot',
    operation: 'readStaffingSnapshot',
    summary: 'The state event of every record, deleted ones too, one a line; the last line counts them',
    access: ['ops'],
    answers: { 200: { media: 'application/x-ndjson' } },
    async handle({ res }) {
      await desk.replica.catchUp();
      await sendLines(res, snapshotEvents(desk.epoch(), desk.replica.current()));
      return null;
    },
  }),
];
