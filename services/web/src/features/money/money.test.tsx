import { beforeEach, describe, expect, test } from '@jest/globals';
import type { BudgetView, BurnAnswer, RateView } from '@sidekick/contracts';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { keeps, list, saves } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing, atlas, noor } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';
import { PersonRates, ProjectMoney } from './index.ts';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const budget: BudgetView = { id: idOf(90), version: 4, project: atlas, money: 1_000_000, hours: null, sample: false };
const rate = (number: number, over: Partial<RateView>): RateView => ({
  ...{ id: idOf(number), version: 5, person: noor, project: null, from: '2026-01-01', amount: 8_550, sample: false },
  ...over,
});
const burn: BurnAnswer = {
  ...{ head: 40, today: '2026-11-30', project: atlas, currency: 'CHF', until: '2027-03-14', open: false },
  spent: { money: 812_345, hours: 120, unpriced: 32 },
  forecast: { money: 400_000, hours: 60, unpriced: 8 },
  tentative: { money: 90_000, hours: 10, unpriced: 0 },
  sidekicks: { spent: { money: 100_000, hours: 20, unpriced: 0 }, forecast: { money: 50_000, hours: 10, unpriced: 0 } },
  budget: { money: 1_000_000, hours: null },
  runsOut: { money: '2027-01-12', hours: null },
  unpriced: [{ person: noor, from: '2026-11-16', to: '2026-12-04', days: 15, hours: 40, tentative: false }],
};
interface Opened {
  at?: string;
  rates?: RateView[];
  budgets?: BudgetView[];
  told?: BurnAnswer;
  settings?: unknown[];
  roles?: ('manager' | 'engineer')[];
}
const inFrancs = [{ id: idOf(95), version: 2, currency: 'CHF', sample: false }];
function open({
  at = `/projects/${atlas}#money`,
  rates = [],
  budgets = [budget],
  told = burn,
  settings = inFrancs,
  roles = ['manager'],
}: Opened = {}) {
  const { portal, people, projects } = aStaffing({ roles });
  portal.set('GET /rates', list(rates));
  portal.set('GET /budgets', list(budgets));
  portal.set('GET /settings', list(settings));
  portal.set(`GET /projects/${atlas}/burn`, { body: told });
  const routes = [
    { path: '/projects/:id', element: <ProjectMoney project={projects[0] as never} /> },
    { path: '/people/:id', element: <PersonRates person={people[1] as never} /> },
    { path: '/both', element: <Both project={projects[0]} person={people[1]} /> },
  ];
  const view = renderRoutes(routes, at);
  /** Somebody else saved: the lists are fetched again, and the portal keeps what they hold. */
  const live = async (path: string, items: { id: string; version: number }[]) => {
    portal.set(`GET /${path}`, list(items));
    if (items[0]) keeps(portal, path === 'settings' ? path : path.replace(/s$/, ''), items[0]);
    await act(() => view.client.invalidateQueries({ queryKey: ['staffing'] }));
  };
  return { portal, live, ...view };
}
const Both = ({ project, person }: any) => (
  <main>
    <p>Both</p>
    <ProjectMoney project={project} />
    <PersonRates person={person} />
  </main>
);
const plain = (node: Element | null) => (node?.textContent ?? '').replace(/\s/g, ' ');

