import { beforeEach, describe, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { routes, saves } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aChange, aLeave, anAssignment, ana, aPerson, aStaffing, atlas, jonas } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const part = async (name: string) => within(await screen.findByRole('region', { name }));
const open = (at: string, options: Parameters<typeof aStaffing>[0] = {}) => {
  const { portal } = aStaffing(options);
  return { portal, start: () => renderRoutes(routes, at) };
};

/** The questions that the figures of a screen open, by what is read of each. */
async function opened(
  view: ReturnType<typeof renderRoutes>,
  names: readonly (string | RegExp)[],
  within_: typeof screen | ReturnType<typeof within>,
) {
  const asked: (string | null)[] = [];
  for (const name of names) {
    await view.user.click(within_.getAllByRole('button', { name })[0] as HTMLElement);
    asked.push(new URLSearchParams(view.address().split('?')[1]).get('figure'));
  }
  return asked;
}

test('every figure of the page of a person opens', async () => {
  const { start } = open(`/people/${ana}`);
  const view = start();
  const weeks = await part('Weeks');
  const names = ['Confirmed % of net, week of 30 Nov: 50', 'Free hours, week of 30 Nov: 18 h', '18 h', '72 h', '216 h'];
  expect(await opened(view, names, weeks)).toEqual([
    `utilisation person=${ana} week=2026-W49`,
    `remaining person=${ana} week=2026-W49`,
    `remaining person=${ana} weeks=2026-W49,2026-W49`,
    `remaining person=${ana} weeks=2026-W49,2026-W52`,
    `remaining person=${ana} weeks=2026-W49,2027-W07`,
  ]);
  expect(await opened(view, ['81.3 h'], await part('Knowledge by project'))).toEqual([`knowledge person=${ana} project=${atlas}`]);
});

test('hours over and leave open as well', async () => {
  const { start } = open(`/people/${jonas}`);
  const view = start();
  expect(await opened(view, ['Hours over, week of 14 Dec: +4 h'], await part('Weeks'))).toEqual([
    `overHours person=${jonas} week=2026-W51`,
  ]);
});

