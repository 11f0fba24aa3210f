import { act, screen, within } from '@testing-library/react';
import { PeopleScreen } from '../features/people/people-screen.tsx';
import { PersonScreen } from '../features/people/person-screen.tsx';
import { ProjectScreen } from '../features/projects/project-screen.tsx';
import { ProjectsScreen } from '../features/projects/projects-screen.tsx';
import { TimelineScreen } from '../features/timeline/timeline-screen.tsx';
import { idOf, problem } from './portal.ts';
import { renderRoutes } from './render.tsx';
import { aChange, anAssignment, ana, aStaffing, jonas } from './staffing.ts';

export const recordRoutes = [
  { path: '/people', element: <PeopleScreen />, children: [{ path: 'new', element: null }] },
  { path: '/people/:id', element: <PersonScreen />, children: [{ path: 'edit', element: null }] },
  { path: '/projects', element: <ProjectsScreen />, children: [{ path: 'new', element: null }] },
  { path: '/projects/:id', element: <ProjectScreen />, children: [{ path: 'edit', element: null }] },
];
export const routes = [{ path: '/staffing', element: <TimelineScreen /> }, ...recordRoutes];
export const one = idOf(22);
export const asJonas = { role: 'sidekick', hoursPerWeek: 8, from: '2026-12-28' } as const;
export const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
export type Portal = ReturnType<typeof aStaffing>['portal'];
export const saves = (portal: Portal) =>
  portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes').map(({ body }) => (body as never)['commands'][0]);

/** The portal keeps `record`; what is sent against another version is answered with it. */
export function keeps(portal: Portal, kind: string, record: { id: string; version: number }) {
  const { version, ...body } = record;
  portal.set('GET /changes', list([aChange(version, { by: { account: idOf(801), name: 'Bea Holt' } })]));
  portal.set('POST /changes', ({ body: sent }) =>
    (sent as never)['commands'][0]['version'] === version
      ? { status: 201, body: { number: version + 1, items: [], warnings: [] } }
      : problem(412, 'stale', 'The record was changed meanwhile', { current: { kind, id: record.id, version, record: body } }),
  );
}

export async function openAssignment(now = anAssignment(one, jonas, { ...asJonas, version: 5, state: 'tentative' })) {
  const { portal } = aStaffing();
  const view = renderRoutes(routes, `/staffing?edit=${one}`);
  const form = within(await screen.findByRole('dialog', { name: 'Jonas Weber on Atlas' }));
  const hours = form.getByLabelText<HTMLInputElement>('Hours a week');
  keeps(portal, 'assignment', now);
  const type = async (text: string) => {
    await view.user.clear(hours);
    await view.user.type(hours, text);
  };
  const save = () => view.user.click(form.getByRole('button', { name: 'Save' }));
  const live = async () => {
    portal.set('GET /assignments', list([anAssignment(idOf(21), ana), now]));
    await act(() => view.client.invalidateQueries({ queryKey: ['staffing'] }));
  };
  return { portal, form, hours, type, save, live, ...view };
}
