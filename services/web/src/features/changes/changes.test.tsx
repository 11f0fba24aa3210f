import { beforeEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { type Asked, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aChange, aStaffing, atlas, noor } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';
import { ChangesScreen } from './changes-screen.tsx';

beforeEach(clearToasts);

const bea = idOf(801);
const routes = [{ path: '/staffing/history', element: <ChangesScreen /> }];
const list = (numbers: number[], nextCursor: string | null = null) => ({ body: { items: numbers.map((one) => aChange(one)), nextCursor } });

function open(at = '/staffing/history', options: Parameters<typeof aStaffing>[0] = {}) {
  const { portal } = aStaffing(options);
  portal.set('GET /changes', list([3, 2, 1]));
  portal.set('GET /changes/authors', { body: { items: [{ account: bea, name: 'Bea Holt', newest: 3 }] } });
  return { portal, ...renderRoutes(routes, at) };
}
const asked = (portal: ReturnType<typeof open>['portal']) => [...(portal.last('GET', '/changes')?.query ?? [])];

describe('the screen of the history', () => {
  test('is filtered by person, project, who, kind and days, and the address keeps all of it', async () => {
    const { portal, user, address } = open();
    await screen.findByText('3 changes');
    await screen.findByRole('option', { name: 'Bea Holt' });
    await user.selectOptions(screen.getByLabelText('Person'), 'Noor Haddad');
    await user.selectOptions(screen.getByLabelText('Project'), 'Atlas');
    await user.selectOptions(screen.getByLabelText('Changed by'), 'Bea Holt');
    await user.selectOptions(screen.getByLabelText('Kind of record'), 'Assignments');
    await user.type(screen.getByLabelText('From'), '2026-11-02');
    await user.type(screen.getByLabelText('Until'), '2026-11-30');
    const at = `/staffing/history?person=${noor}&project=${atlas}&by=${bea}&kind=assignment&from=2026-11-02&to=2026-11-30`;
    await waitFor(() => expect(address()).toBe(at));
    await waitFor(() =>
      expect(asked(portal)).toEqual([
        ['limit', '100'],
        ['about', noor],
        ['about', atlas],
        ['by', bea],
        ['kind', 'assignment'],
        ['from', '2026-11-02'],
        ['to', '2026-11-30'],
      ]),
    );
  });

  test('opens as the address says; where nothing matches it says so, with the way out', async () => {
    const { portal, user, address } = open(`/staffing/history?person=${noor}&from=2026-11-02`);
    portal.set('GET /changes', ({ query }) => (query.has('about') ? list([]) : list([1])));
    await screen.findByRole('heading', { name: 'No change matches' });
    expect(screen.getByLabelText<HTMLSelectElement>('Person').value).toBe(noor);
    expect(screen.getByLabelText<HTMLInputElement>('From').value).toBe('2 Nov 2026');
    await user.click(screen.getByRole('button', { name: 'Show all changes' }));
    await screen.findByText('Change 1');
    expect(address()).toBe('/staffing/history');
    expect(screen.getByLabelText<HTMLInputElement>('From').value).toBe('');
  });

  test('takes an address that holds no id, day or kind for one that asks for nothing', async () => {
    const { portal } = open('/staffing/history?person=x&project=y&from=abc&to=2026-02-30&kind=shoe');
    await screen.findByText('3 changes');
    expect(asked(portal)).toEqual([['limit', '100']]);
    expect(screen.getByLabelText<HTMLInputElement>('From').value).toBe('');
  });

  test('shows more a page at a time, and what failed with the way to try again', async () => {
    const { portal, user } = open();
    portal.set('GET /changes', ({ query }) => (query.get('cursor') === '2' ? list([1]) : list([3, 2], '2')));
    await screen.findByText('The newest 2 changes');
    await user.click(screen.getByRole('button', { name: 'Show older changes' }));
    await screen.findByText('3 changes');
    portal.set('GET /changes', problem(503, 'unavailable', 'Staffing is away'));
    await user.selectOptions(screen.getByLabelText('Kind of record'), 'Leave');
    await screen.findByText('The history did not load', undefined, { timeout: 30_000 });
    portal.set('GET /changes', list([]));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { name: 'No change matches' });
  });

  test('offers kinds that are for managers to managers alone', async () => {
    open(undefined, { roles: ['engineer'] });
    await screen.findByText('3 changes');
    expect(screen.queryByRole('option', { name: 'Rates' })).toBeNull();
    expect(screen.queryByRole('option', { name: 'Leave' })).not.toBeNull();
    expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
  });
});

