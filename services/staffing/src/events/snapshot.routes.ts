import { type Route, route, sendLines } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { snapshotEvents } from './events.ts';

/** For consumers that rebuild. Stands before `/changes/{number}`. */
export const snapshotRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/changes/snapshot',
    operation: 'readStaffingSnapshot',
    summary: 'The state event of every record, deleted ones too, one a line; the last line counts them',
    access: ['ops'],
    answers: { 200: { media: 'application/x-ndjson' } },
    async handle({ res }) {
      await context.replica.catchUp();
      await sendLines(res, snapshotEvents(context.epoch(), context.replica.current()));
      return null;
    },
  }),
];
