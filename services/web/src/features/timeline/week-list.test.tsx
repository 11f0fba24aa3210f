import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aStaffing, aTimeline, atlas } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
const wide = window.matchMedia;
beforeEach(() => {
  localStorage.clear();
  window.matchMedia = (query) => ({ ...wide(query), matches: query.includes('860') });
});
afterEach(() => {
  window.matchMedia = wide;
});

async function open(at: string, roles: ('manager' | 'engineer')[] = ['manager'], openings: object[] = []) {
  const { portal } = aStaffing({ roles });
  portal.set('GET /openings', { body: { items: openings, nextCursor: null } });
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  const list = (week: string) => screen.findByRole('region', { name: new RegExp(`^Staffing by .*, Week of ${week}`) });
  return { portal, list, ...opened };
}

test('a phone shows one week: its projects with cover in words, who works with role and hours, and what is open; the weeks are gone through', async () => {
  const { list, user, address } = await open('/staffing');
  await list('30 Nov – 6 Dec');
  const atlasNow = within(await screen.findByRole('region', { name: 'Atlas' }));
  expect(atlasNow.getByRole('button', { name: /^Atlas, week of 30 Nov: covered/ }).textContent).toContain('covered');
  expect(atlasNow.getByRole('button', { name: /^Ana Duarte · lead/ }).textContent).toBe('Ana Duartelead24 h');
  expect(document.querySelector('.wkl-s')?.textContent).toBe('1 of 1 project to cover covered by confirmed work');
  await user.click(screen.getByRole('button', { name: 'The week after' }));
  await list('7 Dec – 13 Dec');
  expect(address()).toBe('/staffing?at=2026-W50');
  screen.getByText('Open 7 Dec – 27 Dec: 3 weeks, 24 h of a sidekick');
  expect(document.querySelector('.wkl-s')?.textContent).toBe('0 of 1 project to cover covered by confirmed work');
  await user.click(screen.getByRole('button', { name: 'Today' }));
  await list('30 Nov – 6 Dec');
});

test('the legend of the grid, which scrolls on a phone, is reached from the keyboard', async () => {
  await open('/staffing?as=grid');
  expect((await screen.findByRole('group', { name: 'Legend' })).tabIndex).toBe(0);
});

test('an entry opens the menu of its bar, its cover the gap, and a row is added to from the week', async () => {
  const { user, address } = await open('/staffing?at=2026-W50');
  await user.click(await screen.findByRole('button', { name: /^Ana Duarte · lead/ }));
  const menu = within(await screen.findByRole('dialog', { name: /^What to do with Ana Duarte · lead/ }));
  for (const name of ['Change…', 'Duplicate', 'End today', 'Delete', 'Split']) menu.getByRole('button', { name });
  await user.click(menu.getByRole('button', { name: 'Close' }));
  await user.click(screen.getByRole('button', { name: /^Atlas, week of 7 Dec: no sidekick/ }));
  await screen.findByRole('dialog', { name: /^Atlas has no sidekick/ });
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Assign somebody to Atlas' }));
  await screen.findByRole('dialog', { name: 'New assignment' });
  expect(new URLSearchParams(address().split('?')[1]).get('days')).toBe('2026-12-07 2026-12-13');
});

test('by person stand load and what is worked on, and somebody is assigned from there', async () => {
  const { list, user, address } = await open('/staffing?by=person&at=2026-W51');
  await list('14 Dec – 20 Dec');
  const person = within(await screen.findByRole('region', { name: 'Ana Duarte' }));
  person.getByRole('img', { name: /^Ana Duarte, week of 14 Dec: 20 h confirmed, of 40 h net/ });
  expect(person.getByRole('button', { name: /^Atlas · lead/ }).textContent).toContain('24 h');
  expect(document.querySelector('.wkl-s')?.textContent).toBe('50 % confirmed, 0 % tentative of 120 h net, 3 people');
  await user.click(person.getByRole('button', { name: 'Assign Ana Duarte' }));
  await screen.findByRole('dialog', { name: 'New assignment' });
  expect(new URLSearchParams(address().split('?')[1]).get('who')).toBe(ana);
});

test('who may change nothing reads what a bar says, and is offered no deed', async () => {
  const { user } = await open('/staffing', ['engineer']);
  await user.click(await screen.findByRole('button', { name: /^Ana Duarte · lead/ }));
  await screen.findByRole('dialog', { name: /^Ana Duarte · lead/ });
  expect(screen.queryByRole('button', { name: /Assign|Undo|Delete/ })).toBeNull();
});

test('filters are in a sheet, what they narrow to is said, and the grid is a button away', async () => {
  const { list, user, address } = await open('/staffing');
  await list('30 Nov');
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  const sheet = within(await screen.findByRole('dialog', { name: 'Filter' }));
  await user.selectOptions(sheet.getByLabelText('Role'), 'contributor');
  await user.click(sheet.getByRole('button', { name: 'Show 0 of 1' }));
  await waitFor(() => expect(address()).toBe('/staffing?role=contributor'));
  await screen.findByText('Filter: role contributor');
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  await screen.findByRole('region', { name: 'Atlas' });
  await user.click(screen.getByRole('button', { name: 'Show the grid' }));
  await screen.findByRole('region', { name: /^Coverage by project/ });
  await user.click(screen.getByRole('button', { name: 'Show the list' }));
  await list('30 Nov');
  expect(document.querySelector(`[data-project="${atlas}"]`)).toBeTruthy();
});

