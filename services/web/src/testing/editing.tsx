import { PageMeta } from '@sidekick/contracts';
import { screen } from '@testing-library/react';
import { Outlet } from 'react-router-dom';
import { EditScreen } from '../features/editor/edit-screen.tsx';
import { NewPageScreen } from '../features/editor/new-page-screen.tsx';
import { Guard } from '../shell/guard.tsx';
import { Reader } from '../shell/reader.tsx';
import { aMe, aPage, aRevision } from './builders.ts';
import { fakePortal, idOf, problem } from './portal.ts';
import { renderRoutes } from './render.tsx';

/** The page that is edited at first. */
export const page = `/pages/${idOf(1)}`;
const screens = [
  { path: '/edit/:id', element: <EditScreen /> },
  { path: '/new', element: <NewPageScreen /> },
];
const frame = (
  <Reader>
    <Outlet />
  </Reader>
);
const routes = [{ element: frame, children: [{ element: <Guard />, children: screens }] }];

/** Opens the editor on two lines of text in version 3. */
export const open = (handlers: Parameters<typeof fakePortal>[0] = {}, at = `/edit/${idOf(1)}`) => {
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    [`GET ${page}`]: { body: aPage() },
    [`GET /revisions/${idOf(100)}`]: { body: aRevision('Line one\nLine two') },
    'POST /pages/preview': ({ body }) => ({ body: { html: `<p>${(body as { body: string }).body}</p>`, headings: [] } }),
    ...handlers,
  });
  return { portal, ...renderRoutes(routes, at) };
};
type User = ReturnType<typeof open>['user'];
export const text = () => screen.findByLabelText<HTMLTextAreaElement>('Text in Markdown');
export const save = async (user: User) => user.click(await screen.findByRole('button', { name: 'Save' }));
export const publish = (user: User) => user.click(screen.getByRole('button', { name: 'Publish' }));

const { html: _html, headings: _headings, ...stored } = aPage();
const meta = Object.fromEntries(Object.entries(stored).filter(([key]) => PageMeta.keyof().safeParse(key).success));
/** Somebody has made a newer version meanwhile, Noor the fifth unless told otherwise. */
export const lostTo = (body: string, over: object = {}, fields = ['text'], version = 5, by = 'Noor Haddad') =>
  problem(412, 'stale', 'Somebody saved this page first', {
    current: {
      version,
      revision: aRevision(body, { id: idOf(100 + version) }),
      page: { ...meta, ...over },
      since: [{ version, at: '2026-11-27T10:00:00.000Z', by, fields, movedFrom: null }],
    },
  });
