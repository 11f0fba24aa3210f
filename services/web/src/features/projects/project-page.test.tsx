import { beforeEach, describe, expect, test } from '@jest/globals';
import type { OpeningView } from '@sidekick/contracts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { anAnswer, aSection } from '../../testing/builders.ts';
import { idOf } from '../../testing/portal.ts';
import { routes, saves } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aChange, anAssignment, ana, aProject, aStaffing, atlas, jonas } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const part = async (name: string) => within(await screen.findByRole('region', { name }));
const texts = (all: HTMLElement[]) => all.map(({ textContent }) => textContent);

const aPlace: OpeningView = {
  ...{ id: idOf(71), version: 7, project: atlas, role: 'lead', from: '2027-01-04', to: '2027-02-28', hoursPerWeek: 24 },
  ...{ skills: [{ skill: 'Python', level: 3 }], private: { note: 'to be hired' }, sample: false },
};

test('every figure of the page of a project opens', async () => {
  aStaffing();
  const view = renderRoutes(routes, `/projects/${atlas}`);
  const asked = async (part_: ReturnType<typeof within>, name: string | RegExp) => {
    await view.user.click(part_.getAllByRole('button', { name })[0] as HTMLElement);
    return new URLSearchParams(view.address().split('?')[1]).get('figure');
  };
  const coverage = await part('Coverage');
  expect(await asked(coverage, '87 %: 20 of 23 weeks that need cover')).toBe(`coverageRatio project=${atlas} weeks=2026-W41,2027-W10`);
  expect(await asked(coverage, /^Week of 7 Dec: no sidekick/)).toBe(`coverage project=${atlas} week=2026-W50`);
  expect(await asked(coverage, '0 h')).toBe(`coverageRatio project=${atlas} weeks=2026-W50,2026-W52`);
  expect(await asked(await part('Gaps'), '3 weeks, 24 h missing')).toBe(`coverageRatio project=${atlas} weeks=2026-W50,2026-W52`);
  const knowledge = await part('Knowledge');
  expect(await asked(knowledge, 'Absence factor 1')).toBe(`absenceFactor project=${atlas} on=2026-12-06`);
  for (const button of knowledge.getAllByRole('button', { name: /^As a table: / })) await view.user.click(button);
  const [hours, factor] = knowledge.getAllByRole('table').map((table) => within(table));
  if (!hours || !factor) throw new Error('both tables are there');
  expect(await asked(hours, '20 h')).toBe(`knowledge person=${ana} project=${atlas} on=2026-10-11`);
  expect(await asked(factor, '1')).toBe(`absenceFactor project=${atlas} on=2026-10-11`);
});

