import { ProjectBody, ProjectView } from '@sidekick/contracts';
import type { Route } from '@sidekick/service-kit';
import type { Desk } from '../routing/desk.ts';
import { recordRoutes } from './record.routes.ts';

export const projectRoutes = (desk: Desk): Route[] =>
  recordRoutes(desk, {
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