describe('the export', () => {
  const textOf = (blob: Blob) =>
    new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsText(blob);
    });
  const files: Blob[] = [];
  beforeEach(() => {
    files.length = 0;
    URL.createObjectURL = (file) => `blob:${files.push(file as Blob)}`;
    URL.revokeObjectURL = () => undefined;
    HTMLAnchorElement.prototype.click = () => undefined;
  });
  /** Pages of the export as they are let go; those of the screen answer at once. */
  function held() {
    const opened = open('/staffing/history?kind=person');
    const waiting: { asked: Asked; answer: (body: ReturnType<typeof list>) => void }[] = [];
    opened.portal.set('GET /changes', (one) =>
      one.query.get('limit') === '200' ? new Promise((answer) => void waiting.push({ asked: one, answer })) : list([3, 2, 1]),
    );
    const next = async (count: number) => {
      await waitFor(() => expect(waiting).toHaveLength(count));
      return waiting[count - 1] as (typeof waiting)[number];
    };
    return { ...opened, next };
  }

  test('writes all that is filtered, page by page, and says how far it is', async () => {
    const { user, next } = held();
    await user.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    const first = await next(1);
    expect(first.asked.query.get('kind')).toBe('person');
    first.answer(list([3, 2], '2'));
    await screen.findByText('2 changes written, back to 27 Nov 2026');
    const second = await next(2);
    expect(second.asked.query.get('cursor')).toBe('2');
    expect(files).toHaveLength(0);
    second.answer(list([1]));
    await screen.findByRole('button', { name: 'Export as CSV' });
    const lines = (await textOf(files[0] as Blob)).trimEnd().split('\r\n');
    expect(lines.map((one) => one.split(',')[0])).toEqual([expect.stringContaining('"Number"'), '3', '2', '1']);
  });

  test('can be stopped, and then writes nothing', async () => {
    const { user, portal, next } = held();
    await user.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    const first = await next(1);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(first.asked.signal?.aborted).toBe(true);
    first.answer(list([3, 2], '2'));
    await screen.findByRole('button', { name: 'Export as CSV' });
    expect(files).toHaveLength(0);
    expect(portal.asked.filter(({ query }) => query.get('limit') === '200')).toHaveLength(1);
  });
});

describe('an undo that cannot be', () => {
  test('lists the later changes with who and when, the newest first, each a link that shows it with its own undo', async () => {
    const { portal, user, address } = open();
    const later = [aChange(2), aChange(3, { by: { account: bea, name: 'Bea Holt' } })];
    const changedBy = later.map(({ number, at, by, summary }) => ({ number, at, by, summary }));
    portal.set('POST /changes/1/undo', problem(409, 'changed-since', 'Changed again since', { numbers: [2, 3], changedBy }));
    portal.set('GET /changes/3', { body: later[1] });
    await user.click(await screen.findByRole('button', { name: 'Undo: Change 1' }));
    const told = within(await screen.findByRole('alert'));
    told.getByText('Not undone: 2 later changes depend on it');
    const items = told.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(items).toEqual([
      expect.stringMatching(/^change 3: Change 3Bea Holt, Fri 27 Nov/),
      expect.stringMatching(/^change 2: Change 2Hele/),
    ]);
    await user.click(told.getByRole('link', { name: 'change 3' }));
    await screen.findByRole('heading', { name: 'Change 3' });
    expect(address()).toBe('/staffing/history?change=3');
    expect(screen.getAllByRole('button', { name: /^Undo: / })).toHaveLength(1);
  });

  test('is said beforehand of an own change, with what has overtaken it', async () => {
    const { portal } = open();
    const undo = { possible: false, why: 'Changed again since by change set 9', changedBy: [4, 6, 8, 9] };
    portal.set('GET /changes', { body: { items: [aChange(3, { undo })], nextCursor: null } });
    const told = await screen.findByTitle(undo.why);
    expect(told.textContent).toBe('overtaken by change 9, change 8, change 6 and 1 more');
    expect(within(told).getByRole('link', { name: 'change 9' }).getAttribute('href')).toBe('/staffing/history?change=9');
    expect(screen.queryByRole('button', { name: /^Undo: / })).toBeNull();
  });

  test('a number that is of no change, or of none for this reader, is told', async () => {
    open('/staffing/history?change=99');
    await screen.findByRole('heading', { name: 'There is no change of this number' });
  });
});
