import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router-dom';
import { quietWhileComposing } from '../app/input-method.ts';
import { makeQueryClient } from '../app/query.ts';
import { forgetPlaceOfFirst } from '../app/scroll.ts';
import { serverData } from '../app/server-data.ts';
import { meQuery } from '../app/session.tsx';
import { setupQuery } from '../app/setup.ts';
import { claimTab } from '../app/tab.ts';
import { tidyUnsaved } from '../app/unsaved.ts';
import { pageKey, treeKey } from '../features/handbook/keys.ts';
import { styleNonce, Ui } from '../ui/mantine.tsx';
import { makeRouter } from './router.tsx';

/** How long the first paint waits to know who reads; later the bar changes in place. */
const patienceMs = 250;

/** Draws the app in place of what the server sent; a handbook page stays on screen until its own screen is ready to draw. */
export async function start(): Promise<void> {
  const root = document.getElementById('sk-root');
  if (!root) throw new Error('The page has no #sk-root');
  quietWhileComposing(window);
  setNonce(styleNonce());
  const client = makeQueryClient();
  takeOver(client);
  forgetPlaceOfFirst();
  tidyUnsaved();
  const router = makeRouter();
  await Promise.all([ready(router), claimTab(), Promise.race([whoReads(client), pause(patienceMs)])]);
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <Ui>
        <RouterProvider router={router} />
      </Ui>
    </QueryClientProvider>,
  );
}

/** The first screen's code is there: the first paint is the screen, not its loading state. */
function ready(router: ReturnType<typeof makeRouter>): Promise<void> {
  if (router.state.initialized) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = router.subscribe((state) => {
      if (!state.initialized) return;
      stop();
      resolve();
    });
  });
}

/** Who reads, and whether the note on sample data stands above the screen. */
async function whoReads(client: QueryClient): Promise<void> {
  await client.prefetchQuery(meQuery);
  if (client.getQueryData(meQuery.queryKey)) await client.prefetchQuery(setupQuery);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Puts what the gateway sent with the page where queries look for it. */
function takeOver(client: QueryClient): void {
  const sent = serverData(document);
  if (!sent) return;
  const { path, page, tree } = sent;
  if (tree) client.setQueryData(treeKey(path), tree);
  if (page) client.setQueryData(pageKey(path), page);
}
