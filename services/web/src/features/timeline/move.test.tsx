import { beforeEach, expect, jest, test } from '@jest/globals';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { answerLost, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const open = (at = '/staffing') => renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
const grid = () => screen.findByRole('region', { name: /by project/ });

test('] stretches the bar that has the focus by a week', async () => {
  const { portal } = aStaffing();
  const { user } = open();
  await grid();
  act(() => screen.getByRole('button', { name: /^Ana Duarte · lead/ }).focus());
  await user.keyboard(']');
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'change', id: idOf(21), version: 4, patch: { from: '2026-10-05', to: '2027-03-21' } }],
    }),
  );
});

test.each([
  ['Not saved: it is back where it was', problem(503, 'store-unavailable', 'The store is away')],
  ['It is not known whether it was saved', answerLost],
])('a move that fails is told as what became of it: %s', async (what, answer) => {
  const { portal } = aStaffing();
  portal.set('POST /changes', answer);
  const { user } = open();
  await grid();
  act(() => screen.getByRole('button', { name: /^Ana Duarte · lead/ }).focus());
  await user.keyboard(']');
  await screen.findByText(what, { selector: '.toast span' });
});

test('m moves a bar with a preview; one that breaks a rule asks why, and Put back changes nothing', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
  portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks a rule', { broken: [overAllocated] }));
  const { user } = open();
  await grid();
  act(() => screen.getByRole('button', { name: /^Jonas Weber · sidekick/ }).focus());
  await user.keyboard('m{ArrowLeft}');
  await screen.findByText('Jonas Weber would be over by 8 h, 14 Dec – 20 Dec', { selector: '.drop li' });
  await user.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog', { name: /Jonas Weber, sidekick on Atlas, now 21 Dec 2026 – 7 Mar 2027/ }));
  expect(dialog.getByText('Jonas Weber would be over by 8 h, 14 Dec – 20 Dec')).toBeTruthy();
  const before = portal.asked.length;
  await user.click(dialog.getByRole('button', { name: 'Save anyway' }));
  expect(dialog.getByText('Say why: the rule refuses this without a reason')).toBeTruthy();
  expect(portal.asked.length).toBe(before);
  await user.click(dialog.getByRole('button', { name: 'Put back' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.getByRole('button', { name: /^Jonas Weber · sidekick.*28 Dec – 14 Mar/ })).toBeTruthy();
});

test('Escape in the middle of a drag puts the bar back, and letting go opens and saves nothing', async () => {
  const { portal } = aStaffing();
  document.elementFromPoint = () => null;
  const { address } = open();
  await grid();
  const bar = screen.getByRole('button', { name: /^Jonas Weber · sidekick/ });
  const place = bar.style.getPropertyValue('--l');
  fireEvent.pointerDown(bar, { button: 0, clientX: 400, clientY: 100, pointerType: 'mouse' });
  fireEvent.pointerMove(document, { clientX: 600, clientY: 100 });
  expect(bar.hasAttribute('data-drag')).toBe(true);
  fireEvent.keyDown(bar, { key: 'Escape' });
  expect(bar.hasAttribute('data-drag')).toBe(false);
  // Whoever changed their mind may hold the button for a while yet.
  const later = performance.now() + 5000;
  const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
  fireEvent.pointerUp(document, { clientX: 600, clientY: 100 });
  fireEvent.click(bar);
  clock.mockRestore();
  expect([bar.style.getPropertyValue('--l'), address()]).toEqual([place, '/staffing']);
  expect(portal.last('POST', '/changes')).toBeUndefined();
  Reflect.deleteProperty(document, 'elementFromPoint');
});

test('the reason for a move stays where saving fails for something else, and is there again after Escape', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks a rule', { broken: [overAllocated] }));
  const { user } = open();
  await grid();
  const stretch = async () => {
    act(() => screen.getByRole('button', { name: /^Jonas Weber · sidekick/ }).focus());
    await user.keyboard(']');
    return within(await screen.findByRole('dialog'));
  };
  const dialog = await stretch();
  await user.type(dialog.getByLabelText('Why save anyway?'), 'Two weeks only');
  portal.set('POST /changes', problem(503, 'away', 'The store is away'));
  await user.click(dialog.getByRole('button', { name: 'Save anyway' }));
  await dialog.findByText('This was not saved');
  portal.set('POST /changes', answerLost);
  await user.click(dialog.getByRole('button', { name: 'Save anyway' }));
  await dialog.findByText('It is not known whether this was saved');
  expect(dialog.getByLabelText<HTMLTextAreaElement>('Why save anyway?').value).toBe('Two weeks only');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks a rule', { broken: [overAllocated] }));
  const again = await stretch();
  expect(again.getByLabelText<HTMLTextAreaElement>('Why save anyway?').value).toBe('Two weeks only');
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await user.click(again.getByRole('button', { name: 'Save anyway' }));
  await waitFor(() => expect(localStorage.length).toBe(0));
});

test('a bar that is held at the end of the range shown takes the range along, and is let go on days beyond it', async () => {
  const { portal } = aStaffing();
  document.elementFromPoint = () => null;
  open('/staffing?weeks=4');
  const region = await grid();
  region.getBoundingClientRect = () => ({ left: 0, right: 520, width: 520, top: 0, bottom: 800 }) as DOMRect;
  (document.querySelector('.ghead .weeks') as HTMLElement).getBoundingClientRect = () => ({ width: 4 * 70 }) as DOMRect;
  const title = /^Ana Duarte · lead/;
  const columns = () => document.querySelector('.ghead .weeks')?.textContent ?? '';
  const before = columns();
  fireEvent.pointerDown(screen.getByRole('button', { name: title }), { button: 0, clientX: 430, clientY: 100, pointerType: 'mouse' });
  fireEvent.pointerMove(document, { clientX: 430 + 70, clientY: 100 });
  await waitFor(() => expect(columns()).not.toBe(before));
  await screen.findByText(/^Ana Duarte, lead on Atlas, now (?!12 Oct)/, { selector: '.drop b' });
  fireEvent.pointerMove(document, { clientX: 430 + 35, clientY: 100 });
  fireEvent.pointerUp(document, { clientX: 430 + 35, clientY: 100 });
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeDefined());
  // A week or two by the pointer, and as many as the range has gone on.
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [{ do: 'change', id: idOf(21), patch: { from: expect.stringMatching(/^2026-(10-(19|26)|1[12])/) } }],
  });
});
