import { beforeEach, expect, test } from '@jest/globals';
import { weeksBetween } from '@sidekick/calendar/iso';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aStaffing, atlas, jonas, noor, nothingBreaks } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

beforeEach(() => localStorage.clear());

const open = (at = '/staffing') => renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
const grid = () => screen.findByRole('region', { name: /by project|by person/i });
const asked = (portal: ReturnType<typeof aStaffing>['portal']) =>
  portal.asked
    .filter(({ path }) => path === '/timeline')
    .map(({ query }) => [query.get('from'), query.get('to'), query.get('by')].filter(Boolean).join(' '));
const heads = () => [...document.querySelectorAll('.ghead .weeks > *')].map((head) => head.textContent);

test('buttons and keys zoom, the address keeps it, and a month stands for the worst of its weeks', async () => {
  const { portal } = aStaffing();
  const { user, address } = open();
  await grid();
  expect(screen.getByRole('button', { name: 'Week' }).getAttribute('aria-pressed')).toBe('true');
  await user.click(screen.getByRole('button', { name: 'Month' }));
  const cell = await screen.findByRole('button', {
    name: 'Atlas, December 2026 (30 Nov – 3 Jan): alone in 1 of 5 weeks, no sidekick in 2, covered in 2',
  });
  expect([address(), asked(portal).at(-1)]).toEqual(['/staffing?zoom=month', '2026-W49 2027-W21']);
  expect(document.querySelector('.tools .sum')?.textContent).toBe('23 of 26 project-weeks covered (88 %) · 1 gap');
  await user.click(cell);
  await screen.findByRole('dialog', { name: /Atlas has no sidekick 7 Dec – 27 Dec/ });
  expect(address()).toBe(`/staffing?zoom=month&cell=${atlas}+2026-W52`);
  await user.keyboard('{Escape}');
  expect(document.querySelector('.tools .sum')?.getAttribute('title')).toMatch(/^30 Nov 2026 – 30 May 2027: weeks of the projects shown/);
  act(() => screen.getByRole('button', { name: /^Atlas, January 2027/ }).focus());
  await user.keyboard('a');
  await screen.findByRole('dialog', { name: 'New assignment' });
  expect(address()).toBe(`/staffing?zoom=month&add=${atlas}&days=2027-01-04+2027-01-31`);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.keyboard('4');
  await waitFor(() => expect(heads()).toHaveLength(12));
  expect(address()).toBe('/staffing?zoom=year');
  await user.keyboard('2');
  await waitFor(() => expect(heads()).toHaveLength(16));
  expect(address()).toBe('/staffing');
});

test('by day bars tell the hours of each day, and what was there stays until those are', async () => {
  const { portal } = aStaffing();
  const { user } = open();
  await grid();
  let arrive = (): void => undefined;
  const wait = new Promise<void>((resolve) => (arrive = resolve));
  const answer = portal.handlerOf('GET /timeline');
  portal.set('GET /timeline', async (request) => {
    await wait;
    return answer(request);
  });
  await user.click(screen.getByRole('button', { name: 'Day' }));
  expect((await grid()).getAttribute('aria-busy')).toBe('true');
  expect(heads()).toHaveLength(16);
  act(() => arrive());
  await waitFor(() => expect(heads()).toHaveLength(28));
  expect(asked(portal).at(-1)).toBe('2026-W49 2026-W52 day');
  const bar = screen.getByRole('button', { name: /^Ana Duarte · lead.*by day 4\.8 h 30 Nov, 4\.8 h a day 2 Dec – 25 Dec/ });
  expect(within(bar).getAllByText('4.8')).toHaveLength(19);
  expect(within(bar).getByText('holiday')).toBeTruthy();
});

test('an arrow over the last column goes on in time with the focus, without leaving a step in the history', async () => {
  const { portal } = aStaffing();
  const { user, address } = open('/staffing?weeks=8');
  await grid();
  act(() => screen.getByRole('button', { name: /^Atlas, week of 11 Jan/ }).focus());
  await user.keyboard('{ArrowRight}');
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^Atlas, week of 18 Jan/));
  expect(asked(portal)).toEqual(['2026-W48 2027-W02', '2026-W45 2027-W07']);
  await waitFor(() => expect(address()).toBe('/staffing?weeks=8&from=2026-W49'));
  // What lies beside is here already: nothing is asked, nothing waits.
  await user.keyboard('{ArrowRight}');
  expect(document.activeElement?.textContent).toMatch(/^Atlas, week of 25 Jan/);
  expect(asked(portal)).toHaveLength(2);
});

