import { RateBody, RateView, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const rateRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'rate',
    root: '/rates',
    one: 'Rate',
    many: 'Rates',
    view: RateView,
    body: RateBody,
    writers: ['manager'],
    filters: { person: Ulid.optional(), project: Ulid.optional() },
    keep: (record, { person, project }) =>
      (person === undefined || record.person === person) && (project === undefined || record.project === project),
  });