test('shows what is spent, comes and may come against the budget, when it runs out, and names hours without a rate', async () => {
  open();
  await screen.findByText('Spent to yesterday');
  const figures = [...document.querySelectorAll('.figs > div')].map(plain);
  expect(figures).toEqual([
    'Spent to yesterdayCHF 8,123.45120 h, 32 h of them without a rate',
    'Forecast to Sun 14 Mar 2027CHF 4,000.0060 h confirmed',
    'Budget runs out Tue 12 Jan 2027money; sooner with the hours that have no rate',
    'Of both, sidekicksCHF 1,500.0030 h, CHF 1,000.00 of it spent',
  ]);
  const bar = screen.getByRole('img', { name: /^Money/ });
  expect(plain({ textContent: bar.getAttribute('aria-label') } as Element)).toBe(
    'Money: CHF 8,123.45 spent, CHF 4,000.00 forecast, CHF 900.00 tentative, budget CHF 10,000.00',
  );
  const widths = [...bar.querySelectorAll('i')].map((part) => Math.round(Number.parseFloat(part.style.width)));
  expect(widths).toEqual([62, 31, 7]);
  expect(bar.querySelector<HTMLElement>('.mk.over')?.style.left).toMatch(/^76\.78/);
  const note = await screen.findByText(/40 h have no rate/);
  expect(plain(note.parentElement)).toContain('Noor Haddad: 40 h on 15 days, 16 Nov – 4 Dec 2026');
  const link = within(note.parentElement as HTMLElement).getByRole('link', { name: 'Set a rate' });
  expect(link.getAttribute('href')).toBe(`/people/${noor}?rate=new#rates`);
});

test('every amount, and the day on which the budget runs out, open', async () => {
  const { user, address } = open();
  await screen.findByText('Spent to yesterday');
  const asked: (string | null)[] = [];
  for (const name of [
    /^Spent to yesterday: CHF/,
    /^Forecast to .*: CHF/,
    /^Budget runs out: Tue 12 Jan 2027/,
    /^Of both, sidekicks: CHF/,
  ]) {
    await user.click(screen.getByRole('button', { name }));
    asked.push(new URLSearchParams(address().split('?')[1]?.split('#')[0]).get('figure'));
  }
  expect(asked).toEqual(['spent', 'forecast', 'runsOut', 'sidekickCost'].map((what) => `${what} project=${atlas}`));
});

test('a budget is typed with either sign in its currency, refused at the field when it is too fine, and sent in minor units', async () => {
  const { portal, user } = open({ budgets: [], told: { ...burn, budget: null, runsOut: { money: null, hours: null }, unpriced: [] } });
  await user.click(await screen.findByRole('button', { name: 'Set a budget' }));
  const form = within(await screen.findByRole('dialog'));
  await user.click(form.getByRole('button', { name: 'Set' }));
  expect(await form.findByText('Say what it may cost, in money, in hours or in both')).toBeTruthy();
  const money = form.getByLabelText('Money, in CHF');
  await user.type(money, '85.505');
  expect(await form.findByText(/^CHF has 2 digits after the decimal sign/)).toBeTruthy();
  expect(money.getAttribute('aria-invalid')).toBe('true');
  await user.clear(money);
  await user.type(money, '12500,50');
  await user.type(form.getByLabelText('Hours'), '120,5');
  await user.click(form.getByRole('button', { name: 'Set' }));
  await screen.findByText('The budget of Atlas is set', { selector: '.toast span' });
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [{ do: 'create', kind: 'budget', record: { project: atlas, money: 1_250_050, hours: 120.5 } }],
  });
});

test('rates stand by project and day with what is in force; one is changed in place, and a day that is taken is told at its field', async () => {
  const rates = [
    rate(81, {}),
    rate(82, { from: '2026-07-01', amount: 9_000 }),
    rate(83, { from: '2027-01-01', amount: 9_500 }),
    rate(84, { project: atlas, amount: 7_000 }),
    rate(85, { person: idOf(1), amount: 1 }),
  ];
  const { portal, user } = open({ at: `/people/${noor}`, rates });
  await screen.findByText('CHF 70.00', { normalizer: (text) => text.replace(/\s/g, ' ') });
  expect([...document.querySelectorAll('tbody tr')].map(plain)).toEqual([
    'Every project 1 Jan 2027CHF 95.00',
    'Every project in force1 Jul 2026CHF 90.00',
    'Every project 1 Jan 2026CHF 85.50',
    'Atlas in force1 Jan 2026CHF 70.00',
  ]);
  await user.click(screen.getByRole('link', { name: 'Atlas' }));
  const form = within(await screen.findByRole('dialog', { name: 'Rate of Noor Haddad' }));
  const amount = form.getByLabelText<HTMLInputElement>('An hour, in CHF');
  expect(amount.value).toBe('70.00');
  await user.clear(amount);
  await user.type(amount, '72,5');
  const errors = [{ path: 'commands.0.patch.from', message: 'A rate from this day is there already' }];
  portal.set('POST /changes', problem(400, 'invalid-input', 'A rate from this day is there already', { errors }));
  await user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(form.getByLabelText('From').getAttribute('aria-invalid')).toBe('true'));
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [{ do: 'change', kind: 'rate', id: idOf(84), version: 5, patch: { amount: 7_250 } }],
  });
});

