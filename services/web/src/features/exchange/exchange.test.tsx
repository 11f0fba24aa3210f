import { beforeEach, expect, test } from '@jest/globals';
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';
import { ExchangeScreen } from './exchange-screen.tsx';
import { columnLetters } from './lines.ts';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const reading = (over: object = {}) => ({
  ...{ kind: 'people', digest: 'd1', rows: 3, counts: { same: 1, new: 1, changed: 1, removed: 0, wrong: 0 }, ignored: [], told: [] },
  ...{ errors: [], moreErrors: 0, broken: [], moreBroken: 0, accept: [], tooMany: null },
  changes: [
    {
      row: 2,
      does: 'change',
      id: idOf(1),
      foundBy: 'id',
      name: 'Noor Haddad',
      fields: [{ head: 'email', before: '', after: 'n@example.org' }],
    },
    { row: 3, does: 'new', id: null, foundBy: null, name: 'Mia', fields: [{ head: 'name', before: '', after: 'Mia' }] },
  ],
  ...over,
});
const file = () => new File(['name\nMia\n'], 'people.csv', { type: 'text/csv' });

function open(at = '/staffing/exchange?kind=people') {
  const { portal } = aStaffing({});
  return { portal, ...renderRoutes([{ path: '/staffing/exchange', element: <ExchangeScreen /> }], at) };
}
const choose = (name = 'CSV file') => fireEvent.change(screen.getByLabelText(name), { target: { files: [file()] } });

test('a file is compared before anything is saved, applied as one change set, and undone from its notice', async () => {
  const { portal, user } = open();
  portal.set('POST /staffing-import/people/preview', {
    body: reading({ told: ['2 rows without an id'], ignored: [{ column: 4, head: 'Office' }] }),
  });
  portal.set('POST /staffing-import/people', { status: 201, body: { number: 12, new: 1, changed: 1, removed: 0 } });
  portal.set('POST /changes/12/undo', { status: 201, body: { number: 13, items: [], warnings: [] } });
  expect(screen.getByRole('link', { name: 'Export people' }).getAttribute('href')).toBe(
    '/api/v1/staffing-export/people.csv?separator=comma',
  );
  choose();
  await screen.findByText('3 rows: 1 new, 1 changed, 1 as they are here');
  screen.getByText(/Office \(D\)/);
  const rows = within(screen.getByRole('table')).getAllByRole('row');
  expect(
    rows.slice(1).map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ),
  ).toEqual([
    ['2', 'Noor Haddad', 'email', 'blank', 'n@example.org'],
    ['3', 'Mia', 'new', '', 'name Mia'],
  ]);
  expect(portal.last('POST', '/staffing-import/people')).toBeUndefined();
  await user.click(screen.getByRole('button', { name: 'Apply 2 changes' }));
  await screen.findByText('Imported 2 people from people.csv');
  const asked = portal.last('POST', '/staffing-import/people');
  expect([asked?.query.get('digest'), asked?.query.get('name'), asked?.headers.get('content-type')]).toEqual([
    'd1',
    'people.csv',
    'text/csv',
  ]);
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(portal.last('POST', '/changes/12/undo')).toBeDefined());
});

test('what is wrong stands first, at its row and column, and keeps everything from being saved', async () => {
  const { portal } = open();
  const wrong = { row: 4, column: 3, head: 'email', text: 'x', words: 'This is no e-mail address' };
  portal.set('POST /staffing-import/people/preview', {
    body: reading({ counts: { same: 0, new: 1, changed: 1, removed: 0, wrong: 1 }, errors: [wrong] }),
  });
  choose();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('1 cell is wrong; nothing is imported until none is');
  expect(alert.textContent).toContain('Row 4, email (C4) x This is no e-mail address.');
  expect(screen.queryByRole('button', { name: /^Apply/ })).toBeNull();
});

