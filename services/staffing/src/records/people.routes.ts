import { PersonBody, PersonView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

/** Engineers may set their own skills; the rest of a person is for managers. */
export const peopleRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'person',
    root: '/people',
    one: 'Person',
    many: 'People',
    view: PersonView,
    body: PersonBody,
    writers: ['manager', 'engineer'],
    filters: {},
    keep: () => true,
  });
