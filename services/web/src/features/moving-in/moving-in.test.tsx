import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SheetMoveRead } from '@sidekick/contracts';
import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { Guard } from '../../shell/guard.tsx';
import { aMe } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { columnName } from './corrections.ts';
import { MovingInScreen } from './moving-in-screen.tsx';
import { sheetOfPaste } from './sheet-file.ts';

configure({ asyncUtilTimeout: 20_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const name = (called: string, over: object = {}) => ({
  ...{
    name: called,
    as: 'new' as const,
    here: null,
    same: null,
    near: [],
    nearNames: [],
    hours: 40,
    hoursHere: null,
    from: null,
    to: null,
  },
  ...over,
});
const person = (called: string, over: object = {}) => {
  const { from: _from, to: _to, ...rest } = name(called, over);
  return rest;
};
const project = (called: string) => {
  const { hours: _hours, hoursHere: _here, ...rest } = name(called, { from: '2026-11-30', to: '2026-12-06' });
  return rest;
};
const aRead = (over: Partial<SheetMoveRead> = {}): SheetMoveRead => ({
  reading: {
    ...{ layout: 'A', people: [{ name: 'Noor' }, { name: 'Jo' }], projects: [{ name: 'Atlas' }], assignments: [], timeOff: [] },
    ...{ ignored: [], told: [{ row: 1, why: 'year-assumed' }], notUnderstood: [{ row: 3, column: 3, text: 'Atlas (8)', why: 'brackets' }] },
  },
  grid: {
    ...{ header: 1, columns: 3, heads: [{ column: 2, day: '2026-11-30' }] },
    rows: [
      {
        row: 1,
        cells: [
          [1, 'Name'],
          [2, '30 Nov'],
          [3, '7 Dec'],
        ],
      },
      {
        row: 2,
        cells: [
          [1, 'Noor'],
          [2, 'Atlas 24'],
        ],
      },
      {
        row: 3,
        cells: [
          [1, 'Jo'],
          [2, 'Atlas 8'],
          [3, 'Atlas (8)'],
        ],
      },
    ],
  },
  range: { from: '2026-11-30', to: '2026-12-13' },
  people: [person('Noor', { near: [{ id: idOf(31), name: 'Noor Haddad' }] }), person('Jo')] as SheetMoveRead['people'],
  projects: [project('Atlas')] as SheetMoveRead['projects'],
  pairs: [
    { person: 'Noor', project: 'Atlas', roles: ['contributor'], hours: 24 },
    { person: 'Jo', project: 'Atlas', roles: ['contributor'], hours: 8 },
  ],
  changes: [{ do: 'create', kind: 'person', id: null, words: 'Jo, 40 h a week', was: null, byHand: false, row: null, column: null }],
  counts: [{ do: 'create', kind: 'person', count: 1 }],
  ...{ most: 5_000, missing: [], kept: [], broken: [], brokenCount: 0, faults: [], digest: 'one' },
  ...over,
});

const routes = [{ element: <Guard />, children: [{ path: '/staffing/import', element: <MovingInScreen /> }] }];
const list = { body: { items: [], nextCursor: null } };
const path = '/staffing-sheets/moves/preview';
function open(handlers: Parameters<typeof fakePortal>[0] = {}) {
  const portal = fakePortal({
    ...{ 'GET /me': { body: aMe() }, 'GET /people': list, 'GET /projects': list, 'GET /holidays/regions': { body: { items: [] } } },
    [`POST ${path}`]: { body: aRead() },
    ...handlers,
  });
  const { user } = renderRoutes(routes, '/staffing/import');
  const corrections = () => (portal.last('POST', path)?.body as { corrections: Record<string, unknown> } | undefined)?.corrections ?? {};
  return { portal, user, corrections };
}
const clipboard = (text: string, html = '') => ({ getData: (type: string) => (type === 'text/html' ? html : text), files: [] });
async function pasted(text = 'Name\t30 Nov\nNoor\tAtlas 24') {
  fireEvent.paste(await screen.findByLabelText('Paste your sheet'), { clipboardData: clipboard(text) });
}

const textIn = (file: { content: string } | null) =>
  new TextDecoder().decode(Uint8Array.from(atob(file?.content ?? ''), (c) => c.charCodeAt(0)));

describe('cells of a clipboard', () => {
  test('come as a table or as lines with tabs; a cell over several stands in each, a title alone once', () => {
    expect(textIn(sheetOfPaste(clipboard('a\tb\nc\td')))).toBe('sep=\t\na\tb\nc\td');
    const html =
      '<table><tr><td colspan=3>Plan</td></tr><tr><td>Name</td><td colspan=2>w1</td></tr><tr><td rowspan=2>Jo<br>Rask</td><td>x</td><td>é</td></tr><tr><td>y</td></tr></table>';
    expect(textIn(sheetOfPaste(clipboard('', html)))).toBe('sep=\t\nPlan\nName\tw1\tw1\n"Jo\nRask"\tx\té\n"Jo\nRask"\ty');
    expect(sheetOfPaste(clipboard('only words'))).toBeNull();
  });
  test('columns are called as spreadsheets call them', () => {
    expect([1, 26, 27, 52, 703].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'AAA']);
  });
});

describe('moving in', () => {
  test('shows how pasted cells were read; a cell typed over is read again, and survives a reload', async () => {
    const { user, portal, corrections } = open();
    await pasted();
    expect(await screen.findByText(/1 cell was not understood/)).toBeTruthy();
    expect(portal.last('POST', path)?.body).toMatchObject({ name: 'Pasted cells.csv' });
    const cell = screen.getByLabelText('Cell C3');
    await user.clear(cell);
    await user.type(cell, 'Atlas 8{Enter}');
    await waitFor(() => expect(corrections()['cells']).toEqual([{ row: 3, column: 3, text: 'Atlas 8' }]));
    const kept = Object.values(localStorage).join(' ');
    expect(kept).toContain('Atlas 8');
  });

  test('joins a name to a person, gives roles by hours, and says the year', async () => {
    const { user, corrections } = open();
    await pasted();
    await user.selectOptions(await screen.findByLabelText('Noor is'), `record:${idOf(31)}`);
    await waitFor(() => expect(corrections()['people']).toEqual([{ name: 'Noor', as: { is: 'record', id: idOf(31) } }]));
    await user.click(screen.getByRole('button', { name: 'Fill in by hours' }));
    await waitFor(() =>
      expect(corrections()['roles']).toEqual([
        { person: 'Noor', project: 'Atlas', role: 'lead' },
        { person: 'Jo', project: 'Atlas', role: 'sidekick' },
      ]),
    );
    const year = screen.getByLabelText('Year of the first head');
    await user.clear(year);
    await user.type(year, '2027{Enter}');
    await waitFor(() => expect(corrections()['year']).toBe(2027));
  });

  test('writes what was shown, by its digest, and offers the way back', async () => {
    const counts = [{ do: 'create', kind: 'person', count: 1 }];
    const { user, portal } = open({ 'POST /staffing-sheets/commit': { body: { number: 4, counts, notUnderstood: 1 } } });
    await pasted();
    await user.click(await screen.findByRole('button', { name: 'Write 1 change' }));
    expect(await screen.findByText('Your sheet has moved in')).toBeTruthy();
    expect(portal.last('POST', '/staffing-sheets/commit')?.body).toMatchObject({ expects: 'one', name: 'Pasted cells.csv' });
    expect(screen.getByRole('button', { name: 'Undo all of it' })).toBeTruthy();
    expect(screen.getByText('1 cell was not understood and is not here.')).toBeTruthy();
  });

  test('a refusal keeps the sheet and its cells, and what failed says so', async () => {
    const refused = { refused: 'no-header', words: 'No row of weeks was found', grid: { ...aRead().grid, header: null, heads: [] } };
    const { portal } = open({ [`POST ${path}`]: { body: refused } });
    await pasted();
    expect(await screen.findByText('No row of weeks was found')).toBeTruthy();
    expect(screen.getByRole('grid', { name: 'The sheet' })).toBeTruthy();
    expect(portal.asked.filter((one) => one.path === path)).toHaveLength(1);
  });

  test('where the portal does not answer there is a way to try again', async () => {
    open({ [`POST ${path}`]: problem(503, 'sheets-wait', 'Many sheets are being read') });
    await pasted();
    expect(await screen.findByText('The sheet was not read')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
