import { expect, test } from '@jest/globals';
import type { Question, RowsAnswer } from '@sidekick/contracts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { type Answer, problem } from '../testing/portal.ts';
import { renderRoutes } from '../testing/render.tsx';
import { ana, aPerson, aStaffing, atlas, noor } from '../testing/staffing.ts';
import { useAddress } from './address.ts';
import { FigureButton } from './figure-button.tsx';
import { figureText, readFigure } from './figure-question.ts';
import { FigureSheet } from './figure-sheet.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const free: Question = { what: 'remaining', args: { person: ana, days: ['2026-12-07', '2026-12-20'] } };
const rows: RowsAnswer = {
  ...{ head: 40, today: '2026-11-30', value: 2.8, unit: 'hours', title: 'Free hours', from: '2026-12-07', to: '2026-12-20', person: ana },
  formula: 'Free = net − operations share − confirmed work',
  parts: [
    {
      ...{ as: 'sum', title: '7 Dec – 13 Dec', unit: 'hours', value: 2.8 },
      rows: [
        { kind: 'pattern', value: 40, person: ana, words: 'weekly pattern' },
        { kind: 'holiday', value: -8, person: ana, from: '2026-12-08', to: '2026-12-08', words: 'Immaculate Conception' },
        { kind: 'leave', value: -8, person: ana, timeOff: noor, from: '2026-12-10', to: '2026-12-11', words: 'leave' },
        { kind: 'operations', value: -1.2, person: ana, words: '5 % of 24 h net, kept free of projects' },
        { kind: 'work', value: -20, person: ana, project: atlas, assignment: noor, words: 'lead, 24 h a week' },
      ],
    },
  ],
};

function open(at = '/x', answer: Answer = { body: rows }) {
  const { portal } = aStaffing();
  portal.set('GET /teams', { body: { items: [], nextCursor: null } });
  portal.set('GET /people', { body: { items: [aPerson(ana, 'Ana Duarte'), aPerson(noor, 'Noor Haddad')], nextCursor: null } });
  portal.set('POST /figures/rows', answer);
  const element = (
    <>
      <FigureButton question={free}>2.8 h</FigureButton>
      <Opened />
    </>
  );
  return { portal, ...renderRoutes([{ path: '/x', element }], at) };
}
function Opened() {
  const [params] = useAddress();
  return params.has('figure') ? <FigureSheet /> : null;
}

test('a question stands in the address and is read back, and what is none is none', () => {
  const asked: Question[] = [
    free,
    { what: 'utilisation', args: { weeks: ['2026-W49', '2026-W50'], withTentative: true } },
    { what: 'coverage', args: { project: atlas, week: '2026-W49' } },
  ];
  for (const question of asked) expect(readFigure(figureText(question))).toEqual(question);
  for (const text of [null, '', 'free', 'remaining person=ana week=2026-W49', 'remaining week']) expect(readFigure(text)).toBeNull();
});

test('a figure opens by keyboard: its value, formula and rows, each a link to the record behind it', async () => {
  const { user, portal, address } = open();
  screen.getByRole('button', { name: '2.8 h' }).focus();
  await user.keyboard('{Enter}');
  const sheet = within(await screen.findByRole('dialog', { name: 'Free hours' }));
  expect(portal.last('POST', '/figures/rows')?.body).toEqual({ question: free });
  expect(sheet.getByText('Free = net − operations share − confirmed work.')).toBeTruthy();
  expect(sheet.getAllByRole('listitem').map((line) => line.textContent)).toEqual([
    'Weekly pattern+40 h',
    'Immaculate ConceptionHoliday, 8 Dec−8 h',
    'Leave10 Dec – 11 Dec−8 h',
    'Operations share5 % of 24 h net, kept free of projects−1.2 h',
    'Atlaslead, 24 h a week−20 h',
  ]);
  const to = (name: string) => sheet.getByRole('link', { name }).getAttribute('href');
  expect(to('Atlas')).toBe(`/staffing?by=person&from=2026-W49&open=${ana}&edit=${noor}`);
  expect(to('Leave')).toBe(`/leave?leave=${noor}`);
  expect(to('Immaculate Conception')).toBe('/leave?holidays=PT');
  expect(to('Weekly pattern')).toBe(`/people/${ana}`);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(address()).toBe('/x'));
});

