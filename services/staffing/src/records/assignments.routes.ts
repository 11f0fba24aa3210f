import { AssignmentBody, AssignmentView, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const assignmentRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'assignment',
    root: '/assignments',
    one: 'Assignment',
    many: 'Assignments',
    view: AssignmentView,
    body: AssignmentBody,
    writers: ['manager'],
    filters: { person: Ulid.optional(), project: Ulid.optional() },
    keep: (record, { person, project }) =>
      (person === undefined || record.person === person) && (project === undefined || record.project === project),
  });
