import { expect, test } from '@jest/globals';
import { act, configure, screen, waitFor } from '@testing-library/react';
import { type Answer, idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const lead = /^Ana Duarte · lead · 24 h a week · confirmed/;

test('bars are drawn before all assignments are here; forms and what Undo looks back over wait for them', async () => {
  const { portal, assignments } = aStaffing();
  const whole = { body: { items: assignments, nextCursor: null } };
  let letGo: (answer: Answer) => void = () => undefined;
  portal.set('GET /assignments', ({ query }) => (query.has('from') ? whole : new Promise((resolve) => (letGo = resolve))));
  renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], `/staffing?edit=${idOf(21)}`);
  await screen.findByRole('button', { name: lead });
  await waitFor(() => expect(portal.asked.filter(({ path }) => path === '/assignments')).toHaveLength(2));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(portal.last('GET', '/changes')).toBeUndefined();
  await act(async () => letGo(whole));
  await screen.findByRole('dialog', { name: 'Ana Duarte on Atlas' });
  await waitFor(() => expect(portal.last('GET', '/changes')).toBeDefined());
});
