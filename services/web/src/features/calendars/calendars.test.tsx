import { beforeEach, expect, test } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { Guard } from '../../shell/guard.tsx';
import { aMe } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { OwnFeeds, ProjectFeed } from './index.ts';

const list = (...items: object[]) => ({ body: { items, nextCursor: null } });
const [made, later] = ['2026-11-27T09:00:00.000Z', '2026-11-28T09:00:00.000Z'];
const feed = { id: idOf(40), scope: 'absences', project: null, addressAt: made, fetchedAt: null };
const url = (n: number) => `https://portal.example.org/api/v1/feeds/skf_${n}.ics`;
const open = (element = <OwnFeeds />) => renderRoutes([{ element: <Guard />, children: [{ path: '/', element }] }], '/');
beforeEach(() => localStorage.clear());

test('the address of a feed is shown once, renewed after a second look, and ended', async () => {
  const portal = fakePortal({
    'GET /me': { body: aMe({ person: null }) },
    'GET /me/feeds': list(),
    'POST /me/feeds': { status: 201, body: { ...feed, url: url(1) } },
    [`POST /me/feeds/${feed.id}/address`]: { body: { ...feed, addressAt: later, url: url(2) } },
    [`DELETE /me/feeds/${feed.id}`]: { status: 204 },
  });
  const { user } = open();
  expect(await screen.findByText(/a manager can link this account/)).toBeTruthy();
  const making = await screen.findByRole('button', { name: 'Make an address: Who is away' });
  expect(screen.queryByRole('button', { name: /Your weeks/ })).toBeNull();
  portal.set('GET /me/feeds', list(feed));
  await user.click(making);
  expect((await screen.findByLabelText<HTMLInputElement>('Address: Who is away')).value).toBe(url(1));
  expect(portal.last('POST', '/me/feeds')?.body).toEqual({ scope: 'absences' });
  await user.click(screen.getByRole('button', { name: 'New address: Who is away' }));
  expect(portal.last('POST', `/me/feeds/${feed.id}/address`)).toBeUndefined();
  portal.set('GET /me/feeds', list({ ...feed, addressAt: later }));
  await user.click(screen.getByRole('button', { name: 'Renew: the old one ends now' }));
  expect(await screen.findByDisplayValue(url(2))).toBeTruthy();
  portal.set('GET /me/feeds', list());
  await user.click(screen.getByRole('button', { name: 'End the feed: Who is away' }));
  await user.click(screen.getByRole('button', { name: 'End it' }));
  expect(await screen.findByRole('button', { name: 'Make an address: Who is away' })).toBeTruthy();
  expect(screen.queryByDisplayValue(url(2))).toBeNull();
});

test('feeds say when a calendar read them last, those of projects too', async () => {
  const ofProject = { ...feed, id: idOf(41), scope: 'project', project: idOf(5), fetchedAt: later };
  fakePortal({
    'GET /me': { body: aMe({ person: idOf(1) }) },
    'GET /me/feeds': list(feed, ofProject),
    'GET /projects': list(),
  });
  open();
  const rows = within(await screen.findByRole('list')).getAllByRole('listitem');
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'Your weeks and leaveyour work with role and hours, and your leave without whyMake an address',
    'Who is awayaddress made 27 Nov 2026, not read by a calendar yetNew address ',
    expect.stringMatching(/^(?:A project|Crew of A project that is gone)address made 27 Nov 2026, last read by a calendar 28 Nov 2026/),
  ]);
});

test('a project’s crew is followed from its page, and what fails says so', async () => {
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    'GET /me/feeds': list(),
    'POST /me/feeds': problem(409, 'too-many-feeds', 'An account has at most 100 feeds'),
  });
  const { user } = open(<ProjectFeed project={{ id: idOf(5), name: 'Atlas' }} />);
  await user.click(await screen.findByRole('button', { name: 'Make an address: Crew of Atlas' }));
  expect(await screen.findByText('An account has at most 100 feeds')).toBeTruthy();
  expect(portal.last('POST', '/me/feeds')?.body).toEqual({ scope: 'project', project: idOf(5) });
});