test('a broken rule is accepted with a reason; what failed keeps the file and the words', async () => {
  const { portal, user } = open('/staffing/exchange?kind=assignments');
  const broken = [
    { code: 'over-allocated', severity: 'rule', message: 'Kim has 60 h', person: null, project: null, assignment: null, weeks: [] },
  ];
  portal.set('POST /staffing-import/assignments/preview', { body: reading({ kind: 'assignments', broken, accept: ['over-allocated'] }) });
  portal.set('POST /staffing-import/assignments', problem(503, 'busy', 'Others are writing; try again'));
  choose();
  await screen.findByText('Kim has 60 h');
  await user.click(screen.getByRole('button', { name: 'Apply 2 changes' }));
  await screen.findByText('Say why a rule may be broken');
  expect(portal.last('POST', '/staffing-import/assignments')).toBeUndefined();
  await user.type(screen.getByLabelText('Why save anyway?'), 'Until May');
  await user.click(screen.getByRole('button', { name: 'Apply 2 changes' }));
  await screen.findByText('Others are writing; try again');
  const first = portal.last('POST', '/staffing-import/assignments');
  expect([first?.query.getAll('accept'), first?.query.get('reason')]).toEqual([['over-allocated'], 'Until May']);
  portal.set('POST /staffing-import/assignments', { status: 201, body: { number: 4, new: 2, changed: 0, removed: 0 } });
  await user.click(screen.getByRole('button', { name: 'Apply 2 changes' }));
  await screen.findByText('Imported 2 assignments from people.csv');
  // Sent again, it is the same change set.
  expect(portal.last('POST', '/staffing-import/assignments')?.query.get('id')).toBe(first?.query.get('id'));
});

test('a file that cannot be read says why, and one of another kind is taken there without being chosen again', async () => {
  const { portal, user, address } = open('/staffing/exchange?kind=projects');
  const words = 'This looks like a file of people, not of projects. Choose people, and send it again';
  portal.set('POST /staffing-import/projects/preview', { body: { refused: 'other-kind', words, kind: 'people' } });
  portal.set('POST /staffing-import/people/preview', { body: reading() });
  choose();
  await screen.findByText('people.csv cannot be read');
  await user.click(screen.getByRole('link', { name: 'Import it as people' }));
  await screen.findByRole('button', { name: 'Apply 2 changes' });
  expect(address()).toBe('/staffing/exchange?kind=people');
});

test('of thousands of changes those in view are drawn, and more than one import holds is told', async () => {
  const { portal } = open();
  const changes = Array.from({ length: 5_000 }, (_, n) => ({
    row: n + 2,
    does: 'new',
    id: null,
    foundBy: null,
    name: `P${n}`,
    fields: [],
  }));
  const tooMany = {
    words: '5,001 rows change something. Send it in 2 files',
    parts: [
      { from: 2, to: 5_001 },
      { from: 5_002, to: 5_002 },
    ],
  };
  portal.set('POST /staffing-import/people/preview', {
    body: reading({ changes, tooMany, counts: { same: 0, new: 5_001, changed: 0, removed: 0, wrong: 0 } }),
  });
  choose();
  await screen.findByText(/Send it in 2 files/);
  expect(screen.queryByRole('button', { name: /^Apply/ })).toBeNull();
});

test('columns are named as spreadsheets name them', () => {
  expect([1, 26, 27, 52, 703].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'AAA']);
});

test('what others changed meanwhile is shown beside why nothing was saved, and what was typed stays', async () => {
  const { portal, user } = open('/staffing/exchange?kind=assignments');
  const broken = [
    { code: 'over-allocated', severity: 'rule', message: 'Kim has 60 h', person: null, project: null, assignment: null, weeks: [] },
  ];
  const first = reading({ kind: 'assignments', broken, accept: ['over-allocated'] });
  portal.set('POST /staffing-import/assignments/preview', { body: first });
  const outdated = problem(409, 'preview-outdated', 'Others changed something meanwhile');
  portal.set('POST /staffing-import/assignments', outdated);
  choose();
  await user.type(await screen.findByLabelText('Why save anyway?'), 'Until May');
  portal.set('POST /staffing-import/assignments/preview', { body: { ...first, digest: 'd2', changes: first.changes.slice(0, 1) } });
  await user.click(screen.getByRole('button', { name: 'Apply 2 changes' }));
  await screen.findByText('Others changed something meanwhile');
  expect((screen.getByLabelText('Why save anyway?') as HTMLTextAreaElement).value).toBe('Until May');
  portal.set('POST /staffing-import/assignments', { status: 201, body: { number: 4, new: 1, changed: 1, removed: 0 } });
  await user.click(screen.getByRole('button', { name: 'Apply 2 changes' }));
  await screen.findByText('Imported 2 assignments from people.csv');
  expect(portal.last('POST', '/staffing-import/assignments')?.query.get('digest')).toBe('d2');
});