describe('the page of a person', () => {
  test.each([
    ['2026-12-28', 'Ends in 4 weeks.', 'conf'],
    ['2026-12-04', 'Ends in 4 days.', 'conf bad0'],
  ])('tells that a contract ends on %s, what loses cover then, and marks the week', async (to, words, look) => {
    const detail = 'Lead on Atlas 24 h until then. 8 project-weeks lose cover in the 8 weeks after: Atlas.';
    const ends = {
      kind: 'contract-end' as const,
      id: `contract-end:${ana}`,
      from: to,
      to,
      decideBy: '2026-12-11',
      title: 'It ends',
      detail,
    };
    const { portal, start } = open(`/people/${ana}`, { decisions: [{ ...ends, person: ana }] });
    portal.set('GET /people', list([aPerson(ana, 'Ana Duarte', { employment: 'freelance', contract: { from: null, to } })]));
    start();
    const contract = await part('Contract');
    const note = (await contract.findByText(words)).closest('.conf');
    await waitFor(() => expect(note?.textContent).toContain(detail));
    expect(note?.className).toBe(look);
    expect(contract.getByRole('link', { name: 'Hand over' }).getAttribute('href')).toBe(`/people/${ana}?leaves=1`);
    expect(document.querySelectorAll('.pc.ends')).toHaveLength(1);
    expect(document.querySelector('.pc.ends')?.getAttribute('title')).toMatch(/contract ends \d+ Dec$/);
  });

  test('of a contract that ends later tells nothing yet', async () => {
    const { portal, start } = open(`/people/${ana}`);
    portal.set('GET /people', list([aPerson(ana, 'Ana Duarte', { contract: { from: null, to: '2027-01-26' } })]));
    start();
    await part('Contract');
    expect(screen.queryByText(/^Ends in/)).toBeNull();
    expect(document.querySelector('.pc.ends')).not.toBeNull();
  });

  test('shows weeks, work, knowledge, skills, hours, leave, contract, teams and history, each name a link', async () => {
    const { portal, start } = open(`/people/${ana}`, { leave: [aLeave(idOf(41), ana, { state: 'approved' })] });
    const skills = [
      { skill: 'Vue', level: 2 },
      { skill: 'Postgres', level: 4 },
    ];
    const patterns = [
      { from: '2026-01-01', hours: [8, 8, 8, 8, 8, 0, 0] },
      { from: '2027-02-01', hours: [8, 8, 4, 0, 0, 0, 0] },
    ];
    portal.set('GET /people', list([aPerson(ana, 'Ana Duarte', { skills, patterns }), aPerson(jonas, 'Jonas Weber')]));
    portal.set('GET /teams', list([{ id: idOf(61), version: 1, name: 'Backend', people: [ana], lead: ana, sample: false }]));
    const past = anAssignment(idOf(23), ana, { role: 'sidekick', from: '2025-01-06', to: '2025-03-30', hoursPerWeek: 4 });
    portal.set('GET /assignments', list([anAssignment(idOf(21), ana), past]));
    const set = aChange(7, {
      summary: 'Ana Duarte lead on Atlas, 24 h a week',
      changes: [{ kind: 'assignment', id: idOf(21), before: null, after: { ...anAssignment(idOf(21), ana) } }],
    });
    portal.set('GET /changes', list([set]));
    const { user } = start();
    await screen.findByRole('heading', { level: 1, name: 'Ana Duarte' });
    const weeks = (await part('Weeks')).getAllByRole('link', { name: /^Ana Duarte, week of/ });
    expect(weeks).toHaveLength(16);
    expect(weeks[0]?.getAttribute('aria-label')).toBe('Ana Duarte, week of 2 Nov: 20 h confirmed, of 40 h net (50 %), 18 h free');
    expect(weeks[4]?.getAttribute('href')).toBe(`/staffing?by=person&open=${ana}&from=2026-W49`);
    expect(portal.last('POST', '/figures')?.body).toEqual({
      questions: [
        { what: 'load', args: { person: ana, weeks: ['2026-W45', '2027-W07'] } },
        { what: 'knows', args: { person: ana } },
      ],
    });
    const work = await part('Projects');
    expect(work.getByRole('link', { name: 'Atlas' }).getAttribute('href')).toBe(`/projects/${atlas}`);
    work.getByText('leads');
    expect(work.queryByText('backs up')).toBeNull();
    await user.click(work.getByRole('button', { name: 'Show 1 assignment that ended' }));
    work.getByText('backs up');
    work.getByText('6 Jan – 30 Mar 2025');
    const knows = within((await part('Knowledge by project')).getByRole('link', { name: 'Atlas' }).closest('tr') as HTMLElement);
    knows.getByText('81.3 h');
    knows.getByText('warm');
    expect([...(await part('Skills')).getAllByRole('listitem')].map(({ textContent }) => textContent)).toEqual([
      'Postgreswell 4',
      'Vuewith help 2',
    ]);
    const hours = await part('Weekly pattern');
    expect(hours.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '20 h a weekMon 8, Tue 8, Wed 4from 1 Feb 2027',
      '40 h a weekMon 8, Tue 8, Wed 8, Thu 8, Fri 8since 1 Jan 2026',
    ]);
    (await part('Leave')).getByText('approved');
    (await part('Contract')).getByText('without an end');
    expect((await (await part('Teams')).findByRole('link', { name: 'Backend' })).getAttribute('href')).toBe(`/teams/${idOf(61)}`);
    const history = await part('History');
    expect((await history.findByRole('link', { name: 'Atlas' })).getAttribute('href')).toBe(`/projects/${atlas}`);
    expect(portal.last('GET', '/changes')?.query.get('about')).toBe(ana);
  });

  test('opens the form at the part that is edited, and sends what was changed alone', async () => {
    const { portal, start } = open(`/people/${ana}`);
    const { user, address } = start();
    await user.click((await part('Skills')).getByRole('link', { name: 'Edit the skills' }));
    expect(address()).toBe(`/people/${ana}/edit?at=skills`);
    const form = within(await screen.findByRole('dialog', { name: 'Ana Duarte' }));
    const level = form.getByLabelText('Level of Postgres');
    await waitFor(() => expect(document.activeElement).toBe(form.getByRole('combobox', { name: 'Skill' })));
    await user.selectOptions(level, '5');
    await user.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(address()).toBe(`/people/${ana}`));
    expect(saves(portal)).toEqual([
      { do: 'change', kind: 'person', id: ana, version: 1, patch: { skills: [{ skill: 'Postgres', level: 5 }] } },
    ]);
    await screen.findByRole('heading', { level: 1, name: 'Ana Duarte' });
  });

  test('lets people change their own skills and ask for leave, and nothing of others', async () => {
    const { start } = open(`/people/${ana}`, {
      roles: ['engineer'],
      person: ana,
      leave: [aLeave(idOf(41), ana), aLeave(idOf(42), jonas, { private: null })],
    });
    const { user, unmount } = start();
    (await part('Skills')).getByRole('link', { name: 'Edit the skills' });
    expect(screen.queryByRole('link', { name: 'Edit the weekly pattern' })).toBeNull();
    const leave = await part('Leave');
    expect(leave.getByRole('link', { name: '21 Dec – 24 Dec 2026' }).getAttribute('href')).toBe(`/people/${ana}?leave=${idOf(41)}`);
    await user.click(leave.getByRole('link', { name: 'Ask for leave' }));
    within(await screen.findByRole('dialog', { name: 'Ask for leave' })).getByLabelText('From – to, both included');
    unmount();
    renderRoutes(routes, `/people/${jonas}`);
    const theirs = await part('Leave');
    theirs.getByText(/away/);
    expect(theirs.queryByRole('link')).toBeNull();
    expect(screen.queryByRole('link', { name: /Edit|Assign/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Undo/ })).toBeNull();
  });

  test('adds leave for the person it shows, and changes their work without leaving it', async () => {
    const { portal, start } = open(`/people/${jonas}`);
    const { user, address } = start();
    await user.click((await part('Leave')).getByRole('link', { name: 'Add leave' }));
    const form = within(await screen.findByRole('dialog', { name: 'Add leave' }));
    expect(form.getByLabelText<HTMLSelectElement>('Person').value).toBe(jonas);
    await user.click(form.getByRole('button', { name: 'Cancel' }));
    await user.click((await part('Projects')).getByRole('link', { name: /Change the work on Atlas, sidekick/ }));
    const work = within(await screen.findByRole('dialog', { name: 'Jonas Weber on Atlas' }));
    const hours = work.getByLabelText('Hours a week');
    await user.clear(hours);
    await user.type(hours, '6');
    await user.click(work.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saves(portal)).toMatchObject([{ kind: 'assignment', id: idOf(22), patch: { hoursPerWeek: 6 } }]));
    await waitFor(() => expect(address()).toBe(`/people/${jonas}`));
  });
});

