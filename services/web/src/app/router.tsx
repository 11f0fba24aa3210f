import { createBrowserRouter, type RouteObject, ScrollRestoration } from 'react-router-dom';
import { Guard } from './guard.tsx';
import { NotHere, ScreenError } from './screen-error.tsx';
import { Shell } from './shell.tsx';

const handbook = () => import('../features/handbook/index.tsx');
const imports = () => import('../features/imports/index.tsx');
const accounts = () => import('../features/accounts/index.tsx');
const signIn = () => import('../features/sign-in/index.tsx');

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
          { path: '/p/*', lazy: async () => ({ Component: (await handbook()).PageScreen }) },
          { path: '/search', lazy: async () => ({ Component: (await import('../features/search/index.tsx')).SearchScreen }) },
          { path: '/sign-in', lazy: async () => ({ Component: (await signIn()).SignInScreen }) },
          { path: '/recover/:token', lazy: async () => ({ Component: (await signIn()).RecoverScreen }) },
          { path: '/accept/:token', lazy: async () => ({ Component: (await signIn()).AcceptScreen }) },
          {
            element: <Guard />,
            children: [
              { path: '/', lazy: async () => ({ Component: (await import('../features/home/index.tsx')).HomeScreen }) },
              { path: '/staffing', lazy: async () => ({ Component: (await import('../features/timeline/index.tsx')).TimelineScreen }) },
              { path: '/people/*', lazy: async () => ({ Component: (await import('../features/people/index.tsx')).PeopleScreen }) },
              { path: '/projects/*', lazy: async () => ({ Component: (await import('../features/projects/index.tsx')).ProjectsScreen }) },
              { path: '/leave/*', lazy: async () => ({ Component: (await import('../features/leave/index.tsx')).LeaveScreen }) },
              { path: '/imports', lazy: async () => ({ Component: (await imports()).ImportsScreen }) },
              { path: '/imports/:id', lazy: async () => ({ Component: (await imports()).ImportScreen }) },
              { path: '/new', lazy: async () => ({ Component: (await import('../features/editor/index.tsx')).NewPageScreen }) },
              { path: '/edit/:id', lazy: async () => ({ Component: (await import('../features/editor/index.tsx')).EditScreen }) },
              { path: '/history/:id', lazy: async () => ({ Component: (await import('../features/history/index.tsx')).HistoryScreen }) },
              { path: '/me', lazy: async () => ({ Component: (await accounts()).MeScreen }) },
            ],
          },
          {
            element: <Guard roles={['manager', 'ops']} />,
            children: [
              { path: '/accounts', lazy: async () => ({ Component: (await accounts()).AccountsScreen }) },
              { path: '/system', lazy: async () => ({ Component: (await import('../features/system/index.tsx')).SystemScreen }) },
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
