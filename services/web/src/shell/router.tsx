import { createBrowserRouter, type RouteObject, ScrollRestoration } from 'react-router-dom';
import { Guard } from './guard.tsx';
import { NotHere, ScreenError } from './screen-error.tsx';
import { Shell } from './shell.tsx';

/** Every screen loads its own code; what is open to anonymous readers stands outside the guard. */
const routes: RouteObject[] = [
  {
    element: (
      <>
        <Shell />
        <ScrollRestoration />
      </>
    ),
    hydrateFallbackElement: <></>,
    errorElement: <ScreenError />,
    children: [
      {
        errorElement: <ScreenError />,
        children: [
          { path: '/p/*', lazy: async () => ({ Component: (await import('../features/handbook/page-screen.tsx')).PageScreen }) },
          { path: '/search', lazy: async () => ({ Component: (await import('../features/search/search-screen.tsx')).SearchScreen }) },
          { path: '/sign-in', lazy: async () => ({ Component: (await import('../features/sign-in/sign-in.tsx')).SignInScreen }) },
          { path: '/recover/:token', lazy: async () => ({ Component: (await import('../features/sign-in/recover.tsx')).RecoverScreen }) },
          { path: '/accept/:token', lazy: async () => ({ Component: (await import('../features/sign-in/accept.tsx')).AcceptScreen }) },
          {
            element: <Guard />,
            children: [
              { path: '/', lazy: async () => ({ Component: (await import('../features/home/home-screen.tsx')).HomeScreen }) },
              {
                path: '/staffing',
                lazy: async () => ({ Component: (await import('../features/timeline/timeline-screen.tsx')).TimelineScreen }),
              },
              {
                path: '/staffing/history',
                lazy: async () => ({ Component: (await import('../features/changes/changes-screen.tsx')).ChangesScreen }),
              },
              {
                path: '/people',
                lazy: async () => ({ Component: (await import('../features/people/people-screen.tsx')).PeopleScreen }),
                children: [{ path: '/people/new', element: null }],
              },
              {
                path: '/people/:id',
                lazy: async () => ({ Component: (await import('../features/people/person-screen.tsx')).PersonScreen }),
                children: [{ path: '/people/:id/edit', element: null }],
              },
              {
                path: '/projects',
                lazy: async () => ({ Component: (await import('../features/projects/projects-screen.tsx')).ProjectsScreen }),
                children: [{ path: '/projects/new', element: null }],
              },
              {
                path: '/projects/:id',
                lazy: async () => ({ Component: (await import('../features/projects/project-screen.tsx')).ProjectScreen }),
                children: [{ path: '/projects/:id/edit', element: null }],
              },
              { path: '/teams/*', lazy: async () => ({ Component: (await import('../features/teams/teams-screen.tsx')).TeamsScreen }) },
              { path: '/skills', lazy: async () => ({ Component: (await import('../features/skills/skills-screen.tsx')).SkillsScreen }) },
              {
                path: '/capacity',
                lazy: async () => ({ Component: (await import('../features/capacity/capacity-screen.tsx')).CapacityScreen }),
              },
              {
                path: '/capacity/free',
                lazy: async () => ({ Component: (await import('../features/capacity/free-screen.tsx')).FreeScreen }),
              },
              { path: '/leave/*', lazy: async () => ({ Component: (await import('../features/leave/leave-screen.tsx')).LeaveScreen }) },
              {
                path: '/imports',
                lazy: async () => ({ Component: (await import('../features/imports/imports-screen.tsx')).ImportsScreen }),
              },
              {
                path: '/imports/:id',
                lazy: async () => ({ Component: (await import('../features/imports/import-screen.tsx')).ImportScreen }),
              },
              { path: '/new', lazy: async () => ({ Component: (await import('../features/editor/new-page-screen.tsx')).NewPageScreen }) },
              { path: '/edit/:id', lazy: async () => ({ Component: (await import('../features/editor/edit-screen.tsx')).EditScreen }) },
              {
                path: '/history/:id',
                lazy: async () => ({ Component: (await import('../features/history/history-screen.tsx')).HistoryScreen }),
              },
              { path: '/me', lazy: async () => ({ Component: (await import('../features/accounts/me-screen.tsx')).MeScreen }) },
            ],
          },
          {
            element: <Guard roles={['manager']} />,
            children: [
              {
                path: '/staffing/exchange',
                lazy: async () => ({ Component: (await import('../features/exchange/exchange-screen.tsx')).ExchangeScreen }),
              },
              {
                path: '/staffing/import',
                lazy: async () => ({ Component: (await import('../features/moving-in/moving-in-screen.tsx')).MovingInScreen }),
              },
              { path: '/plan', lazy: async () => ({ Component: (await import('../features/plan/plans-screen.tsx')).PlansScreen }) },
              { path: '/plan/:id', lazy: async () => ({ Component: (await import('../features/plan/plan-screen.tsx')).PlanScreen }) },
            ],
          },
          {
            element: <Guard roles={['manager', 'ops']} />,
            children: [
              {
                path: '/accounts',
                lazy: async () => ({ Component: (await import('../features/accounts/accounts-screen.tsx')).AccountsScreen }),
              },
              {
                path: '/webhooks',
                lazy: async () => ({ Component: (await import('../features/webhooks/webhooks-screen.tsx')).WebhooksScreen }),
                children: [{ path: '/webhooks/:id', element: null }],
              },
              { path: '/system', lazy: async () => ({ Component: (await import('../features/system/system-screen.tsx')).SystemScreen }) },
            ],
          },
          { path: '*', element: <NotHere /> },
        ],
      },
    ],
  },
];

const pathsOf = (all: readonly RouteObject[]): string[] =>
  all.flatMap(({ path, children = [] }) => [...(path ? [path] : []), ...pathsOf(children)]);
/** Every address that has a screen. */
export const paths = pathsOf(routes);

export const makeRouter = () => createBrowserRouter(routes);
