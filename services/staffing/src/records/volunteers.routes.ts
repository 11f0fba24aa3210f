import { Ulid, VolunteerBody, VolunteerView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

/** Engineers offer to back up a project and withdraw that; managers do so for everybody. */
export const volunteerRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'volunteer',
    root: '/volunteers',
    one: 'Volunteer',
    many: 'Volunteers',
    view: VolunteerView,
    body: VolunteerBody,
    writers: ['manager', 'engineer'],
    filters: { person: Ulid.optional(), project: Ulid.optional() },
    keep: (record, { person, project }) =>
      (person === undefined || record.person === person) && (project === undefined || record.project === project),
  });
