import { expect, test } from '@jest/globals';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { type Answer, fakePortal, idOf, problem } from '../testing/portal.ts';
import { anAssignment, ana, aPerson, aProject, atlas } from '../testing/staffing.ts';
import { followingOf } from './following.ts';
import { useShownRecords } from './shown-records.ts';

const view = 'DB.account.manager';
const told = (head: number, body: unknown): Answer => ({ body, headers: { 'staffing-head': String(head), 'staffing-view': view } });
const list = (head: number, ...items: object[]) => told(head, { items, nextCursor: null });
const days = { from: '2026-11-23', to: '2027-03-14' };
const [shown, before] = [anAssignment(idOf(21), ana), anAssignment(idOf(22), ana, { from: '2025-01-06', to: '2025-01-12' })];
const moved = { ...shown, from: '2026-10-12', version: 41 };

/** A grid on a portal whose whole list waits until it is let go. */
function open(part: Answer = list(40, shown)) {
  let letGo: (answer: Answer) => void = () => undefined;
  const portal = fakePortal({
    'GET /people': list(40, aPerson(ana, 'Ana Duarte')),
    'GET /projects': list(40, aProject(atlas, 'Atlas')),
    'GET /time-off': list(40),
    'GET /assignments': ({ query }) => (query.has('from') ? part : new Promise((resolve) => (letGo = resolve))),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const hook = renderHook(({ drawn }) => useShownRecords(days, drawn), { wrapper, initialProps: { drawn: false } });
  const versions = () => hook.result.current.records?.assignments.map(({ id, version }) => `${id.slice(-2)} v${version}`);
  const asked = () => portal.asked.filter(({ path }) => path === '/assignments').map(({ query }) => query.get('from'));
  return { ...hook, portal, client, versions, asked, letGo: (answer: Answer) => act(async () => letGo(answer)) };
}

test('the assignments of the days shown are asked for, and all of them once those are drawn', async () => {
  const { rerender, versions, asked, portal, letGo } = open();
  await waitFor(() => expect(versions()).toEqual(['21 v4']));
  expect(asked()).toEqual([days.from]);
  expect(portal.asked.find(({ path }) => path === '/assignments')?.query.get('to')).toBe(days.to);
  rerender({ drawn: true });
  await waitFor(() => expect(asked()).toEqual([days.from, null]));
  expect(versions()).toEqual(['21 v4']);
  await letGo(list(40, shown, before));
  await waitFor(() => expect(versions()).toEqual(['21 v4', '22 v4']));
});

test('a change that comes while the whole list is on its way is shown at once and never taken back by it', async () => {
  const { rerender, result, versions, asked, portal, client, letGo } = open();
  await waitFor(() => expect(versions()).toEqual(['21 v4']));
  rerender({ drawn: true });
  await waitFor(() => expect(asked()).toHaveLength(2));
  let tell: (answer: Answer) => void = () => undefined;
  const since = told(41, {
    ...{ head: 41, view, reset: false, today: '2026-11-30', timeline: null, changes: [], standing: [] },
    items: [{ kind: 'assignment', id: moved.id, record: moved }],
  });
  portal.set('GET /changes', since);
  act(() => followingOf(client).event(41));
  await waitFor(() => expect(versions()).toEqual(['21 v41']));
  // It was read before the change: what came since is asked for again, and meanwhile nothing goes back.
  const drawn: unknown[] = [];
  portal.set('GET /changes', () => new Promise((resolve) => (tell = resolve)));
  await letGo(list(40, shown, before));
  drawn.push(versions());
  await waitFor(() => expect(portal.asked.filter(({ path }) => path === '/changes')).toHaveLength(2));
  drawn.push(versions());
  expect(drawn).toEqual([['21 v41'], ['21 v41']]);
  await act(async () => tell(since));
  await waitFor(() => expect(versions()).toEqual(['21 v41', '22 v4']));
  expect(result.current.error).toBeNull();
});

test('a part of the release before, which knows no days here, is asked for the whole list', async () => {
  const { versions, asked, letGo, result } = open(problem(400, 'invalid', 'Some fields do not fit'));
  await waitFor(() => expect(asked()).toEqual([days.from, null]));
  await letGo(list(40, shown, before));
  await waitFor(() => expect(versions()).toEqual(['21 v4', '22 v4']));
  expect(result.current.error).toBeNull();
});
