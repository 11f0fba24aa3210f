import { AssignmentBody, AssignmentView, IsoDay, Ulid } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import { inOrder } from '../questions/days-asked.ts';
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
    // Days, both included: those that hold one of them.
    filters: { person: Ulid.optional(), project: Ulid.optional(), from: IsoDay.optional(), to: IsoDay.optional() },
    check: ({ from, to }) => {
      if (from !== undefined && to !== undefined) inOrder({ from, to });
    },
    keep: (record, { person, project, from, to }) =>
      (person === undefined || record.person === person) &&
      (project === undefined || record.project === project) &&
      (to === undefined || record.from <= to) &&
      (from === undefined || record.to === null || record.to >= from),
  });
