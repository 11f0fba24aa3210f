import { expect, test } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { fakePortal, idOf } from '../testing/portal.ts';
import { aPerson } from '../testing/staffing.ts';
import { makeFollowing } from './following.ts';
import { lists } from './held.ts';
import { useToday } from './today.ts';

test('the day that is told with what came since is the day of every screen', async () => {
  const view = 'DB.account.manager';
  const since = { head: 40, view, reset: false, items: [], changes: [], standing: [], today: '2031-05-06', timeline: null };
  fakePortal({
    'GET /people': {
      body: { items: [aPerson(idOf(1), 'Ana Duarte')], nextCursor: null },
      headers: { 'staffing-head': '40', 'staffing-view': view },
    },
    'GET /changes': { body: since },
  });
  const client = new QueryClient();
  await client.fetchQuery(lists.people as never);
  const { result } = renderHook(() => useToday());
  expect(result.current.sure).toBe(false);
  await act(() => makeFollowing(client).catchUp());
  expect(result.current).toEqual({ today: '2031-05-06', sure: true });
});
