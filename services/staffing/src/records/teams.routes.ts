import { TeamBody, TeamView, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const teamRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'team',
    root: '/teams',
    one: 'Team',
    many: 'Teams',
    view: TeamView,
    body: TeamBody,
    writers: ['manager'],
    filters: { person: Ulid.optional() },
    keep: ({ people }, { person }) => person === undefined || people.includes(person),
  });
