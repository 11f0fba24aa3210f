import { expect, test } from '@jest/globals';
import { configure, screen, waitFor } from '@testing-library/react';
import { aPlan } from '../../testing/plans.ts';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const instant = '2026-11-30T09:00:00.000Z';

function open(roles: ('manager' | 'engineer')[], plan = aPlan()) {
  const { portal } = aStaffing({ roles });
  portal.set('GET /plans/:id', { body: plan });
  return { portal, ...renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], `/staffing?from=2026-W49&plan=${idOf(900)}`) };
}

test('a plan is drawn as outlines that lead to its reasons, with the coverage that it makes, until it is hidden', async () => {
  const { user } = open(['manager']);
  await screen.findByText(/2 choices, none agreed yet/);
  const outline = await screen.findByRole('link', {
    name: /^.?Noor Haddad.?, planned as sidekick on .?Atlas.? · 8 h a week · 7 Dec – 20 Dec · not agreed yet/,
  });
  expect(outline.getAttribute('href')).toBe(`/plan/${idOf(900)}?why=0`);
  expect(screen.getByRole('button', { name: /^Atlas: would be covered, now .*week of 7 Dec: no sidekick/ })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Hide it' }));
  await waitFor(() => expect(screen.queryByRole('link', { name: /planned as sidekick/ })).toBeNull());
  expect(screen.getByRole('button', { name: /^Atlas, week of 7 Dec: no sidekick/ })).toBeTruthy();
});

test('what was accepted of it is work by now, and no outline', async () => {
  open(['manager'], aPlan({ accepted: [{ number: 41, at: instant, state: 'confirmed', choices: [0], stands: true }] }));
  await screen.findByText(/1 choice, none agreed yet/);
  expect(screen.queryByRole('link', { name: /Noor Haddad.*planned as sidekick/ })).toBeNull();
});

test('plans are for managers: nobody else asks for one', async () => {
  const { portal } = open(['engineer']);
  await screen.findByRole('button', { name: /^Atlas, week of 7 Dec: no sidekick/ });
  expect(portal.last('GET', '/plans/:id')).toBeUndefined();
  expect(screen.queryByText(/drawn as outlines/)).toBeNull();
});
