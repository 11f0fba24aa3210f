import { afterEach, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { Link } from 'react-router-dom';
import { renderRoutes } from '../testing/render.tsx';
import { useClose } from './use-close.ts';

function Panel() {
  const close = useClose('/people');
  return (
    <button type="button" onClick={close}>
      Close
    </button>
  );
}
const routes = [
  { path: '/staffing', element: <Link to="/people/1">Noor</Link> },
  { path: '/people', element: <p>Everybody</p> },
  { path: '/people/:id', element: <Panel /> },
];

afterEach(() => window.history.replaceState(null, ''));

test('a panel opened from the timeline closes to the timeline', async () => {
  const { user, address } = renderRoutes(routes, '/staffing');
  await user.click(screen.getByRole('link', { name: 'Noor' }));
  // The entry as the browser's router would have counted it.
  window.history.replaceState({ idx: 1 }, '');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(address()).toBe('/staffing'));
});

test('a panel that the tab began with closes to its list', async () => {
  const { user, address } = renderRoutes(routes, '/people/1');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(address()).toBe('/people'));
});