describe('the page of a project', () => {
  test('shows its crew, coverage with reasons, gaps with the way to fill them, and who knows it', async () => {
    const { portal } = aStaffing();
    portal.set('GET /openings', list([aPlace]));
    const { user } = renderRoutes(routes, `/projects/${atlas}`);
    await screen.findByRole('heading', { level: 1, name: 'Atlas' });
    const crew = await part('Crew');
    expect(crew.getByRole('link', { name: 'Jonas Weber' }).getAttribute('href')).toBe(`/people/${jonas}`);
    expect(texts(crew.getAllByRole('listitem'))[0]).toMatch(/^Ana Duartelead · 24 h a week · 5 Oct 2026 – 14 Mar 2027/);
    const args = { project: atlas, weeks: ['2026-W41', '2027-W10'] };
    expect(portal.last('POST', '/figures')?.body).toEqual({
      questions: [
        { what: 'crew', args },
        { what: 'wholeGaps', args },
        { what: 'knowledgeOverTime', args },
      ],
    });
    const coverage = await part('Coverage');
    coverage.getByText('87 %: 20 of 23 weeks that need cover');
    expect(texts(coverage.getAllByRole('row'))).toEqual([
      'WeeksState and whySidekicksHours a week',
      '5 Oct – 6 DeccoveredA sidekick can take overJonas Weber8 h',
      '7 Dec – 27 Decno sidekickNo sidekick is assigned–0 h',
      '28 Dec – 14 MarcoveredA sidekick can take overJonas Weber8 h',
    ]);
    const places = await part('Open places');
    expect(places.getByRole('button', { name: '192 h' }).closest('span')?.textContent).toBe('192 h wanted in these weeks, no work yet');
    expect(texts(places.getAllByRole('listitem'))).toEqual(['Lead24 h a week, 4 Jan – 28 Feb 2027, asks Python 3to be hiredFillChange']);
    expect(places.getByRole('link', { name: /^Fill: lead/ }).getAttribute('href')).toBe(`/projects/${atlas}?fill=${idOf(71)}`);
    expect(coverage.getByTitle(/^Week of 4 Jan: .*; 24 h wanted in open places$/)).toBeTruthy();
    const gaps = await part('Gaps');
    const missing = gaps.getByRole('button', { name: '3 weeks, 24 h missing' });
    expect(missing.parentElement?.textContent).toBe('no sidekick 7 Dec – 27 Dec · 3 weeks, 24 h missing');
    expect(gaps.getByRole('link', { name: 'Fill' }).getAttribute('href')).toBe(`/staffing?from=2026-W49&cell=${atlas}+2026-W50`);
    const knowledge = await part('Knowledge');
    expect(knowledge.getByText(/^Absence factor 1$/).parentElement?.textContent).toBe(
      'Absence factor 1: Ana Duarte alone holds half of what is known.',
    );
    for (const button of knowledge.getAllByRole('button', { name: /^As a table: / })) await user.click(button);
    const [hours, factor] = knowledge.getAllByRole('table');
    expect(within(hours as HTMLElement).getAllByRole('row')).toHaveLength(24);
    within(hours as HTMLElement).getByText('30 Nov, now');
    within(factor as HTMLElement).getByRole('columnheader', { name: 'Absence factor' });
  });

  test('tells the decisions that were given a reason or broke a rule, and all of the history', async () => {
    const { portal } = aStaffing();
    const sets = [
      aChange(9, { summary: 'Atlas: priority changed' }),
      aChange(8, { summary: 'Ana Duarte lead on Atlas', reason: 'She wrote it', accepted: ['over-allocated'], changes: [aboutAna()] }),
      aChange(7, { summary: 'Atlas: dates changed', reason: 'The client asked' }),
    ];
    portal.set('GET /changes', list(sets));
    renderRoutes(routes, `/projects/${atlas}`);
    const decided = await (await part('Decisions and their reasons')).findAllByRole('listitem');
    expect(texts(decided)).toEqual([
      expect.stringMatching(/^Ana Duarte lead on AtlasAlthough the person is over-allocated: She wrote it/),
      expect.stringMatching(/^Atlas: dates changedWhy: The client asked/),
    ]);
    expect(
      within(decided[0] as HTMLElement)
        .getByRole('link', { name: 'Ana Duarte' })
        .getAttribute('href'),
    ).toBe(`/people/${ana}`);
    expect(await (await part('History')).findAllByRole('listitem')).toHaveLength(3);
  });

  test('lists pages of the handbook that name it, each once, and none where only its words were found', async () => {
    const { portal } = aStaffing();
    const section = (id: number, path: string) => ({ ...aSection('Atlas'), id: idOf(id), path, trail: ['Data', path] });
    portal.set('GET /search', { body: anAnswer([section(71, 'runbook'), section(71, 'runbook'), section(72, 'plan')] as never) });
    const { unmount } = renderRoutes(routes, `/projects/${atlas}`);
    const pages = await part('In the handbook');
    expect(texts(await pages.findAllByRole('link'))).toEqual(['runbook', 'plan']);
    expect(Object.fromEntries(portal.last('GET', '/search')?.query ?? [])).toMatchObject({ q: '"Atlas"', type: 'section', exact: 'true' });
    unmount();
    const words = { kind: 'phrase' as const, words: ['Atlas'], count: 1 };
    portal.set('GET /search', { body: anAnswer([section(71, 'runbook')] as never, { notes: [words] }) });
    renderRoutes(routes, `/projects/${atlas}`);
    await (await part('In the handbook')).findByText('No page names it.');
  });

  test('is changed in place: fields, work and an open lead', async () => {
    const { portal } = aStaffing();
    portal.set('GET /assignments', list([anAssignment(idOf(22), jonas, { role: 'sidekick', hoursPerWeek: 8 })]));
    const { user, address } = renderRoutes(routes, `/projects/${atlas}`);
    await user.click((await part('What it asks for')).getByRole('link', { name: 'Edit what it asks for' }));
    const form = within(await screen.findByRole('dialog', { name: 'Atlas' }));
    const least = form.getByLabelText('Sidekick hours a week, at least');
    await user.clear(least);
    await user.type(least, '6');
    await user.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(address()).toBe(`/projects/${atlas}`));
    expect(saves(portal)).toEqual([{ do: 'change', kind: 'project', id: atlas, version: 1, patch: { minimumHours: 6 } }]);
    await user.click((await part('Crew')).getByRole('link', { name: /^Change: sidekick/ }));
    within(await screen.findByRole('dialog', { name: 'Jonas Weber on Atlas' })).getByLabelText('Hours a week');
  });

  test('is read by engineers, who change nothing of it', async () => {
    aStaffing({ roles: ['engineer'], person: ana });
    renderRoutes(routes, `/projects/${atlas}`);
    expect((await part('Gaps')).getByRole('link', { name: 'Show' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: /Edit|Assign|Change|Find/ })).toBeNull();
  });

  test('of a proposal says that its weeks never count', async () => {
    const { portal } = aStaffing();
    portal.set('GET /projects', list([aProject(atlas, 'Atlas', { state: 'proposal' })]));
    const crew = { week: '2026-W49', active: false, closed: false, leads: [], leading: [], sidekicks: [], tentative: [] };
    const week = { ...crew, coverage: null, sidekickHours: 0, tentativeHours: 0 };
    portal.set('POST /figures', { body: { head: 40, today: '2026-11-30', answers: [[week], [], []] } });
    renderRoutes(routes, `/projects/${atlas}`);
    const coverage = await part('Coverage');
    coverage.getByText('no week needs cover');
    coverage.getByText('A proposal’s weeks never count');
    (await part('Knowledge')).getByText('Nobody has worked on it yet, so nobody knows it.');
    (await part('Gaps')).getByText('No gap ahead in these weeks.');
  });
});

