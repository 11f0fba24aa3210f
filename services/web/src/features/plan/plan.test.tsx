import { expect, test } from '@jest/globals';
import type { PlanComparison, PlanView } from '@sidekick/contracts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { aPlan, aPlanAnswer } from '../../testing/plans.ts';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aStaffing, atlas, jonas, noor } from '../../testing/staffing.ts';
import { PlanScreen } from './plan-screen.tsx';
import { PlansScreen } from './plans-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const id = idOf(900);
const instant = '2026-11-30T09:00:00.000Z';
const figures = { gaps: 2, aloneWeeks: 1, peopleOver: 0, hoursOver: 0, peak: null, utilisation: 0.5, sidekickHours: 8, fairness: 0.5 };
const aComparison = (over: Partial<PlanComparison> = {}): PlanComparison => ({
  ...{ head: 40, before: { ...figures, covered: 1, needed: 5 }, after: { ...figures, covered: 4, needed: 5, gaps: 1, fairness: 0.53 } },
  ...{ broken: [], changed: [], changedBy: [] },
  ...over,
});

function open(plan: PlanView, at = `/plan/${id}`, comparison = aComparison()) {
  const { portal } = aStaffing();
  portal.set('GET /plans', { body: { items: [], nextCursor: null } });
  portal.set('GET /plans/:id', { body: plan });
  portal.set('POST /plans/:id/compare', { body: comparison });
  portal.set('POST /plans', { status: 202, body: aPlan({ id: idOf(901), state: 'waiting', answer: null }) });
  portal.set('DELETE /plans/:id', { status: 204 });
  const routes = [
    { path: '/plan', element: <PlansScreen /> },
    { path: '/plan/:id', element: <PlanScreen /> },
  ];
  return { portal, ...renderRoutes(routes, at) };
}

test('the rules stand in the address; what is no rule is told at its field, and sending them asks for the plan', async () => {
  const { portal, user, address } = open(aPlan(), `/plan?from=2026-W49&to=2026-W52&stay=2&not=${ana}.${atlas}`);
  const stay = await screen.findByRole('textbox', { name: 'Weeks somebody stays' });
  expect((stay as HTMLInputElement).value).toBe('2');
  expect(screen.getByText('Ana Duarte on Atlas')).toBeTruthy();
  await user.clear(stay);
  await user.type(stay, '0');
  await user.click(screen.getByRole('button', { name: 'Plan all gaps' }));
  expect(screen.getByText('“0” is not a whole number from 1 to 104')).toBeTruthy();
  expect(portal.last('POST', '/plans')).toBeUndefined();
  await user.clear(stay);
  await user.type(stay, '4');
  await user.click(screen.getByRole('button', { name: 'Plan all gaps' }));
  await waitFor(() => expect(address()).toBe(`/plan/${idOf(901)}`));
  expect(portal.last('POST', '/plans')?.body).toEqual({
    ...aPlan().request,
    ...{ weeks: ['2026-W49', '2026-W52'], minStay: 4, forbid: [{ person: ana, project: atlas }] },
  });
});

test('while it runs it says how far it is, and stops when it is told to', async () => {
  const progress = { level: 2, vector: [12, 0.75, 3, 0.2], bound: 0.5, gap: 0.333, seconds: 12, filled: 3 } as PlanView['progress'];
  const { portal, user } = open(aPlan({ state: 'running', answer: null, endedAt: null, progress }));
  expect((await screen.findByText('3 project-weeks filled so far')).role).toBe('status');
  expect(screen.getByText('at most 33 % from the best possible')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(portal.last('DELETE', `/plans/${id}`)).toBeTruthy());
});

test('a result says that it is proven, what it changes, and why each choice is one; what stays open says why', async () => {
  const { user } = open(aPlan());
  expect((await screen.findByText('Proven.')).parentElement?.textContent).toBe(
    'Proven. No plan under these rules fills more, by priority, than these 3 of 4 project-weeks. Peak load, fit and fair shares are proven too. 0.4 s.',
  );
  const row = await screen.findByRole('row', { name: /Covered project-weeks/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['1 of 5', '4 of 5+3']);
  expect(screen.getByRole('row', { name: 'Fairness, 1 is even 0.50 0.53+0.03' })).toBeTruthy();
  expect(screen.getByText('Nobody can: Ana Duarte leads it; Noor Haddad and Jonas Weber have too few hours.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Why Noor Haddad on Atlas, 7 Dec – 20 Dec' }));
  expect(screen.getByText('Postgres 4 where 3 is needed')).toBeTruthy();
  expect(screen.getByText('75 h of work on it, warm')).toBeTruthy();
});

