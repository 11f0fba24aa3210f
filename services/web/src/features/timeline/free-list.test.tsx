import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, ana, aStaffing, atlas, noor, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  document.elementFromPoint = () => null;
});
afterEach(() => void Reflect.deleteProperty(document, 'elementFromPoint'));

/** A grid whose weeks are 70 pixels wide and begin at 240, since jsdom lays nothing out. */
async function open(at: string) {
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  await screen.findByRole('region', { name: /by project|by person/i });
  const weeks = document.querySelector('.ghead .weeks') as HTMLElement;
  weeks.getBoundingClientRect = () =>
    ({ width: Number(getComputedStyle(document.querySelector('.grid') as HTMLElement).getPropertyValue('--n')) * 70 }) as DOMRect;
  for (const track of document.querySelectorAll('.row .tr')) track.getBoundingClientRect = () => ({ left: 240 }) as DOMRect;
  return opened;
}
const query = (address: string) => Object.fromEntries(new URLSearchParams(address.split('?')[1]));
const strip = (name = 'Free people') => within(screen.getByRole('group', { name }));
const hint = () => [...document.querySelectorAll('.drop:not([hidden]) :is(b, p, li)')].map((line) => line.textContent);

test('people with hours left are listed, most first; one is dragged onto the week of a gap with a preview, and the form begins with it', async () => {
  const { portal } = aStaffing();
  const coverage = ['2026-W50', '2026-W51'].map((week) => ({ project: atlas, week, before: 'none', after: 'covered' }));
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, coverage, broken: [overAllocated] } });
  const { user, address } = await open('/staffing?weeks=4');
  await user.click(screen.getByRole('button', { name: 'Free people' }));
  expect(
    strip()
      .getAllByRole('button')
      .map((one) => one.textContent),
  ).toEqual(['Ana Duarte 72 h free', 'Jonas Weber 72 h free', 'Noor Haddad 72 h free']);
  const entry = strip().getByRole('button', { name: /^Noor Haddad/ });
  const row = document.querySelector(`.row[data-project="${atlas}"]`) as HTMLElement;
  document.elementFromPoint = () => row;
  const at = { clientX: 240 + 70 * 2 + 30, clientY: 200 };
  fireEvent.pointerDown(entry, { button: 0, clientX: 20, clientY: 20, pointerType: 'mouse' });
  fireEvent.pointerMove(document, at);
  await waitFor(() => expect(hint()).toContain('Cover gained 7 Dec – 20 Dec'));
  expect([hint()[0], hint()[1], row.querySelector('.ghost') === null]).toEqual([
    'Noor Haddad on Atlas, 7 Dec – 27 Dec',
    overAllocated.message,
    false,
  ]);
  expect(hint()).toContain('Now no sidekick 7 Dec – 20 Dec');
  expect(hint()).toContain('18 h a week free 7 Dec – 20 Dec');
  expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({
    commands: [
      { do: 'create', record: { person: noor, project: atlas, role: 'sidekick', from: '2026-12-07', to: '2026-12-27', hoursPerWeek: 8 } },
    ],
  });
  expect(row.querySelector('.chg')).not.toBeNull();
  fireEvent.pointerUp(document, at);
  await screen.findByRole('dialog');
  expect(query(address())).toEqual({ weeks: '4', pick: '1', add: atlas, who: noor, days: '2026-12-07 2026-12-27' });
  expect([row.querySelector('.ghost'), hint(), portal.last('POST', '/changes')]).toEqual([null, [], undefined]);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Noor Haddad/ }).checked).toBe(true);
});

