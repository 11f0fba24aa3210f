import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AssignmentView } from '@sidekick/contracts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { aMe } from '../../testing/builders.ts';
import { type Answer, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { anAssignment, ana, aPerson, aProject, aStaffing, aTimeline, atlas, jonas, noor } from '../../testing/staffing.ts';
import { writeFor } from '../../ui/writing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());
afterEach(() => writeFor(undefined));

const people = [
  aPerson(ana, 'Ana Duarte'),
  aPerson(noor, 'Noor Haddad', { timeZone: 'Asia/Kolkata', region: 'IN' }),
  aPerson(jonas, 'Jonas Weber', { timeZone: 'Europe/Berlin', region: 'DE' }),
];
const proposal = idOf(12);
const projects = [aProject(atlas, 'Atlas'), aProject(proposal, 'Harbour', { state: 'proposal' })];
const assignments: AssignmentView[] = [
  anAssignment(idOf(21), ana),
  anAssignment(idOf(22), noor, { role: 'sidekick', state: 'tentative' }),
  anAssignment(idOf(23), jonas, { project: proposal }),
];
const row = (person: string, weeks: number[]) => ({
  ...{ person, level: null, hours: weeks.reduce((sum, value) => sum + value, 0), weeks, tentative: 0 },
});
const weeks = ['2027-01-11', '2027-01-18'].map((from, at) => ({ week: `2027-W0${at + 2}`, from, to: from }));
const freeAnswer = {
  head: 40,
  today: '2026-11-30',
  skill: null,
  weeks,
  order: [],
  people: [row(ana, [20, 20]), row(noor, [32, 8])],
  leftOut: [],
};

/** Tentative hours are 4 a week for everybody; Harbour is a proposal, and what Noor does is tentative. */
async function open(at: string, free: Answer = { body: freeAnswer }, language: string | null = null) {
  const { portal } = aStaffing();
  portal.set('GET /me', { body: aMe({ roles: ['manager'], reading: { language, firstDay: null } }) });
  const list = (items: readonly object[]) => ({ body: { items, nextCursor: null } });
  portal.set('GET /people', list(people));
  portal.set('GET /projects', list(projects));
  portal.set('GET /assignments', list(assignments));
  portal.set('GET /figures/free', free);
  portal.set('GET /timeline', ({ query }) => {
    const answer = aTimeline(query.get('from') ?? '', query.get('to') ?? '', people, assignments);
    const [one] = answer.projects;
    const body = {
      ...answer,
      people: answer.people.map((person) => ({ ...person, tentative: person.net.map(() => 4) })),
      projects: one
        ? [
            { ...one, coverage: one.coverage.map((state) => (state === 'none' ? 'tentative' : state)) },
            { ...one, id: proposal, coverage: one.coverage.map(() => null), gaps: [] },
          ]
        : [],
      assignments: answer.assignments.map((figure, index) => ({ ...figure, counts: index === 0 ? 'confirmed' : 'tentative' })),
    };
    return { body };
  });
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  return { portal, ...opened };
}
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('.row.pr[data-person] .n, .row[data-project] .n')].map((row) => row.textContent).sort();
const sum = () => document.querySelector('.tools .sum')?.textContent;

test('free hours are asked of the service: in each week those whose every week has them, in all whom it lists', async () => {
  const { portal } = await open('/staffing?by=person&left=16&each=week&between=2027-01-11..2027-02-05');
  await waitFor(() => expect(shown()).toEqual(['Ana Duarte']));
  const asked = () => Object.fromEntries(portal.last('GET', '/figures/free')?.query ?? []);
  expect(asked()).toEqual({ level: '1', hours: '0', from: '2027-01-11', to: '2027-02-05' });
  await screen.findByText('Free hours: 16 h free in each week 11 Jan – 5 Feb');
});

test('in all, whom the service lists are shown, and by project those with one of them', async () => {
  const { portal } = await open('/staffing?by=person&left=16&between=2027-01-11..2027-02-05');
  await waitFor(() => expect(shown()).toEqual(['Ana Duarte', 'Noor Haddad']));
  expect(portal.last('GET', '/figures/free')?.query.get('hours')).toBe('16');
});

test('by project, somebody on it has the hours', async () => {
  await open('/staffing?left=16&each=week&between=2027-01-11..2027-02-05');
  await waitFor(() => expect(shown().map((name) => name?.slice(0, 5))).toEqual(['Atlas']));
});

test('a question that fails is told, and shows nobody as if they had the hours', async () => {
  await open('/staffing?by=person&left=16&between=2027-01-11..2027-02-05', problem(400, 'range-too-long', 'Too many weeks'));
  await screen.findByText(/Too many weeks/);
  expect(shown()).toEqual([]);
});

