import { expect, test } from '@jest/globals';
import type { Question, TeamView } from '@sidekick/contracts';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import { aCapacity, type Rows } from '../../testing/capacity.ts';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aStaffing, jonas, noor } from '../../testing/staffing.ts';
import { CapacityScreen } from './capacity-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const platform: TeamView = { ...{ id: idOf(71), version: 7, name: 'Platform', people: [ana, noor], lead: ana, sample: false } };
const rows: Rows = {
  [ana]: [
    [40, 44],
    [40, 30, 4],
  ],
  [noor]: [
    [40, 10],
    [0, 0],
  ],
  [jonas]: [[40, 0]],
};

function open(at = '/capacity', people: Rows = rows) {
  const { portal } = aStaffing();
  portal.set('GET /teams', list([platform]));
  portal.set('GET /figures/capacity', ({ query }) => ({
    body: aCapacity(
      query,
      people,
      { [platform.id]: [[80, 54]], '': [[40, 0]] },
      {
        over: [{ person: ana, buckets: ['2026-W49'], hours: 4 }],
        idle: [{ person: jonas, buckets: ['2026-W49', '2026-W50'], hours: 76 }],
      },
    ),
  }));
  portal.set('POST /figures', ({ body }) => {
    const { questions } = body as { questions: Question[] };
    const weeks = Array.from({ length: 24 }, (_, at) => at);
    const answers = questions.map(({ what, args }) =>
      weeks.map((at) => (what === 'coverageRatio' ? (at < 2 ? null : 0.5) : 'withTentative' in args ? 0.8 : 0.7)),
    );
    return { body: { head: 40, answers } };
  });
  return { portal, ...renderRoutes([{ path: '/capacity', element: <CapacityScreen /> }], at) };
}
const cells = (name: string) =>
  screen
    .getAllByRole('link', { name })
    .flatMap((link) => [...(link.closest('.ht-r')?.querySelectorAll('[data-cell]') ?? [])])
    .map((cell) => cell.textContent);

test('everybody stands with their load by week, in per cent of net, and words or glyphs say what the colour says', async () => {
  const { portal } = open();
  await screen.findByRole('region', { name: /Load by person, 30 Nov – 28 Feb/ });
  expect(portal.last('GET', '/figures/capacity')?.query.toString()).toBe('from=2026-11-30&to=2027-02-28&by=week');
  expect(cells('Ana Duarte').slice(0, 2)).toEqual(['110▲ +4 h', '75+10']);
  expect(cells('Noor Haddad').slice(0, 2)).toEqual(['25↓ under', '–']);
  expect(cells('Jonas Weber')[0]).toBe('0○ idle');
  const cell = screen.getByRole('button', { name: /^Ana Duarte, 7 Dec – 13 Dec: 30 h confirmed, 4 h tentative of 40 h net \(75 %\)/ });
  expect(cell.ariaLabel).toContain('2 h operations, 8 h free');
  expect(document.querySelector('.sum')?.textContent).toMatch(
    /confirmed, .* tentative of 1,080 h net · 54 h operations \(5 % of net\) · .* 1 person over/,
  );
});

test('the address says by what, in what and whose, and every control writes it there', async () => {
  const { portal, user, address } = open('/capacity?from=2026-12-07&to=2026-12-13&by=day&unit=hours');
  await screen.findByRole('region', { name: /Load by person, 7 Dec – 13 Dec/ });
  // Net hours of more than a person's day have no room in a day's cell.
  expect(cells('Ana Duarte').slice(0, 2)).toEqual(['44▲ +4 h', '30+4']);
  await user.click(screen.getByRole('button', { name: 'A week later' }));
  await waitFor(() => expect(portal.last('GET', '/figures/capacity')?.query.toString()).toBe('from=2026-12-14&to=2026-12-20&by=day'));
  await user.click(screen.getByRole('button', { name: 'Week' }));
  await user.click(screen.getByRole('button', { name: '% of net' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Team' }), platform.id);
  await waitFor(() => expect(portal.last('GET', '/figures/capacity')?.query.get('team')).toBe(platform.id));
  await user.click(screen.getByRole('button', { name: 'Teams' }));
  expect(address()).toBe(`/capacity?from=2026-12-14&team=${platform.id}&rows=teams`);
  await screen.findByRole('link', { name: 'Platform' });
  expect(cells('Platform')[0]).toBe('68');
  expect(screen.getByText('In no team')).toBeTruthy();
  await user.click(within(document.querySelector('.ht') as HTMLElement).getByRole('button', { name: '2 people' }));
  expect(address()).toContain(`team=${platform.id}`);
  expect(address()).not.toContain('rows=');
});

test('arrow keys go from cell to cell, and what a cell says is shown', async () => {
  const { user } = open();
  const grid = await screen.findByRole('region', { name: /Load by person/ });
  act(() => grid.focus());
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
  expect(document.activeElement?.ariaLabel).toMatch(/^Ana Duarte, 7 Dec – 13 Dec/);
  expect(document.querySelector('.ht-told')?.textContent).toBe(document.activeElement?.ariaLabel);
});

test('who is over, idle or under is listed with the weeks and hours, and an empty list says so', async () => {
  open();
  const over = within(await screen.findByRole('region', { name: 'Over' }));
  expect(over.getByRole('listitem').textContent).toBe('Ana Duarte30 Nov – 6 Dec4 h above net');
  expect(within(screen.getByRole('region', { name: 'Idle' })).getByRole('listitem').textContent).toBe(
    'Jonas Weber30 Nov – 13 Dec76 h free',
  );
  expect(within(screen.getByRole('region', { name: 'Under half' })).getByText('Nobody has work for less than half of net.')).toBeTruthy();
});

test('a group of hundreds draws the rows in view alone', async () => {
  const many = Array.from({ length: 500 }, (_, at) => aPerson(idOf(1000 + at), `Person ${String(at).padStart(3, '0')}`));
  const height = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'clientHeight');
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 });
  try {
    const { portal } = aStaffing();
    portal.set('GET /teams', list([]));
    portal.set('GET /people', list(many));
    const hours: Rows = Object.fromEntries(many.map(({ id }) => [id, [[40, 20]]]));
    portal.set('GET /figures/capacity', ({ query }) => ({ body: aCapacity(query, hours) }));
    renderRoutes([{ path: '/capacity', element: <CapacityScreen /> }], '/capacity');
    await screen.findByRole('link', { name: 'Person 000' });
    const drawn = document.querySelectorAll('.ht-r').length;
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(60);
  } finally {
    if (height) Object.defineProperty(HTMLElement.prototype, 'clientHeight', height);
    else Reflect.deleteProperty(HTMLElement.prototype, 'clientHeight');
  }
});