test('choices are accepted together but for those that are unticked, tentative if wanted, with Undo', async () => {
  const { portal, user } = open(aPlan());
  portal.set('POST /plans/:id/accept', { status: 201, body: { number: 41, items: [], warnings: [] } });
  portal.set('POST /changes/41/undo', { status: 201, body: { number: 42, items: [], warnings: [] } });
  await user.click(await screen.findByRole('checkbox', { name: /Accept Jonas Weber on Atlas/ }));
  await waitFor(() => expect(portal.last('POST', `/plans/${id}/compare`)?.body).toEqual({ choices: [0] }));
  await user.click(screen.getByRole('button', { name: 'Accept 1 of 2 choices' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('listitem').textContent).toBe('Noor Haddad on Atlas, 7 Dec – 20 Dec');
  await user.click(within(dialog).getByRole('button', { name: 'Tentative' }));
  await user.click(within(dialog).getByRole('button', { name: 'Accept' }));
  await screen.findByText('1 choice of the plan is tentative');
  expect(portal.last('POST', `/plans/${id}/accept`)?.body).toMatchObject({ choices: [0], state: 'tentative', accept: [] });
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(portal.last('POST', '/changes/41/undo')).toBeTruthy());
});

test('what was changed meanwhile is told, and the next plan keeps what is locked and leaves out who is not wanted', async () => {
  const later = {
    number: 41,
    at: instant,
    by: { account: idOf(801), name: 'Rita Faria' },
    summary: 'Leave of Noor Haddad, 7 Dec – 11 Dec',
  };
  const { portal, user, address } = open(aPlan());
  portal.set('POST /plans/:id/accept', problem(409, 'plan-moved', 'Changed', { numbers: [41], changedBy: [later] }));
  await user.click(await screen.findByRole('button', { name: /^Why Noor Haddad/ }));
  await user.click(screen.getByRole('button', { name: 'Keep this choice' }));
  await user.click(screen.getByRole('button', { name: /^Why Jonas Weber/ }));
  await user.click(screen.getByRole('button', { name: 'Anybody else' }));
  expect(new URLSearchParams(address().split('?')[1]).get('lock')).toBe('0');
  await user.click(screen.getByRole('button', { name: 'Accept 2 of 2 choices' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Accept' }));
  const told = await screen.findByRole('alert');
  expect(told.textContent).toContain(
    '1 change since this plan was made to its people and projects:Leave of Noor Haddad, 7 Dec – 11 Dec by Rita Faria',
  );
  await user.click(within(told).getByRole('button', { name: 'Plan again' }));
  await waitFor(() =>
    expect(portal.last('POST', '/plans')?.body).toMatchObject({
      locks: [{ person: noor, project: atlas, weeks: ['2026-W50', '2026-W51'] }],
      forbid: [{ person: jonas, project: atlas }],
    }),
  );
});

test('who is named instead of a choice is locked to its weeks in the next plan', async () => {
  const { portal, user, address } = open(aPlan());
  await user.click(await screen.findByRole('button', { name: /^Why Noor Haddad/ }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Or who instead' }), 'Ana Duarte');
  expect(screen.getByText('Ana Duarte in the next plan.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Plan again' }));
  await waitFor(() => expect(address()).toBe(`/plan/${idOf(901)}`));
  const asked = portal.last('POST', '/plans')?.body;
  expect(asked).toMatchObject({ locks: [{ person: ana, project: atlas, weeks: ['2026-W50', '2026-W51'] }], forbid: [] });
});

test('a rule that accepting breaks wants a reason, which goes along', async () => {
  const rule = {
    ...{ code: 'sidekick-leads', severity: 'rule', message: 'Noor Haddad leads Atlas in week 50' },
    ...{ person: noor, project: atlas, assignment: null, weeks: ['2026-W50'] },
  } as PlanComparison['broken'][number];
  const { portal, user } = open(aPlan(), undefined, aComparison({ broken: [rule] }));
  portal.set('POST /plans/:id/accept', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await screen.findByRole('row', { name: /Covered project-weeks/ });
  await user.click(screen.getByRole('button', { name: 'Accept 2 of 2 choices' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Accept anyway' }));
  expect(portal.last('POST', `/plans/${id}/accept`)).toBeUndefined();
  await user.type(within(dialog).getByRole('textbox'), 'only for a week');
  await user.click(within(dialog).getByRole('button', { name: 'Accept anyway' }));
  await waitFor(() =>
    expect(portal.last('POST', `/plans/${id}/accept`)?.body).toMatchObject({ accept: ['sidekick-leads'], reason: 'only for a week' }),
  );
});

test('a plan without an answer says why: contradictory locks, a search that died, one that was stopped', async () => {
  const error = {
    rule: 'P9',
    message: 'Two people are locked to the same week of a project',
    person: null,
    project: atlas,
    week: '2026-W50',
  } as const;
  const first = open(aPlan({ answer: null, error }));
  expect((await screen.findByRole('alert')).textContent).toContain('Two people are locked to the same week of a project: on Atlas in w50.');
  first.unmount();
  const second = open(aPlan({ answer: null, state: 'dead', reason: 'The search failed inside' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The search failed inside');
  expect(screen.getByRole('button', { name: 'Plan again' })).toBeTruthy();
  second.unmount();
  open(aPlan({ answer: null, state: 'cancelled' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Stopped. Nothing was changed.');
});

test('where there is no gap nothing is to be planned', async () => {
  const { portal } = open(aPlan({ answer: { ...aPlanAnswer, slots: 0, filled: 0, choices: [], open: [] } }));
  await screen.findByRole('heading', { name: 'Every project-week is covered until 3 Jan' });
  expect(portal.last('POST', `/plans/${id}/compare`)).toBeUndefined();
});
