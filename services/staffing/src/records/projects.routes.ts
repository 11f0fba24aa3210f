import { ProjectBody, ProjectView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { StaffingContext } from '../routing/context.ts';
import { recordRoutes } from './record.routes.ts';

export const projectRoutes = (context: StaffingContext): Route[] =>
  recordRoutes(context, {
    kind: 'project',
    root: '/projects',
    one: 'Project',
    many: 'Projects',
    view: ProjectView,
    body: ProjectBody,
    writers: ['manager'],
    filters: {},
    keep: () => true,
  });