test('a wheel turned sideways at the edge goes on in time both ways, and Today comes back', async () => {
  aStaffing();
  const { user, address } = open();
  const region = await grid();
  fireEvent.wheel(region, { deltaX: 130 });
  await waitFor(() => expect(heads()[0]).toBe('14w51'));
  fireEvent.wheel(region, { deltaY: -50, shiftKey: true });
  await waitFor(() => expect(heads()[0]).toBe('7w50'));
  await waitFor(() => expect(address()).toBe('/staffing?from=2026-W50'));
  fireEvent.wheel(region, { deltaY: 400 });
  await user.keyboard('>');
  await waitFor(() => expect(heads()[0]).toBe('4w1'));
  await user.keyboard('0');
  await waitFor(() => expect([heads()[0], address()]).toEqual(['23w48', '/staffing']));
});

test('going on in time asks the weeks that are missing alone, and all of them once something else has changed', async () => {
  const { portal } = aStaffing();
  const answer = portal.handlerOf('GET /timeline');
  let head = 40;
  portal.set('GET /timeline', async (asked) => {
    const { body } = await answer(asked);
    return {
      body: { ...(body as object), head },
      headers: { 'staffing-head': String(head), 'staffing-view': '01JEPOCH.01JACCOUNT.manager' },
    };
  });
  const { user } = open();
  await grid();
  const last = () => asked(portal).at(-1)?.split(' ') ?? [];
  expect(asked(portal)).toEqual(['2026-W48 2027-W10']);
  await user.keyboard('>');
  await waitFor(() => expect(asked(portal).length).toBeGreaterThan(1));
  await waitFor(() => expect(heads()[0]).toBe('21w52'));
  // Half a view more on both sides, of what was held nothing.
  const parts = asked(portal).slice(1);
  expect(parts.every((range) => (range.split(' ')[1] ?? '') < '2026-W48' || range > '2027-W10')).toBe(true);
  head = 41;
  await user.keyboard('>>>');
  await waitFor(() => expect(weeksBetween(last()[0] ?? '', last()[1] ?? '')).toBe(31));
});

test('a finger that goes on sideways at the edge goes on in time', async () => {
  aStaffing();
  open();
  const region = await grid();
  const touches = (clientX: number, clientY = 300) => ({ touches: [{ clientX, clientY }] });
  fireEvent.touchStart(region, touches(300));
  fireEvent.touchMove(region, touches(260));
  fireEvent.touchMove(region, touches(210));
  await waitFor(() => expect(heads()[0]).toBe('7w50'));
  fireEvent.touchMove(region, touches(190, 120));
  fireEvent.touchMove(region, touches(235, 120));
  await waitFor(() => expect(heads()[0]).toBe('30w49'));
});

test('by person load is told in hours for whoever chose so, in the address and on the next visit', async () => {
  aStaffing();
  const cell = () =>
    within(document.querySelector('.row[data-person]') as HTMLElement).getByRole('button', { name: /week of 30 Nov/ }).textContent;
  const first = open('/staffing?by=person');
  await grid();
  expect(cell()).toBe('50');
  await first.user.click(screen.getByRole('button', { name: 'Load in hours' }));
  expect([cell(), first.address()]).toEqual(['20', '/staffing?by=person&load=hours']);
  first.unmount();
  const { user } = open('/staffing?by=person');
  await grid();
  await waitFor(() => expect(cell()).toBe('20'));
  await user.keyboard('%');
  expect(cell()).toBe('50');
  await user.click(screen.getByRole('link', { name: 'By project' }));
  await user.click(screen.getByRole('link', { name: 'By person' }));
  await grid();
  expect(cell()).toBe('50');
});

