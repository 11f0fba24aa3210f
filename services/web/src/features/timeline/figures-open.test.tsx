import { expect, test } from '@jest/globals';
import type { TeamView } from '@sidekick/contracts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { type Answer, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aStaffing, atlas, jonas, noor } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const core: TeamView = { ...{ id: idOf(71), version: 7, name: 'Core', people: [ana, jonas], lead: ana, sample: false } };

function open(at: string, teams: Answer = { body: { items: [core], nextCursor: null } }) {
  const { portal } = aStaffing();
  portal.set('GET /teams', teams);
  const view = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  return { portal, ...view, figure: () => new URLSearchParams(view.address().split('?')[1]).get('figure') };
}
const names = () => [...document.querySelectorAll('.row.pr .n')].map(({ textContent }) => textContent);

test('people are cut by team, by the filter or the address, and the total is that of the team', async () => {
  const { user, address, figure } = open('/staffing?by=person&filter=1&from=2026-W48');
  await waitFor(() => expect(names()).toEqual(['Ana Duarte', 'Jonas Weber', 'Noor Haddad']));
  const total = () => within(document.querySelector('.sum') as HTMLElement).getByRole('button', { name: '50 %' });
  await user.click(total());
  expect(figure()).toBe('utilisation weeks=2026-W48,2027-W10');
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Team' }), core.id);
  await waitFor(() => expect(names()).toEqual(['Ana Duarte', 'Jonas Weber']));
  expect(screen.getByText('2 of 3 shown')).toBeTruthy();
  expect(new URLSearchParams(address().split('?')[1]).get('team')).toBe(core.id);
  await user.click(total());
  expect(figure()).toBe(`utilisation team=${core.id} weeks=2026-W48,2027-W10`);
  await user.type(screen.getByRole('searchbox'), 'ana');
  await waitFor(() => expect(names()).toEqual(['Ana Duarte']));
  // Of whoever is left by words there is no question to ask.
  expect(within(document.querySelector('.sum') as HTMLElement).queryByRole('button')).toBeNull();
});

test('people of a team who are chosen from it are no question to ask', async () => {
  open(`/staffing?by=person&team=${core.id}&employment=employed&from=2026-W48`);
  await waitFor(() => expect(names()).toEqual(['Ana Duarte', 'Jonas Weber']));
  expect(within(document.querySelector('.sum') as HTMLElement).queryByRole('button', { name: /%/ })).toBeNull();
});

test('people of a team wait for it, and say why it did not come', async () => {
  const { portal, user } = open(`/staffing?by=person&team=${core.id}`, problem(500, 'internal', 'Something failed inside'));
  await screen.findByText('The people did not load');
  expect(screen.queryByText(/Nobody matches/)).toBeNull();
  portal.set('GET /teams', { body: { items: [core], nextCursor: null } });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(names()).toEqual(['Ana Duarte', 'Jonas Weber']));
});

test('free hours of four weeks are told where the view holds four', async () => {
  open('/staffing?by=person&from=2026-W40&weeks=12');
  const row = within((await screen.findByText('Noor Haddad')).closest('.row') as HTMLElement);
  expect(row.getByRole('button', { name: '18' })).toBeTruthy();
  expect(row.queryByRole('button', { name: '54' })).toBeNull();
});

test('free hours of a person open as the terms of this week, and of four', async () => {
  const { user, figure } = open('/staffing?by=person');
  const row = within((await screen.findByText('Noor Haddad')).closest('.row') as HTMLElement);
  await user.click(row.getByRole('button', { name: '18' }));
  expect(figure()).toBe(`remaining person=${noor} weeks=2026-W49,2026-W49`);
  await user.click(row.getByRole('button', { name: '72' }));
  expect(figure()).toBe(`remaining person=${noor} weeks=2026-W49,2026-W52`);
});

test('the sums of everybody open: work ÷ net of a week, free hours', async () => {
  const { user, figure } = open('/staffing?by=person&from=2026-W48');
  await screen.findByText('Noor Haddad');
  const group = document.querySelector('.row.tt0') as HTMLElement;
  await user.click(within(group).getByRole('button', { name: /^Week of 7 Dec:/ }));
  expect(figure()).toBe('utilisation days=2026-12-07,2026-12-13');
  await user.click(within(group).getByRole('button', { name: '54' }));
  expect(figure()).toBe('remaining weeks=2026-W49,2026-W49');
  await user.type(screen.queryByRole('searchbox') ?? (await opened(user)), 'ana');
  await waitFor(() => expect(within(group).queryByRole('button')).toBeNull());
});

async function opened(user: ReturnType<typeof renderRoutes>['user']) {
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  return screen.findByRole('searchbox');
}

test('the coverage ratio, a covered week and the weeks of a gap open', async () => {
  const { user, figure } = open(`/staffing?from=2026-W48&cell=${atlas}+2026-W49`);
  const week = within(await screen.findByRole('dialog', { name: /^Atlas/ }));
  await user.click(week.getByRole('button', { name: '8 h sidekick' }));
  expect(figure()).toBe(`coverage project=${atlas} week=2026-W49`);
  await user.click(within(document.querySelector('.sum') as HTMLElement).getByRole('button', { name: '81 %' }));
  expect(figure()).toBe('coverageRatio weeks=2026-W48,2027-W10');
});

test('a gap tells its weeks', async () => {
  const { user, figure } = open(`/staffing?from=2026-W48&cell=${atlas}+2026-W50`);
  await user.click(await screen.findByRole('button', { name: 'Week by week' }));
  expect(figure()).toBe(`coverageRatio project=${atlas} weeks=2026-W50,2026-W52`);
});
