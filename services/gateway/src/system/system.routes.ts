import { SystemView } from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { type OverviewDeps, overview } from './overview.ts';

export const systemRoutes = (deps: OverviewDeps): Route[] => [
  route({
    method: 'get',
    path: '/system',
    operation: 'readSystem',
    summary:
      'Each part of the portal with its replicas and what they miss, dead letters, the last backup. Whoever has looked within ten minutes has it in two seconds, whatever hangs',
    access: ['manager', 'ops'],
    answers: { 200: SystemView },
    handle: async ({ requestId }) => ({ status: 200, body: await overview(deps, requestId) }),
  }),
];
