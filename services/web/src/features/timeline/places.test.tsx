import { beforeEach, expect, test } from '@jest/globals';
import type { OpeningView } from '@sidekick/contracts';
import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aProject, aStaffing, atlas, jonas, noor } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const place = idOf(71);
const anOpening = (over: Partial<OpeningView> = {}): OpeningView => ({
  ...{ id: place, version: 7, project: atlas, role: 'lead', from: '2027-01-04', to: '2027-02-28', hoursPerWeek: 24 },
  ...{ skills: [{ skill: 'Python', level: 3 }], private: { note: 'to be hired' }, sample: false, ...over },
});
const listed = (...items: unknown[]) => ({ body: { items, nextCursor: null } });
function aGroup(openings: OpeningView[] = [anOpening()], roles?: ('manager' | 'engineer')[]) {
  const { portal } = aStaffing(roles ? { roles } : {});
  portal.set('GET /openings', listed(...openings));
  return portal;
}
const open = (at: string) => renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
const outline = () => screen.findByRole('button', { name: /^Open place on Atlas/ });
const sent = (portal: ReturnType<typeof aGroup>) =>
  (portal.last('POST', '/changes')?.body as { commands: unknown[] } | undefined)?.commands;

test('an open place is an outline with its words by project, told apart from work in the weeks that it wants', async () => {
  aGroup([anOpening(), anOpening({ id: idOf(72), role: 'contributor', hoursPerWeek: 8, from: '2027-01-06', to: null, skills: [] })]);
  open('/staffing');
  const bar = await screen.findByRole('button', { name: /^Open place on .* · lead · / });
  expect(bar.textContent).toBe('Lead wanted · 24 h');
  expect(bar.className).toContain('place');
  const words = 'Open place on Atlas · lead · 24 h a week wanted · 4 Jan – 28 Feb · asks Python 3 · nobody yet, so no work';
  expect(bar.getAttribute('aria-label')?.replaceAll(/[\u2066-\u2069]/g, '')).toBe(words);
  const cell = (week: string) => document.querySelector<HTMLElement>(`[data-project="${atlas}"] [data-week="${week}"]`)?.dataset['tip'];
  expect(cell('2027-W01')).toContain('covered, 8 h sidekick; 28.8 h wanted in open places');
  expect(cell('2026-W53')).not.toContain('wanted');
});

test('its menu has what can be done with it; a duplicate and a removal are one change set each', async () => {
  const portal = aGroup();
  const { user, address } = open('/staffing');
  fireEvent.contextMenu(await outline());
  const menu = within(await screen.findByRole('dialog', { name: /^Open place: Lead wanted on/ }));
  menu.getByText('24 h a week, 4 Jan – 28 Feb 2027, asks Python 3.');
  menu.getByText('to be hired');
  await user.click(menu.getByRole('button', { name: 'Duplicate' }));
  await waitFor(() => expect(sent(portal)).toMatchObject([{ do: 'create', kind: 'opening', record: { role: 'lead', hoursPerWeek: 24 } }]));
  await waitFor(() => expect(address()).toBe('/staffing'));
  await user.click(await outline());
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(sent(portal)).toEqual([{ do: 'delete', kind: 'opening', id: place, version: 7 }]));
});

test('is moved by pointer, and stretched at its end, each one change; Escape puts it back', async () => {
  document.elementFromPoint = () => null;
  const portal = aGroup();
  const { address } = open('/staffing');
  const bar = await outline();
  const weeks = document.querySelector('.ghead .weeks') as HTMLElement;
  weeks.getBoundingClientRect = () => ({ width: 16 * 70 }) as DOMRect;
  const drag = (target: Element, pixels: number) => {
    fireEvent.pointerDown(target, { button: 0, clientX: 500, clientY: 100 });
    fireEvent.pointerMove(document, { clientX: 500 + pixels, clientY: 100 });
  };
  const drop = () => {
    fireEvent.pointerUp(document, { clientX: 640, clientY: 100 });
    fireEvent.click(bar);
  };
  drag(bar, 140);
  fireEvent.keyDown(document, { key: 'Escape' });
  drop();
  expect(sent(portal)).toBeUndefined();
  drag(bar, 140);
  drop();
  const change = { do: 'change', kind: 'opening', id: place, version: 7 };
  await waitFor(() => expect(sent(portal)).toEqual([{ ...change, patch: { from: '2027-01-18', to: '2027-03-14' } }]));
  drag(bar.querySelector('[data-grip=end]') as Element, -70);
  drop();
  await waitFor(() => expect(sent(portal)).toEqual([{ ...change, patch: { from: '2027-01-04', to: '2027-02-21' } }]));
  expect(address()).toBe('/staffing');
});