test('a row that is a figure opens in turn', async () => {
  const question: Question = { what: 'utilisation', args: { person: ana, week: '2026-W50' } };
  const { user, portal } = open(`/x?figure=${encodeURIComponent('utilisation week=2026-W50')}`, {
    body: {
      ...{ ...rows, person: undefined, value: 0.5, unit: 'ratio', title: 'Utilisation', formula: 'Utilisation = work ÷ net hours' },
      parts: [
        {
          as: 'numerator',
          title: 'Confirmed work',
          unit: 'hours',
          value: 20,
          rows: [{ kind: 'person', value: 20, person: ana, words: 'work', question }],
        },
      ],
    },
  });
  const sheet = within(await screen.findByRole('dialog', { name: 'Utilisation' }));
  expect(sheet.getByText('50 %')).toBeTruthy();
  await user.click(sheet.getByRole('button', { name: 'Ana Duarte: 20 h, what it is made of' }));
  await waitFor(() => expect(portal.last('POST', '/figures/rows')?.body).toEqual({ question }));
  await waitFor(() => expect(document.activeElement?.className).toBe('figv'));
});

test('a failure says what to do, and a link that names no figure says so', async () => {
  open(`/x?figure=${encodeURIComponent(figureText(free))}`, problem(404, 'unknown-person', 'There is no person of this id'));
  await screen.findByText(/There is no person of this id/);
  open('/x?figure=nothing');
  await screen.findByText(/This link names no figure/);
});

test('an amount of money tells the hours of each row and the rate that prices them, in the currency of the installation', async () => {
  const row = { kind: 'work', person: ana, project: atlas, assignment: noor, words: 'lead, 24 h a week' } as const;
  const days = { from: '2026-11-16', to: '2026-11-27' };
  const spent: RowsAnswer = {
    ...{ head: 40, today: '2026-11-30', value: 340_000, unit: 'money', currency: 'CHF', title: 'Spent', project: atlas },
    ...{ from: '2026-11-16', to: '2026-11-29', formula: 'Spent = effective hours × rate' },
    parts: [
      {
        ...{ as: 'sum', title: 'Confirmed work before today', unit: 'money', value: 340_000 },
        rows: [
          { ...row, ...days, value: 340_000, hours: 40, rate: 8_500 },
          { ...row, ...days, value: 0, hours: 8, rate: null },
        ],
      },
    ],
  };
  open(`/x?figure=spent+project=${atlas}`, { body: spent });
  const sheet = within(await screen.findByRole('dialog', { name: 'Spent' }));
  const plain = (node: Element) => (node.textContent ?? '').replaceAll(/\s/g, ' ');
  expect(plain(document.querySelector('.figv b') as Element)).toBe('CHF 3,400.00');
  expect(sheet.getAllByRole('listitem').map(plain)).toEqual([
    'Ana Duartelead, 24 h a week · 16 Nov – 27 Nov · 40 h at CHF 85.00CHF 3,400.00',
    'Ana Duartelead, 24 h a week · 16 Nov – 27 Nov · 8 h without a rateCHF 0.00',
  ]);
});

test('the day on which a budget runs out is a day, and one that lasts says so', async () => {
  const told = { head: 40, today: '2026-11-30', unit: 'day', currency: 'CHF', title: 'Day on which the budget runs out' } as const;
  const answer: RowsAnswer = {
    ...told,
    value: '2027-01-12',
    project: atlas,
    from: '2026-11-16',
    to: '2027-03-14',
    formula: 'F',
    parts: [],
  };
  const first = open(`/x?figure=runsOut+project=${atlas}`, { body: answer });
  await screen.findByText('12 Jan 2027');
  first.unmount();
  const part = { as: 'given', title: 'Budget of money', unit: 'money', value: 500, rows: [] } as const;
  const second = open(`/x?figure=runsOut+project=${atlas}`, { body: { ...answer, value: null, parts: [part] } });
  await screen.findByText('never: it lasts');
  second.unmount();
  open(`/x?figure=runsOut+project=${atlas}`, { body: { ...answer, value: null } });
  await screen.findByText('No budget is set.');
});
