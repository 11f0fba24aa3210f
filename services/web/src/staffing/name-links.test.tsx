import { beforeEach, expect, test } from '@jest/globals';
import { configure, screen, within } from '@testing-library/react';
import { HomeScreen } from '../features/home/home-screen.tsx';
import { LeaveScreen } from '../features/leave/leave-screen.tsx';
import { SearchScreen } from '../features/search/search-screen.tsx';
import { TeamsScreen } from '../features/teams/teams-screen.tsx';
import { anAnswer, aPersonHit } from '../testing/builders.ts';
import { idOf } from '../testing/portal.ts';
import { routes as records } from '../testing/record-form.tsx';
import { renderRoutes } from '../testing/render.tsx';
import { aChange, aGapDecision, aLeave, anAssignment, ana, aStaffing, atlas, jonas } from '../testing/staffing.ts';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const routes = [
  ...records,
  { path: '/', element: <HomeScreen /> },
  { path: '/leave', element: <LeaveScreen /> },
  { path: '/search', element: <SearchScreen /> },
  { path: '/teams/*', element: <TeamsScreen /> },
];

function aGroup(roles: ('manager' | 'engineer')[] = ['manager']) {
  const asked = aLeave(idOf(41), jonas);
  const about = { kind: 'assignment', id: idOf(21), before: null, after: { ...anAssignment(idOf(21), ana) } };
  const { portal } = aStaffing({ roles, person: roles.includes('engineer') ? ana : null, leave: [asked], decisions: [aGapDecision()] });
  portal.set('GET /changes', list([aChange(1, { summary: 'Ana Duarte lead on Atlas, 24 h a week', changes: [about] })]));
  portal.set('GET /teams', list([{ id: idOf(61), version: 1, name: 'Backend', people: [ana, jonas], lead: ana, sample: false }]));
  portal.set('GET /search', { body: anAnswer([{ ...aPersonHit('Ana Duarte'), id: ana }] as never) });
  return portal;
}

test.each([
  ['a decision, the latest changes, who is over', '/', [`/people/${ana}`, `/people/${jonas}`, `/projects/${atlas}`]],
  ['requests and leave', '/leave', [`/people/${jonas}`]],
  ['teams with their lead', '/teams', [`/people/${ana}`, `/people/${jonas}`]],
  ['results of a search', '/search?q=ana', [`/people/${ana}`]],
  ['the lists of people', '/people', [`/people/${ana}`, `/people/${jonas}`]],
  ['and of projects', '/projects', [`/projects/${atlas}`]],
  ['rows of the timeline', '/staffing', [`/projects/${atlas}`]],
  ['by person too', '/staffing?by=person', [`/people/${ana}`, `/people/${jonas}`]],
  ['the history', '/staffing?history=1', [`/people/${ana}`, `/projects/${atlas}`]],
])('names lead to their pages: %s', async (_where, at, addresses) => {
  aGroup();
  renderRoutes(routes, at);
  for (const address of addresses) {
    expect(
      await screen.findAllByText((_text, element) => element?.tagName === 'A' && element.getAttribute('href') === address, {
        ignore: false,
      }),
    ).not.toEqual([]);
  }
});

test('names lead to their pages: what opens over a bar, a week and a gap of the timeline', async () => {
  aGroup(['engineer']);
  const opened = async (at: string) => {
    const { unmount } = renderRoutes(routes, at);
    const pop = within(await screen.findByRole('dialog'));
    const found = pop.queryAllByRole('link').map((link) => link.getAttribute('href'));
    unmount();
    return found;
  };
  expect(await opened(`/staffing?edit=${idOf(21)}`)).toEqual([`/people/${ana}`, `/projects/${atlas}`]);
  expect(await opened(`/staffing?cell=${atlas}+2026-W49`)).toEqual([`/projects/${atlas}`, `/people/${ana}`]);
  expect(await opened(`/staffing?cell=${atlas}+2026-W50`)).toEqual([`/projects/${atlas}`]);
});