test('whoever may change nothing reads what it asks for, and has nothing to do with it', async () => {
  aGroup([anOpening({ private: null })], ['engineer']);
  const { user } = open('/staffing?by=person');
  await user.click(await outline());
  const menu = within(await screen.findByRole('dialog'));
  menu.getByText('24 h a week, 4 Jan – 28 Feb 2027, asks Python 3.');
  expect(menu.getAllByRole('button').map(({ ariaLabel, textContent }) => ariaLabel ?? textContent)).toEqual(['Close']);
});

test('by person the places of all projects stand above everybody, and are in nobody’s load', async () => {
  aGroup([anOpening(), anOpening({ id: idOf(73), project: idOf(99) })]);
  open('/staffing?by=person');
  const bar = await outline();
  expect(bar.textContent?.replaceAll(/[\u2066-\u2069]/g, '')).toBe('Atlas · lead · 24 h');
  expect(bar.closest('.row')?.querySelector('.c0')?.textContent).toBe('Open places · 1At most 24 h wanted in a week');
  expect(bar.closest('[data-person]')).toBeNull();
});

test('places one after another want together what the fullest week wants', async () => {
  const after = anOpening({ id: idOf(72), from: '2027-03-01', to: '2027-03-14', hoursPerWeek: 30 });
  const beside = anOpening({ id: idOf(73), role: 'contributor', from: '2027-02-22', to: '2027-02-24', hoursPerWeek: 10 });
  aGroup([anOpening(), after, beside]);
  open('/staffing?by=person');
  await screen.findByText('At most 30 h wanted in a week');
  expect(document.querySelector('.row.places .c0')?.textContent).toContain('Open places · 3');
});

const harbour = idOf(12);
test.each([
  ['', '3'],
  ['&tentative=hide', '2 of 3 shown'],
  ['&client=Harbour+Board', '1 of 3 shown'],
  ['&status=agreed', '2 of 3 shown'],
  ['&role=contributor', '1 of 3 shown'],
  ['&q=python', '2 of 3 shown'],
  ['&q=harb', '1 of 3 shown'],
  ['&employment=freelance&region=FR&gaps=1', '3'],
])('by person a filter leaves the places that it asks for, and says so: %s', async (filter, words) => {
  const others = { skills: [], from: '2027-01-11', to: '2027-01-31' };
  const portal = aGroup([
    anOpening(),
    anOpening({ id: idOf(72), role: 'contributor', ...others }),
    anOpening({ id: idOf(73), project: harbour }),
  ]);
  const projects = [aProject(atlas, 'Atlas'), aProject(harbour, 'Harbour', { client: 'Harbour Board', state: 'proposal' })];
  portal.set('GET /projects', listed(...projects));
  open(`/staffing?by=person${filter}`);
  await waitFor(() => expect(document.querySelector('.row.places .c0 p')?.textContent).toBe(`Open places · ${words}`));
});

