import { Ulid, WeekNoteBody, WeekNoteView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const weekNoteRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'weekNote',
    root: '/week-notes',
    one: 'WeekNote',
    many: 'WeekNotes',
    view: WeekNoteView,
    body: WeekNoteBody,
    writers: ['manager'],
    filters: { project: Ulid.optional() },
    keep: (record, { project }) => project === undefined || record.project === project,
  });