test('by keyboard one is held with Enter and put where Enter is pressed next; Escape lets go', async () => {
  aStaffing();
  const { user, address } = await open('/staffing?pick=1');
  const entry = strip().getByRole('button', { name: /^Noor Haddad/ });
  const spoken = () => document.getElementById('sk-spoken')?.textContent;
  act(() => entry.focus());
  fireEvent.click(entry, { detail: 0 });
  expect([entry.getAttribute('aria-pressed'), document.activeElement, spoken()]).toEqual([
    'true',
    document.querySelector('.grid'),
    'Noor Haddad: choose a project and a week. Enter assigns, Escape lets go.',
  ]);
  await user.keyboard('{Escape}');
  expect([entry.getAttribute('aria-pressed'), spoken()]).toEqual(['false', 'Let go']);
  fireEvent.click(entry, { detail: 0 });
  fireEvent.click(document.querySelector('[data-week="2026-W52"]') as HTMLElement, { detail: 0 });
  await screen.findByRole('dialog');
  expect(query(address())).toMatchObject({ add: atlas, who: noor, days: '2026-12-21 2026-12-27' });
});

test('who is held is drawn onto a row over as many weeks as wanted, with the preview of it', async () => {
  const { portal } = aStaffing();
  const { address } = await open('/staffing?pick=1');
  fireEvent.click(strip().getByRole('button', { name: /^Noor Haddad/ }), { detail: 1 });
  const track = document.querySelector(`.row[data-project="${atlas}"] .tr`) as HTMLElement;
  const to = { clientX: 240 + 70 * 4 + 5, clientY: 100 };
  fireEvent.pointerDown(track, { button: 0, clientX: 240 + 70 * 2 + 5, clientY: 100 });
  fireEvent.pointerMove(document, to);
  const days = { from: '2026-12-07', to: '2026-12-27' };
  await waitFor(() =>
    expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({
      commands: [{ record: { person: noor, project: atlas, ...days } }],
    }),
  );
  fireEvent.pointerUp(document, to);
  fireEvent.click(track, { detail: 1, ...to });
  await screen.findByRole('dialog');
  expect(query(address())).toMatchObject({ add: atlas, who: noor, days: '2026-12-07 2026-12-27' });
  expect(
    strip()
      .getByRole('button', { name: /^Noor Haddad/ })
      .getAttribute('aria-pressed'),
  ).toBe('false');
});

test('by person, projects are listed by the weeks that lack cover and put on a person', async () => {
  aStaffing();
  const { address } = await open('/staffing?by=person&pick=1');
  const entry = strip('Projects').getByRole('button', { name: 'Atlas 3 weeks open' });
  fireEvent.click(entry, { detail: 1 });
  fireEvent.click(document.querySelector(`[data-person="${ana}"] [data-load="2027-W02"]`) as HTMLElement, { detail: 0 });
  await screen.findByRole('dialog');
  expect(query(address())).toMatchObject({ add: atlas, who: ana, days: '2027-01-11 2027-01-17' });
});

test('while days of a person are drawn, hours left, leave and holidays of them are told, by day where days are shown; nothing is asked or saved', async () => {
  const { portal } = aStaffing({ leave: [aLeave(idOf(31), noor, { from: '2026-12-03', to: '2026-12-04', state: 'approved' })] });
  await open('/staffing?by=person&zoom=day');
  const track = document.querySelector<HTMLElement>(`.row.xp[data-person="${noor}"] .tr`) as HTMLElement;
  fireEvent.pointerDown(track, { button: 0, clientX: 241, clientY: 100 });
  fireEvent.pointerMove(document, { clientX: 240 + 45, clientY: 100 });
  await waitFor(() =>
    expect(hint()).toEqual([
      'Noor Haddad, 30 Nov – 4 Dec',
      '3.6 h a day free 30 Nov',
      '3.6 h a day free 2 Dec – 4 Dec',
      'Away 3 Dec – 4 Dec',
      'Holiday 1 Dec',
    ]),
  );
  fireEvent.keyDown(document, { key: 'Escape' });
  expect([hint(), portal.last('POST', '/changes/preview'), screen.queryByRole('dialog')]).toEqual([[], undefined, null]);
});

test('whoever may change nothing has no list', async () => {
  aStaffing({ roles: ['engineer'] });
  await open('/staffing?pick=1');
  expect([screen.queryByRole('group', { name: 'Free people' }), screen.queryByRole('button', { name: 'Free people' })]).toEqual([
    null,
    null,
  ]);
});