test('in the form of an assignment nobody yet makes an open place of what is typed, and naming somebody leads back', async () => {
  const portal = aGroup([]);
  portal.set('GET /skills', { body: { items: [{ skill: 'Postgres', people: 3, projects: 1, spellings: [], twice: {} }] } });
  const { user, address } = open(`/staffing?add=${atlas}&wanted=lead&days=2027-01-04+2027-02-28`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await user.clear(form.getByLabelText('Hours a week'));
  await user.type(form.getByLabelText('Hours a week'), '30');
  await user.click(form.getByRole('button', { name: 'Nobody yet…' }));
  const kept = within(await screen.findByRole('dialog', { name: 'New open place' }));
  expect(kept.getByLabelText<HTMLInputElement>('Hours a week').value).toBe('30');
  expect(kept.getByLabelText<HTMLInputElement>('From – to').value).toBe('4 Jan 2027 – 28 Feb 2027');
  await user.click(kept.getByRole('button', { name: 'Add a skill' }));
  await user.type(kept.getByLabelText('Skill'), 'Pythn');
  await kept.findByText(/^Nobody has/);
  await user.clear(kept.getByLabelText('Hours a week'));
  await user.type(kept.getByLabelText('Hours a week'), '0');
  await user.click(kept.getByRole('button', { name: 'Keep it open' }));
  await kept.findByText('Hours a week are a number above 0, to 168');
  expect(sent(portal)).toBeUndefined();
  await user.clear(kept.getByLabelText('Hours a week'));
  await user.type(kept.getByLabelText('Hours a week'), '24');
  await user.click(kept.getByRole('button', { name: 'Name somebody…' }));
  const again = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  expect(again.getByLabelText<HTMLInputElement>('Hours a week').value).toBe('24');
  await user.click(again.getByRole('button', { name: 'Nobody yet…' }));
  const last = within(await screen.findByRole('dialog', { name: 'New open place' }));
  await user.click(last.getByRole('button', { name: 'Keep it open' }));
  const record = {
    project: atlas,
    role: 'lead',
    from: '2027-01-04',
    to: '2027-02-28',
    hoursPerWeek: 24,
    skills: [{ skill: 'Pythn', level: 3 }],
  };
  await waitFor(() => expect(sent(portal)).toMatchObject([{ do: 'create', kind: 'opening', record }]));
  await waitFor(() => expect(address()).toBe('/staffing'));
});

test('is filled by whoever is chosen of its candidates as one change set; what stays open is said before', async () => {
  const portal = aGroup();
  const { user } = open(`/staffing?fill=${place}`);
  const form = within(await screen.findByRole('dialog', { name: /^Fill: lead wanted on/ }));
  form.getByText('Lead wanted: 24 h a week, 4 Jan – 28 Feb 2027, asks Python 3.');
  expect(form.queryByRole('button', { name: 'Nobody yet…' })).toBeNull();
  await user.click(await form.findByRole('radio', { name: /Noor Haddad/ }));
  expect(portal.last('GET', '/candidates')?.query.get('opening')).toBe(place);
  form.getByText('The whole place is filled.');
  await user.clear(form.getByLabelText('Hours a week'));
  await user.type(form.getByLabelText('Hours a week'), '16');
  await form.findByText('Still open after this: 8 h a week 4 Jan – 28 Feb 2027.');
  const work = { do: 'create', kind: 'assignment', record: { person: noor, project: atlas, role: 'lead', hoursPerWeek: 16 } };
  const rest = { do: 'change', kind: 'opening', id: place, version: 7, patch: { hoursPerWeek: 8 } };
  // Coverage and rules are those of the whole change set.
  await waitFor(() => expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({ commands: [work, rest] }));
  await user.click(form.getByRole('button', { name: 'Fill' }));
  await waitFor(() => expect(sent(portal)).toMatchObject([work, rest]));
  await screen.findByText(/still open: 8 h a week 4 Jan – 28 Feb 2027/);
  await waitFor(() => expect(document.activeElement).toBe(document.querySelector(`[data-place="${place}"]`)));
  const saved = portal.asked.findIndex(({ method, path }) => method === 'POST' && path === '/changes');
  expect(portal.asked.slice(saved).filter(({ path }) => path === '/candidates')).toEqual([]);
});

test('of two who fill it at once the second is told that it is not open any more, and makes no work', async () => {
  const portal = aGroup();
  const stale = { current: { id: place, version: null, record: null } };
  portal.set('POST /changes', () => {
    portal.set('GET /openings', listed());
    return problem(412, 'stale', 'Somebody was first', stale);
  });
  const { user } = open(`/staffing?fill=${place}`);
  const form = within(await screen.findByRole('dialog', { name: /^Fill/ }));
  await user.click(await form.findByRole('radio', { name: /Jonas Weber/ }));
  await user.click(form.getByRole('button', { name: 'Fill' }));
  await form.findByText(/Somebody changed this while you were typing/);
  expect(sent(portal)).toMatchObject([
    { kind: 'assignment', record: { person: jonas } },
    { do: 'delete', kind: 'opening' },
  ]);
  expect(portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes')).toHaveLength(1);
});

test('what was typed to fill a place that is gone by then stands to be copied, and makes no work', async () => {
  const portal = aGroup();
  const { user } = open(`/staffing?fill=${place}`);
  const form = within(await screen.findByRole('dialog', { name: /^Fill/ }));
  await user.clear(form.getByLabelText('Hours a week'));
  await user.type(form.getByLabelText('Hours a week'), '16');
  await user.keyboard('{Escape}');
  cleanup();
  portal.set('GET /openings', listed());
  open(`/staffing?fill=${place}`);
  const again = within(await screen.findByRole('dialog', { name: /^Fill: lead wanted on/ }));
  again.getByText('This place is not open any more.');
  expect(again.getByLabelText<HTMLInputElement>('Hours a week').value).toBe('16');
  expect(again.queryByRole('button', { name: /^(Fill|Assign)$/ })).toBeNull();
});

test('what was typed of a place that is gone by then opens no form that fills it', async () => {
  const portal = aGroup();
  const { user } = open(`/staffing?change=${place}`);
  const form = within(await screen.findByRole('dialog'));
  await user.type(form.getByLabelText('Note'), ' soon');
  await user.keyboard('{Escape}');
  cleanup();
  portal.set('GET /openings', listed());
  open(`/staffing?fill=${place}`);
  await screen.findByText(/^This place is not open any more: /);
  expect(screen.queryByLabelText('Hours a week')).toBeNull();
});

test('a duplicate that is asked for again after its answer was lost is the same place', async () => {
  const portal = aGroup();
  portal.set('POST /changes', problem(503, 'unavailable', 'The portal is away'));
  const { user } = open('/staffing');
  fireEvent.contextMenu(await outline());
  const menu = within(await screen.findByRole('dialog', { name: /^Open place/ }));
  await user.click(menu.getByRole('button', { name: 'Duplicate' }));
  await menu.findByText('The portal is away');
  await user.click(menu.getByRole('button', { name: 'Duplicate' }));
  const made = () => portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes').map(({ body }) => body as never);
  await waitFor(() => expect(made()).toHaveLength(2));
  expect(made()[0]).toEqual(made()[1]);
});

test('a link to a place that is gone says so', async () => {
  aGroup([]);
  open(`/staffing?fill=${place}`);
  await screen.findByText(/^This place is not open any more/);
});

test('what is typed goes along as it is typed between an assignment and an open place, and outlives a reload there', async () => {
  aGroup([]);
  const { user, address } = open(`/staffing?add=${atlas}&wanted=lead&days=2027-01-04+2027-02-28`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  const type = async (field: HTMLElement, text: string) => {
    await user.clear(field);
    await user.type(field, text);
  };
  await user.click(await form.findByRole('radio', { name: /Noor Haddad/ }));
  await type(form.getByLabelText('Hours a week'), 'many');
  await type(form.getByLabelText('From – to'), 'soon');
  await type(form.getByLabelText('Note'), 'As agreed');
  await user.click(form.getByRole('button', { name: 'Nobody yet…' }));
  const values = (dialog: { getByLabelText(label: string): HTMLElement }) =>
    ['Hours a week', 'From – to', 'Note'].map((label) => (dialog.getByLabelText(label) as HTMLInputElement).value);
  const first = within(await screen.findByRole('dialog', { name: 'New open place' }));
  await waitFor(() => expect(values(first)).toEqual(['many', 'soon', 'As agreed']));
  await type(first.getByLabelText('Note'), 'To be hired');
  await user.click(first.getByRole('button', { name: 'Name somebody…' }));
  const back = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await waitFor(() => expect(values(back)).toEqual(['many', 'soon', 'As agreed']));
  expect((await back.findByRole<HTMLInputElement>('radio', { name: /Noor Haddad/ })).checked).toBe(true);
  await user.click(back.getByRole('button', { name: 'Nobody yet…' }));
  const again = within(await screen.findByRole('dialog', { name: 'New open place' }));
  await waitFor(() => expect(values(again)).toEqual(['many', 'soon', 'To be hired']));
  const at = address();
  cleanup();
  open(at);
  const kept = within(await screen.findByRole('dialog', { name: 'New open place' }));
  expect(values(kept)).toEqual(['many', 'soon', 'To be hired']);
});

test.each(['wide', 'phone'])(
  'places are shown by the skill that they ask for and its level, and so is their project: %s',
  async (screenSize) => {
    const wide = window.matchMedia;
    if (screenSize === 'phone') window.matchMedia = (query) => ({ ...wide(query), matches: query.includes('860') });
    try {
      const look = async (at: string, isShown: boolean) => {
        aGroup();
        const { unmount } = open(`${at}&at=2027-W01`);
        const outlines = () => document.querySelectorAll('[data-place]').length;
        if (isShown) await waitFor(() => expect(outlines()).toBe(1));
        else await screen.findByText(/^(No project|Nobody) matches$/);
        expect(outlines()).toBe(isShown ? 1 : 0);
        unmount();
      };
      await look('/staffing?by=person&skill=python', true);
      await look('/staffing?by=person&skill=Python&level=4', false);
      await look('/staffing?skill=Python&level=3', true);
      await look('/staffing?skill=Rust', false);
    } finally {
      window.matchMedia = wide;
    }
  },
);

test('a skill that a place alone asks for can be chosen', async () => {
  aGroup();
  open('/staffing?filter=1');
  const skill = await screen.findByLabelText<HTMLSelectElement>('Skill it asks for');
  await waitFor(() => expect([...skill.options].map(({ value }) => value)).toEqual(['', 'Postgres', 'Python']));
});
