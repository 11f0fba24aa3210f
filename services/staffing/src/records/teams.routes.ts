import { TeamBody, TeamView, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { Desk } from '../routing/desk.ts';
import { recordRoutes } from './record.routes.ts';

export const teamRoutes = (desk: Desk): Route[] =>
  recordRoutes(desk, {
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
