import { OpeningBody, OpeningView, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

/** Places on projects that nobody fills yet. */
export const openingRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'opening',
    root: '/openings',
    one: 'Opening',
    many: 'Openings',
    view: OpeningView,
    body: OpeningBody,
    writers: ['manager'],
    filters: { project: Ulid.optional() },
    keep: (record, { project }) => project === undefined || record.project === project,
  });