test('by person a bar is stretched and moved by keys, and assigning from a load starts from its person and days', async () => {
  const { portal } = aStaffing();
  const { user, address } = open('/staffing?by=person');
  await grid();
  act(() => screen.getByRole('button', { name: /^Atlas · lead/ }).focus());
  await user.keyboard(']');
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'change', id: idOf(21), version: 4, patch: { from: '2026-10-05', to: '2027-03-21' } }],
    }),
  );
  act(() => screen.getByRole('button', { name: /^Ana Duarte, week of 14 Dec/ }).focus());
  await user.keyboard('a');
  await screen.findByRole('dialog');
  expect(new URLSearchParams(address().split('?')[1]).get('who')).toBe(ana);
  expect(new URLSearchParams(address().split('?')[1]).get('days')).toBe('2026-12-14 2026-12-20');
});

test('by person a move under way shows the load that it would make, before anything is saved', async () => {
  const { portal } = aStaffing();
  const load = [{ person: jonas, week: '2026-W51', before: { hours: 20, net: 40 }, after: { hours: 44, net: 40 } }];
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, load } });
  const { user } = open('/staffing?by=person');
  await grid();
  act(() => screen.getByRole('button', { name: /^Atlas · sidekick/ }).focus());
  await user.keyboard('m{ArrowLeft}');
  const cell = await screen.findByRole('button', {
    name: /^Jonas Weber, week of 14 Dec: 20 h confirmed.* · would be 44 h confirmed, of 40 h net, 4 h over$/,
  });
  expect(cell.textContent).toBe('110+4 h');
  expect(screen.getByRole('button', { name: /^Ana Duarte, week of 14 Dec/ }).textContent).toBe('50');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(cell.textContent).toBe('50+4 h'));
  expect(portal.last('POST', '/changes')).toBeUndefined();
});

test('a link to a person leads to their row', async () => {
  aStaffing();
  open(`/staffing?by=person&open=${jonas}`);
  // One row of load and one of bars stand above.
  expect((await grid()).scrollTop).toBe(45 + 34);
});

test('by person a drag moves a bar in time', async () => {
  const { portal } = aStaffing();
  open('/staffing?by=person&zoom=day');
  await grid();
  const weeks = document.querySelector('.ghead .weeks') as HTMLElement;
  weeks.getBoundingClientRect = () => ({ width: 28 * 40 }) as DOMRect;
  document.elementFromPoint = () => null;
  const bar = screen.getByRole('button', { name: /^Atlas · lead/ });
  fireEvent.pointerDown(bar, { button: 0, clientX: 400, clientY: 100, pointerType: 'mouse' });
  fireEvent.pointerMove(document, { clientX: 481, clientY: 100 });
  // The bar follows with the next frame.
  await waitFor(() => expect(document.querySelector('.drop:not([hidden])')?.textContent).toMatch(/7 Oct 2026 – 16 Mar 2027/));
  fireEvent.pointerUp(document, { clientX: 481, clientY: 100 });
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands: [{ patch: { from: '2026-10-07', to: '2027-03-16' } }] }),
  );
  Reflect.deleteProperty(document, 'elementFromPoint');
});

test('by person a bar that is let go in the row of somebody else becomes theirs', async () => {
  const { portal } = aStaffing();
  open('/staffing?by=person');
  await grid();
  const weeks = document.querySelector('.ghead .weeks') as HTMLElement;
  weeks.getBoundingClientRect = () => ({ width: 16 * 70 }) as DOMRect;
  const theirs = document.querySelector(`.row.xp[data-person="${noor}"]`) as HTMLElement;
  document.elementFromPoint = () => theirs;
  const bar = screen.getByRole('button', { name: /^Atlas · sidekick/ });
  fireEvent.pointerDown(bar, { button: 0, clientX: 400, clientY: 100, pointerType: 'mouse' });
  fireEvent.pointerMove(document, { clientX: 405, clientY: 160 });
  await waitFor(() => expect(document.querySelector('.drop:not([hidden])')?.textContent).toMatch(/^Noor Haddad, sidekick on Atlas/));
  expect(theirs.hasAttribute('data-drop')).toBe(true);
  fireEvent.pointerUp(document, { clientX: 405, clientY: 160 });
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'change', id: idOf(22), patch: { from: '2026-12-28', to: '2027-03-14', person: noor } }],
    }),
  );
  expect(theirs.hasAttribute('data-drop')).toBe(false);
  Reflect.deleteProperty(document, 'elementFromPoint');
});