test('a lead is assigned from the week that lacks one, and no filter is set', async () => {
  const { portal } = aStaffing();
  portal.set('GET /timeline', ({ query }) => {
    const answer = aTimeline(query.get('from') ?? '', query.get('to') ?? '', [aPerson(ana, 'Ana Duarte')], []);
    return { body: { ...answer, projects: answer.projects.map((one) => ({ ...one, openLead: one.openLead.map(() => true) })) } };
  });
  portal.set('GET /assignments', { body: { items: [], nextCursor: null } });
  const { user, address } = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], '/staffing');
  await user.click(await screen.findByRole('button', { name: 'Assign a lead to Atlas' }));
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  expect(form.getByRole('button', { name: 'Lead' }).getAttribute('aria-pressed')).toBe('true');
  const asked = new URLSearchParams(address().split('?')[1]);
  expect([asked.get('wanted'), asked.get('role')]).toEqual(['lead', null]);
});

test.each(['/staffing?at=2026-W53', '/staffing?by=person&at=2026-W53'])(
  'several are chosen from the list and changed at once: %s',
  async (at) => {
    const { user } = await open(at);
    const bars = () => [...document.querySelectorAll<HTMLElement>('.wkl [data-bar]')];
    await waitFor(() => expect(bars().length).toBeGreaterThan(1));
    const [first, second] = bars() as [HTMLElement, HTMLElement];
    expect(first.hasAttribute('aria-pressed')).toBe(false);
    await user.click(first);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Select' }));
    const toolbar = within(await screen.findByRole('toolbar', { name: 'Selected assignments' }));
    toolbar.getByText('1 assignment selected');
    await user.click(second);
    toolbar.getByText('2 assignments selected');
    expect([first, second].map((bar) => bar.getAttribute('aria-pressed'))).toEqual(['true', 'true']);
    await user.click(first);
    toolbar.getByText('1 assignment selected');
    await user.click(toolbar.getByRole('button', { name: 'State…' }));
    await screen.findByRole('dialog', { name: /1 assignment/ });
  },
);

const anOpening = (over: object = {}) => ({
  ...{ id: idOf(71), version: 7, project: atlas, role: 'lead', from: '2026-12-10', to: '2027-02-28', hoursPerWeek: 24 },
  ...{ skills: [], private: { note: null }, sample: false, ...over },
});

test('who is wanted in the week stands with the project, with the hours of that week, and opens the menu of the place', async () => {
  const { list, user } = await open('/staffing?at=2026-W50', ['manager'], [anOpening()]);
  await list('7 Dec – 13 Dec');
  const of = within(await screen.findByRole('region', { name: 'Atlas' }));
  const wanted = await of.findByRole('button', { name: /^Open place on/ });
  expect(wanted.textContent).toBe('Lead wantednobody yet9.6 h of 24 h');
  await user.click(wanted);
  await screen.findByRole('dialog', { name: /^Open place: Lead wanted on/ });
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'The week before' }));
  await list('30 Nov – 6 Dec');
  expect(screen.queryByRole('button', { name: /^Open place on/ })).toBeNull();
});

test('by person, the week’s open places stand above everybody', async () => {
  const { list } = await open('/staffing?by=person&at=2026-W50', ['manager'], [anOpening()]);
  await list('7 Dec – 13 Dec');
  const places = await screen.findByRole('region', { name: 'Open places' });
  expect(plainText(within(places).getByRole('button'))).toBe('Atlas · lead · 24 hnobody yet9.6 h of 24 h');
  const people = [...document.querySelectorAll('.wkl [data-person]')];
  expect(people.length).toBeGreaterThan(0);
  for (const one of people) expect(places.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});
const plainText = ({ textContent }: HTMLElement) => textContent?.replaceAll(/[\u2066-\u2069]/g, '');

test('of many people only those near the view are drawn', async () => {
  const heights = Object.getOwnPropertyDescriptor(Element.prototype, 'clientHeight') as PropertyDescriptor;
  Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, get: () => 600 });
  try {
    const { portal } = aStaffing();
    const people = Array.from({ length: 200 }, (_, index) => aPerson(idOf(3000 + index), `Person ${index}`));
    portal.set('GET /people', { body: { items: people, nextCursor: null } });
    portal.set('GET /timeline', ({ query }) => ({ body: aTimeline(query.get('from') ?? '', query.get('to') ?? '', people, []) }));
    renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], '/staffing?by=person');
    await screen.findByText(/200 people$/);
    const drawn = document.querySelectorAll('.wkl [data-person]').length;
    expect(drawn).toBeGreaterThan(4);
    expect(drawn).toBeLessThan(20);
  } finally {
    Object.defineProperty(Element.prototype, 'clientHeight', heights);
  }
});

test('a week that the range does not hold is gone to', async () => {
  const { portal, list } = await open('/staffing?at=2028-W10');
  await list('6 Mar – 12 Mar');
  await waitFor(() => expect(portal.last('GET', '/timeline')?.query.get('from')).toBe('2028-W09'));
  await screen.findByText('No projects in this week');
});