test('on a phone it is a list by week', async () => {
  const wide = globalThis.matchMedia;
  globalThis.matchMedia = ((query: string) => ({ ...wide(query), matches: query.includes('860') })) as typeof matchMedia;
  try {
    const { user, address } = open();
    await screen.findByRole('heading', { name: '30 Nov – 6 Dec' });
    await user.click(screen.getByRole('button', { name: 'The week after' }));
    await screen.findByRole('heading', { name: '7 Dec – 13 Dec' });
    expect(address()).toBe('/capacity?at=2026-W50');
    const list = within(screen.getByRole('region', { name: /^Load, 7 Dec/ }));
    const row = list.getByRole('link', { name: 'Ana Duarte' }).closest('.ht-li') as HTMLElement;
    expect(within(row).getByRole('button').textContent).toBe('75 %+10');
  } finally {
    globalThis.matchMedia = wide;
  }
});

test('a cell opens as the figure of its person or team and its week; so do totals and free hours', async () => {
  const { user, address } = open();
  const figure = () => new URLSearchParams(address().split('?')[1]).get('figure');
  const grid = await screen.findByRole('region', { name: /Load by person/ });
  act(() => grid.focus());
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(figure()).toBe(`utilisation person=${ana} week=2026-W49`);
  await user.click(within(grid).getByRole('button', { name: 'Ana Duarte, 90 h free, what it is made of' }));
  expect(figure()).toBe(`remaining person=${ana} days=2026-11-30,2027-02-28`);
  await user.click(screen.getByRole('button', { name: 'Teams' }));
  await user.click(within(grid).getAllByRole('button', { name: /^Platform, 30 Nov/ })[0] as HTMLElement);
  expect(figure()).toBe(`utilisation team=${platform.id} week=2026-W49`);
  const before = address();
  await user.click(within(grid).getAllByRole('button', { name: /^In no team, 30 Nov/ })[0] as HTMLElement);
  expect(address()).toBe(before);
  await user.click(within(screen.getByRole('region', { name: 'Over' })).getByRole('button', { name: '4 h' }));
  expect(figure()).toBe(`overHours person=${ana} days=2026-11-30,2026-12-06`);
});

test('the last and the next twelve weeks are drawn and stand in a table, a week without a ratio as a dash', async () => {
  const { portal, user } = open(`/capacity?team=${platform.id}`);
  const trend = within(await screen.findByRole('region', { name: 'The last and the next 12 weeks' }));
  await user.click(await trend.findByRole('button', { name: /^As a table: Utilisation/ }));
  const table = await trend.findByRole('table', { name: /^Utilisation of net hours of this team; covered of all projects/ });
  const rows = within(table)
    .getAllByRole('row')
    .map((row) => row.textContent);
  expect(rows).toHaveLength(25);
  expect([rows[0], rows[1], rows[13]]).toEqual([
    'Week ofConfirmed workWith tentative workCoverage ratio',
    '7 Sep70 %80 %–',
    '30 Nov, now70 %80 %50 %',
  ]);
  const eachWeek = ['2026-W37', '2027-W07'];
  expect(portal.last('POST', '/figures')?.body).toEqual({
    questions: [
      { what: 'utilisation', args: { eachWeek, team: platform.id } },
      { what: 'utilisation', args: { eachWeek, team: platform.id, withTentative: true } },
      { what: 'coverageRatio', args: { eachWeek } },
      { what: 'fairness', args: { eachWeek, team: platform.id } },
    ],
  });
});
