import { afterEach } from '@jest/globals';
import { QueryClientProvider } from '@tanstack/react-query';
import { configure, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MemoryRouter, type RouteObject, useLocation, useRoutes } from 'react-router-dom';
import { makeQueryClient } from '../app/query.ts';
import { Ui } from '../ui/mantine.tsx';
import { clearToasts, Toasts } from '../ui/toast.tsx';

// What is drawn late on a busy machine is drawn all the same.
// What is said to screen readers stands a second time in the document: a notice is found once, not only when it is gone again.
configure({ asyncUtilTimeout: 30_000, defaultIgnore: 'script, style, #sk-spoken *' });
// They outlive what draws them: the next test would find its own among those of the last, or wait until those are gone.
afterEach(clearToasts);

/** Draws routes at an address with everything a screen needs around it. (A data router needs Request, which jsdom has not.) */
export function renderRoutes(routes: RouteObject[], at: string) {
  const client = makeQueryClient();
  const seen = { address: at };
  const view = render(
    <QueryClientProvider client={client}>
      <Ui test>
        <MemoryRouter initialEntries={[at]}>
          <Screens routes={routes} seen={seen} />
        </MemoryRouter>
        <Toasts />
      </Ui>
    </QueryClientProvider>,
  );
  return { ...view, client, user: userEvent.setup(), address: () => seen.address };
}

function Screens({ routes, seen }: { routes: RouteObject[]; seen: { address: string } }) {
  const { pathname, search, hash } = useLocation();
  seen.address = pathname + search + hash;
  return useRoutes([...routes, { path: '*', element: <p>elsewhere</p> }]);
}
