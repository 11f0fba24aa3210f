import { SavedViewBody, SavedViewView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const viewRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'view',
    root: '/views',
    one: 'View',
    many: 'Views',
    view: SavedViewView,
    body: SavedViewBody,
    writers: ['manager'],
    filters: {},
    keep: () => true,
  });