test('the first rate begins with the person, so that what is done already has a price', async () => {
  const { portal, user } = open({ at: `/people/${noor}?rate=new#rates` });
  const form = within(await screen.findByRole('dialog', { name: 'New rate of Noor Haddad' }));
  expect(form.getByLabelText<HTMLInputElement>('From').value).toBe('1 Jan 2026');
  await user.type(form.getByLabelText('An hour, in CHF'), '85');
  await user.click(form.getByRole('button', { name: 'Add' }));
  await screen.findByText('The rate of Noor Haddad is added', { selector: '.toast span' });
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [{ do: 'create', kind: 'rate', record: { person: noor, project: null, from: '2026-01-01', amount: 8_500 } }],
  });
});

test('is not asked for and not drawn for an engineer', async () => {
  const { portal } = open({ at: '/both', roles: ['engineer'] });
  await screen.findByText('Both');
  await waitFor(() => expect(portal.last('GET', '/me')).toBeTruthy());
  expect(screen.queryByText(/Money|Rates/)).toBeNull();
  for (const path of ['/rates', '/budgets', `/projects/${atlas}/burn`]) expect(portal.last('GET', path)).toBeUndefined();
});

describe('somebody else meanwhile', () => {
  const none = { ...burn, budget: null, runsOut: { money: null, hours: null }, unpriced: [] };
  const fields = async () => {
    const form = within(await screen.findByRole('dialog'));
    const [money, hours] = ['Money, in CHF', 'Hours'].map((label) => form.getByLabelText<HTMLInputElement>(label)) as [
      HTMLInputElement,
      HTMLInputElement,
    ];
    return { form, money, hours };
  };
  const closed = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const click = (user: ReturnType<typeof open>['user'], name: string) => user.click(screen.getByRole('button', { name }));

  test('a budget that is typed stays as it is when the list is fetched again', async () => {
    const { portal, live, user } = open({ at: `/projects/${atlas}?budget=edit` });
    const { money } = await fields();
    await user.clear(money);
    await user.type(money, '77');
    const asked = () => portal.asked.filter(({ path }) => path === '/budgets').length;
    const before = asked();
    await live('budgets', [budget]);
    expect(asked()).toBeGreaterThan(before);
    expect(document.activeElement).toBe(money);
    expect(money.value).toBe('77');
    await live('budgets', [{ ...budget, version: 6, hours: 40 } as BudgetView]);
    await within(await screen.findByRole('dialog')).findByText(/^Hours:/);
    expect((await fields()).money).toBe(money);
    expect(money.value).toBe('77');
  });

  test('set the first budget while one is typed: the open form stays, both values are shown, and none is lost', async () => {
    const { portal, live, user } = open({ budgets: [], told: none });
    await user.click(await screen.findByRole('button', { name: 'Set a budget' }));
    const { money } = await fields();
    await user.type(money, '500');
    await live('budgets', [budget]);
    const both = await screen.findByRole('region', { name: 'Money: both of you changed it' });
    expect(both.textContent).toMatch(/Mine500.*10000.00/);
    expect((await fields()).money).toBe(money);
    expect(money.value).toBe('500');
    await click(user, 'Save');
    expect(saves(portal)).toEqual([]);
    await click(user, 'Keep mine');
    await click(user, 'Save');
    await closed();
    expect(saves(portal)).toEqual([{ do: 'change', kind: 'budget', id: budget.id, version: 4, patch: { money: 50_000 } }]);
  });

  test('set the first budget after the form was left: what was typed is back and is saved over it', async () => {
    const { portal, live, user } = open({ budgets: [], told: none });
    await user.click(await screen.findByRole('button', { name: 'Set a budget' }));
    await user.type((await fields()).hours, '120');
    await user.keyboard('{Escape}');
    await closed();
    await live('budgets', [budget]);
    await user.click(await screen.findByRole('button', { name: 'Change the budget' }));
    const { form, hours } = await fields();
    form.getByText('What you typed before is back.');
    expect(hours.value).toBe('120');
    await click(user, 'Remove');
    await form.findByText(/^It was changed since you opened it/);
    await click(user, 'Save');
    await closed();
    expect(saves(portal)).toEqual([{ do: 'change', kind: 'budget', id: budget.id, version: 4, patch: { hours: 120 } }]);
  });

  test('the own budget whose answer was lost is nobody else’s', async () => {
    const { portal, live, user } = open({ budgets: [], told: none });
    await user.click(await screen.findByRole('button', { name: 'Set a budget' }));
    await user.type((await fields()).money, '500');
    portal.set('POST /changes', problem(500, 'internal', 'Something broke'));
    await click(user, 'Set');
    await screen.findByText(/Something broke/);
    const { id } = saves(portal)[0] as unknown as { id: string };
    await live('budgets', [{ ...budget, id, money: 50_000 } as BudgetView]);
    await screen.findByRole('button', { name: 'Save' });
    expect(screen.queryByRole('region', { name: /both of you/ })).toBeNull();
    await user.type((await fields()).hours, '8');
    await click(user, 'Save');
    await closed();
    expect(saves(portal).at(-1)).toEqual({ do: 'change', kind: 'budget', id, version: 4, patch: { hours: 8 } });
  });

  test('removed the budget: the form says so, and set another: it is saved over that', async () => {
    const { portal, live, user } = open({ at: `/projects/${atlas}?budget=edit` });
    const { form, hours } = await fields();
    await user.type(hours, '120');
    await live('budgets', []);
    await form.findByText('Somebody removed this while you had it open.');
    expect([form.queryByRole('button', { name: /Save|Set/ }), hours.value]).toEqual([null, '120']);
    const other = { ...budget, id: idOf(91), version: 9, money: 2_000_000 };
    await live('budgets', [other]);
    await form.findByText(/^Money:/);
    await click(user, 'Save');
    await closed();
    expect(saves(portal)).toEqual([{ do: 'change', kind: 'budget', id: other.id, version: 9, patch: { hours: 120 } }]);
  });

  test('set the currency first: the one chosen here is not thrown away', async () => {
    const { portal, live, user } = open({ at: `/projects/${atlas}?currency=edit`, settings: [] });
    const form = within(await screen.findByRole('dialog'));
    await user.selectOptions(form.getByLabelText('Currency'), 'CHF');
    await live('settings', [{ id: idOf(95), version: 2, currency: 'SEK', sample: false } as never]);
    await form.findByRole('region', { name: 'Currency: both of you changed it' });
    await click(user, 'Keep mine');
    await click(user, 'Save');
    await closed();
    expect(saves(portal)).toEqual([{ do: 'change', kind: 'settings', id: idOf(95), version: 2, patch: { currency: 'CHF' } }]);
  });

  test('removed the rate: the form stays with what was typed, and says so', async () => {
    const { live, user } = open({ at: `/people/${noor}?rate=${idOf(81)}`, rates: [rate(81, {})] });
    const form = within(await screen.findByRole('dialog'));
    const amount = form.getByLabelText<HTMLInputElement>('An hour, in CHF');
    await user.clear(amount);
    await user.type(amount, '91');
    await live('rates', []);
    await form.findByText('Somebody removed this while you had it open.');
    expect([form.getByLabelText<HTMLInputElement>('An hour, in CHF').value, form.queryByRole('button', { name: 'Save' })]).toEqual([
      '91',
      null,
    ]);
  });
});