describe('where there is no such person', () => {
  test('an id that never was, or is none, says so', async () => {
    open('', {});
    const { unmount } = renderRoutes(routes, `/people/${idOf(99)}`);
    await screen.findByRole('heading', { name: 'No person lives at this address' });
    unmount();
    renderRoutes(routes, '/people/nobody');
    await screen.findByRole('heading', { name: 'No person lives at this address' });
  });

  test('says that it did not load where the list cannot be read, and is there once it can', async () => {
    const { portal, start } = open(`/people/${ana}`);
    const people = list([aPerson(ana, 'Ana Duarte')]);
    portal.set('GET /people', list([aPerson(jonas, 'Jonas Weber')]));
    const { user, client } = start();
    await screen.findByRole('heading', { name: 'No person lives at this address' });
    portal.set('GET /people', problem(500, 'internal', 'Something failed inside'));
    void client.refetchQueries({ queryKey: ['staffing', 'people'] });
    await screen.findByText('The person did not load');
    portal.set('GET /people', people);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { level: 1, name: 'Ana Duarte' });
  });

  test('one who was removed has a page that says who did it, with the way back for managers', async () => {
    const { portal, start } = open(`/people/${idOf(99)}`);
    portal.set('GET /changes', list([aChange(8, { summary: 'Zoe Lima: removed' })]));
    start();
    await screen.findByRole('heading', { name: 'This person is not here any more' });
    (await part('History')).getByRole('button', { name: 'Undo: Zoe Lima: removed' });
  });

  test('one who was made anonymous keeps figures and work, and the page says why there is no name', async () => {
    const { portal, start } = open(`/people/${ana}`);
    portal.set('GET /people', list([aPerson(ana, `Former colleague ${ana.slice(-4)}`)]));
    start();
    await screen.findByText(/^Made anonymous/);
    (await part('Projects')).getByRole('link', { name: 'Atlas' });
  });

  test('figures to which a newer portal adds something are shown as they are known here', async () => {
    const { portal, start } = open(`/people/${ana}`);
    const fill = (value: number) => Array.from({ length: 16 }, () => value);
    const hours = { net: fill(40), confirmed: fill(10), tentative: fill(0), remaining: fill(28), over: fill(0), leaveDays: fill(0) };
    const load = { ...hours, holidays: fill(0).map(() => []), employed: fill(1).map(() => true), wanted: fill(3) };
    portal.set('POST /figures', { body: { head: 40, today: '2026-11-30', answers: [load, []] } });
    start();
    (await part('Weeks')).getByRole('link', { name: 'Ana Duarte, week of 30 Nov: 10 h confirmed, of 40 h net (25 %), 28 h free' });
  });

  test('figures that fail leave the rest of the page as it is, and are asked again', async () => {
    const { portal, start } = open(`/people/${ana}`);
    portal.set('POST /figures', problem(503, 'part-overloaded', 'Staffing is busy'));
    start();
    const note = within(await screen.findByText('The figures did not load').then((one) => one.closest('[role=alert]') as HTMLElement));
    note.getByText('Request req-42');
    note.getByRole('button', { name: 'Try again' });
    (await part('Projects')).getByRole('link', { name: 'Atlas' });
  });
});
