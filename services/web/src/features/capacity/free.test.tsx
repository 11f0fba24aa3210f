import { expect, test } from '@jest/globals';
import type { FreeAnswer } from '@sidekick/contracts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { type Answer, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aStaffing, jonas, noor } from '../../testing/staffing.ts';
import { FreeScreen } from './free-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const weeks = [
  { week: '2027-W02', from: '2027-01-11', to: '2027-01-17' },
  { week: '2027-W03', from: '2027-01-18', to: '2027-01-22' },
];
const row = (person: string, hours: number[], over: object = {}) => ({
  ...{ person, level: 4, hours: hours.reduce((sum, value) => sum + value, 0), weeks: hours, tentative: 0 },
  ...over,
});
const answer: FreeAnswer = {
  ...{ head: 40, today: '2026-11-30', skill: 'Node', weeks, order: ['most hours left in these days', 'the higher level in Node'] },
  people: [row(noor, [18, 14.4], { tentative: 4 }), row(ana, [10, 8])],
  leftOut: [{ ...row(jonas, [3, 2], { level: 3 }), reason: 'hours', message: '5 h left' }],
};

function open(at: string, answered: Answer = { body: answer }) {
  const { portal } = aStaffing();
  portal.set('GET /teams', { body: { items: [], nextCursor: null } });
  portal.set('GET /skills', { body: { items: [{ skill: 'Node' }] } });
  portal.set('GET /figures/free', answered);
  return { portal, ...renderRoutes([{ path: '/capacity/free', element: <FreeScreen /> }], at) };
}
const at = '/capacity/free?skill=node&level=3&hours=16&from=2027-01-11&to=2027-01-22';

test('who has the hours stands with them week by week, in the order that is told, and the others with what they lack', async () => {
  const { portal } = open(at);
  await screen.findByText(/with 16 h of Node 3 or better between 11 Jan – 22 Jan/);
  expect(portal.last('GET', '/figures/free')?.query.toString()).toBe('skill=node&level=3&hours=16&from=2027-01-11&to=2027-01-22');
  const cells = [...document.querySelectorAll('tbody tr')].map((line) => [...line.querySelectorAll('td')].map((cell) => cell.textContent));
  expect(cells).toEqual([
    ['Noor Haddad', '4', '32.4 h4 h of it tentatively taken', '18', '14.4'],
    ['Ana Duarte', '4', '18 h', '10', '8'],
  ]);
  expect(screen.getByText(/Order: most hours left in these days, then the higher level in Node/)).toBeTruthy();
  expect(screen.getByText('too few hours: 5 h left')).toBeTruthy();
});

test('what is typed becomes the address once it is sent, and what is wrong is told at its field', async () => {
  const { portal, user, address } = open('/capacity/free');
  const form = within(await screen.findByRole('form', { name: 'Who is free?' }));
  await user.type(form.getByLabelText('Skill'), 'Go');
  await user.selectOptions(form.getByLabelText('Level at least'), '2');
  await user.clear(form.getByLabelText('Hours in all'));
  await user.type(form.getByLabelText('Hours in all'), 'many');
  await user.clear(form.getByLabelText('Between'));
  await user.type(form.getByLabelText('Between'), '11 jan - 5 feb{Enter}');
  expect(form.getByText('“many” is no number of hours we know. Try 16')).toBeTruthy();
  expect(address()).toBe('/capacity/free');
  await user.clear(form.getByLabelText('Hours in all'));
  await user.type(form.getByLabelText('Hours in all'), '16{Enter}');
  await waitFor(() => expect(address()).toBe('/capacity/free?skill=Go&level=2&hours=16&from=2027-01-11&to=2027-02-05'));
  await waitFor(() => expect(portal.last('GET', '/figures/free')?.query.get('skill')).toBe('Go'));
});

test('free hours of a person open as the figure of their week or of all the days', async () => {
  const { user, address } = open(at);
  await user.click(await screen.findByRole('button', { name: 'Noor Haddad, 18 Jan – 22 Jan, 14.4 h free, what it is made of' }));
  expect(new URLSearchParams(address().split('?')[1]).get('figure')).toBe(`remaining person=${noor} days=2027-01-18,2027-01-22`);
});

test('nobody who fits says what to do and shows what each lacks; a failure says so', async () => {
  open(at, { body: { ...answer, people: [] } });
  await screen.findByText('Nobody has that');
  expect(document.querySelector('details')?.open).toBe(true);
  open(`/capacity/free?team=${idOf(9)}`, problem(400, 'unknown-team', 'There is no team of this id'));
  await screen.findByText(/There is no team of this id/);
});