const aboutAna = () => ({ kind: 'assignment', id: idOf(21), before: null, after: { ...anAssignment(idOf(21), ana) } });

test('a project that is not there says so', async () => {
  aStaffing();
  renderRoutes(routes, `/projects/${idOf(99)}`);
  await screen.findByRole('heading', { name: 'No project lives at this address' });
});

test('notes on weeks of a project stand on its page for managers, the next first, and open their form', async () => {
  const { portal } = aStaffing();
  const note = (number: number, week: string, words: string, project = atlas) => ({
    ...{ id: idOf(number), version: 7, project, week, private: { note: words }, sample: false },
  });
  const notes = [
    note(62, '2027-W02', 'Release'),
    note(61, '2026-W50', 'Steering'),
    note(63, '2026-W40', 'Kick-off'),
    note(64, '2026-W50', 'Else', idOf(12)),
  ];
  portal.set('GET /week-notes', list(notes));
  const { user, address, unmount } = renderRoutes(routes, `/projects/${atlas}`);
  const section = within(await screen.findByRole('region', { name: 'Notes on weeks' }));
  const words = () => section.getAllByRole('listitem').map(({ textContent }) => textContent);
  await waitFor(() => expect(words()).toEqual(['7 Dec – 13 Dec 2026Steering', '11 Jan – 17 Jan 2027Release']));
  await user.click(section.getByRole('button', { name: 'Show what is past' }));
  expect(words().at(-1)).toBe('28 Sep – 4 Oct 2026Kick-off');
  await user.click(section.getByRole('link', { name: 'Note on this week' }));
  await screen.findByRole('dialog', { name: /^Note on .*Atlas.*, 30 Nov – 6 Dec 2026/ });
  expect(new URLSearchParams(address().split('?')[1]).get('noted')).toBe(`${atlas} 2026-W49`);
  unmount();
  aStaffing({ roles: ['engineer'] });
  renderRoutes(routes, `/projects/${atlas}`);
  await screen.findByRole('region', { name: 'About' });
  expect(screen.queryByRole('region', { name: 'Notes on weeks' })).toBeNull();
});
