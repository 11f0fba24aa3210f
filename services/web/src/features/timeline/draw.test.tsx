import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing, atlas, noor } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
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
  return opened;
}
const placeOf = (row: string): HTMLElement => {
  const track = document.querySelector<HTMLElement>(`${row} .tr`);
  if (!track) throw new Error(`no row ${row}`);
  track.getBoundingClientRect = () => ({ left: 240 }) as DOMRect;
  return track;
};
const drawn = (address: string) => Object.fromEntries(new URLSearchParams(address.split('?')[1]));

test('drawing over empty weeks of a project opens the form for those weeks', async () => {
  aStaffing();
  const { address } = await open('/staffing');
  fireEvent.pointerDown(placeOf(`.row[data-project="${atlas}"]`), { button: 0, clientX: 240 + 70 * 2 + 5, clientY: 100 });
  fireEvent.pointerMove(document, { clientX: 240 + 70 * 4 + 60, clientY: 100 });
  await waitFor(() => expect(document.querySelector('.ghost')?.textContent).toBe('7 Dec – 27 Dec'));
  fireEvent.pointerUp(document, { clientX: 240 + 70 * 4 + 60, clientY: 100 });
  await screen.findByRole('dialog');
  expect(drawn(address())).toEqual({ add: atlas, days: '2026-12-07 2026-12-27' });
  expect(document.querySelector('.ghost')).toBeNull();
  expect(screen.getByLabelText<HTMLInputElement>('From – to').value).toBe('7 Dec 2026 – 27 Dec 2026');
});

test('drawn from right to left, by day, in a person’s row, it is those days of that person', async () => {
  aStaffing();
  const { address } = await open('/staffing?by=person&zoom=day');
  fireEvent.pointerDown(placeOf(`.row.xp[data-person="${noor}"]`), { button: 0, clientX: 240 + 45, clientY: 100 });
  fireEvent.pointerMove(document, { clientX: 240 + 11, clientY: 100 });
  fireEvent.pointerUp(document, { clientX: 240 + 11, clientY: 100 });
  await screen.findByRole('dialog');
  expect(drawn(address())).toEqual({ by: 'person', zoom: 'day', add: '', who: noor, days: '2026-12-01 2026-12-04' });
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Noor Haddad/ }).checked).toBe(true);
});

test('Escape draws nothing, nor does whoever may change nothing', async () => {
  aStaffing();
  const first = await open('/staffing');
  const place = placeOf(`.row[data-project="${atlas}"]`);
  fireEvent.pointerDown(place, { button: 0, clientX: 400, clientY: 100 });
  expect(document.querySelector('.ghost')).not.toBeNull();
  fireEvent.keyDown(document, { key: 'Escape' });
  fireEvent.pointerUp(document, { clientX: 400, clientY: 100 });
  expect([document.querySelector('.ghost'), first.address()]).toEqual([null, '/staffing']);
  first.unmount();
  aStaffing({ roles: ['engineer'] });
  const { address } = await open('/staffing');
  fireEvent.pointerDown(placeOf(`.row[data-project="${atlas}"]`), { button: 0, clientX: 400, clientY: 100 });
  fireEvent.pointerUp(document, { clientX: 400, clientY: 100 });
  expect(address()).toBe('/staffing');
});