test('what is typed goes into the address once it is sent, with its mistakes told at their fields', async () => {
  const { user, address } = await open('/staffing?by=person&filter=1');
  await user.click(await screen.findByRole('button', { name: 'Free hours' }));
  const form = within(await screen.findByRole('form', { name: 'Free hours' }));
  await user.clear(form.getByLabelText('Hours at least'));
  await user.type(form.getByLabelText('Hours at least'), 'many{Enter}');
  form.getByText('“many” is no number of hours we know. Try 16');
  await user.clear(form.getByLabelText('Hours at least'));
  await user.type(form.getByLabelText('Hours at least'), '16');
  await user.clear(form.getByLabelText('Between'));
  await user.type(form.getByLabelText('Between'), '11 jan - 5 feb{Enter}');
  await waitFor(() =>
    expect(decodeURIComponent(address())).toBe('/staffing?by=person&filter=1&left=16&each=week&between=2027-01-11..2027-02-05'),
  );
});

test.each(['de-DE', 'fr-FR'])('what is asked is edited as the reader writes it, and sent again as it was: %s', async (language) => {
  const at = '/staffing?by=person&filter=1&left=1007.5&each=week&between=2027-01-11..2027-02-05';
  const { user, address } = await open(at, { body: freeAnswer }, language);
  const asked = address();
  await user.click(await screen.findByRole('button', { name: /^Free hours: / }));
  const form = within(await screen.findByRole('form', { name: 'Free hours' }));
  expect(form.getByLabelText<HTMLInputElement>('Hours at least').value).toBe('1007,5');
  await user.click(form.getByRole('button', { name: 'Show' }));
  await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
  expect(address()).toBe(asked);
});

test.each([
  ['overlap=7&place=DE', ['Ana Duarte', 'Jonas Weber']],
  ['overlap=8&place=Lisbon', ['Ana Duarte']],
  ['overlap=2.5&place=europe/lisbon', ['Ana Duarte', 'Jonas Weber', 'Noor Haddad']],
])('working hours are shared with a region, a town or a time zone: %s', async (query, names) => {
  await open(`/staffing?by=person&${query}`);
  await waitFor(() => expect(shown()).toEqual(names));
});

test('what the address asks and nobody understands narrows nothing and is said', async () => {
  await open('/staffing?by=person&overlap=4&place=Atlantis&left=0x10');
  await waitFor(() => expect(shown()).toHaveLength(3));
  expect(screen.getAllByRole('button', { name: /hours: In the address, but not understood/ })).toHaveLength(2);
  expect(document.querySelector('.paper')?.textContent).toContain(
    'free hours that are not understood, shared hours that are not understood',
  );
});

test('a place that nobody knows is told at its field', async () => {
  const { user, address } = await open('/staffing?by=person&filter=1');
  await user.click(await screen.findByRole('button', { name: 'Working hours' }));
  const form = within(await screen.findByRole('form', { name: 'Working hours' }));
  await user.type(form.getByLabelText('With people in'), 'Atlantis{Enter}');
  form.getByText('No region or time zone is called “Atlantis”. Try Europe/Lisbon');
  await user.clear(form.getByLabelText('With people in'));
  await user.type(form.getByLabelText('With people in'), 'in{Enter}');
  await waitFor(() => expect(address()).toBe('/staffing?by=person&filter=1&overlap=4&place=in'));
});

test('by project, hidden proposals and tentative work are gone with their bars, and the total says what it counts', async () => {
  const { user, address } = await open('/staffing?filter=1');
  await waitFor(() => expect(shown()).toHaveLength(2));
  expect(sum()).toContain('· 2 with a tentative sidekick alone');
  expect(document.querySelectorAll('.tlp [data-bar]')).toHaveLength(3);
  await user.click(screen.getByRole('checkbox', { name: 'Proposals and tentative work' }));
  await waitFor(() => expect(shown()).toHaveLength(1));
  expect(address()).toBe('/staffing?filter=1&tentative=hide');
  expect(document.querySelectorAll('.tlp [data-bar]')).toHaveLength(1);
  expect(sum()).toBe('13 of 16 project-weeks covered (81 %) · 1 gap in the 1 project shown · proposals and tentative work hidden');
});

test('by person, load is told with tentative work apart or without it, and never as none', async () => {
  const { user } = await open('/staffing?by=person&filter=1');
  await waitFor(() => expect(sum()).toContain('50 % confirmed, 10 % tentative of 1,920 h net'));
  await user.click(screen.getByRole('checkbox', { name: 'Proposals and tentative work' }));
  await waitFor(() => expect(sum()).toMatch(/^50 % confirmed of 1,920 h net, tentative work hidden/));
  expect(document.querySelectorAll('.tlp .pc .tt')).toHaveLength(0);
  screen.getByRole('button', { name: 'Week of 30 Nov: 60 h confirmed, tentative work hidden, of 120 h net' });
  expect(document.querySelectorAll('.tlp [data-bar]')).toHaveLength(1);
});
