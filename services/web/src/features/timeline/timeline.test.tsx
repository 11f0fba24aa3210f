import { expect, test } from '@jest/globals';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import { Link } from 'react-router-dom';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, anAssignment, ana, aStaffing, atlas, noor } from '../../testing/staffing.ts';
import { CoverageCell, coverageStates } from '../../ui/coverage-cell.tsx';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const open = (at = '/staffing') => renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
const grid = () => screen.findByRole('region', { name: /by project/ });

test('says coverage with its denominator, and every cell in words', async () => {
  aStaffing();
  open();
  await grid();
  expect(document.querySelector('.tools .sum')?.textContent).toBe('13 of 16 project-weeks covered (81 %) · 1 gap');
  expect(screen.getByRole('button', { name: 'Atlas, week of 7 Dec: no sidekick, 8 h sidekick' })).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Ana Duarte · lead · 24 h a week · confirmed/ })).toBeTruthy();
});

test('an engineer sees the gap and the candidates and no control that changes anything', async () => {
  aStaffing({ roles: ['engineer'], person: ana });
  open(`/staffing?cell=${atlas}+2026-W50`);
  const pop = within(await screen.findByRole('dialog'));
  await pop.findByText('Noor Haddad');
  expect(pop.queryByRole('button', { name: /Assign/ })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Assign' })).toBeNull();
  expect(within(document.querySelector('.tools') as HTMLElement).queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('arrows move between cells, Enter opens, Escape returns the focus', async () => {
  aStaffing();
  const { user } = open();
  (await grid()).focus();
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Ana Duarte · lead/);
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Atlas, week of 23 Nov: covered, 8 h sidekick');
  await user.keyboard('{ArrowRight}{ArrowRight}{Enter}');
  await screen.findByRole('dialog', { name: /Atlas has no sidekick/ });
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement?.textContent).toBe('Atlas, week of 7 Dec: no sidekick, 8 h sidekick');
});

test('the sheet of paper says what it shows, of which days and rows, and when it was printed', async () => {
  aStaffing();
  const { user } = open('/staffing?q=atlas&gaps=1');
  await grid();
  const paper = () => document.querySelector('.paper')?.textContent;
  expect(paper()).toBe(
    'Staffing by project23 Nov 2026 – 14 Mar 2027 · Filter: “atlas”, only with gaps or an open leadPrinted Monday 30 November 2026',
  );
  await user.click(screen.getByRole('link', { name: 'By person' }));
  await screen.findByRole('region', { name: /Load by person/ });
  expect(paper()).toMatch(/^Staffing by person/);
});

test('every state of coverage has a glyph of its own, which needs no colour', async () => {
  const { container } = renderRoutes(
    [{ path: '/', element: coverageStates.map((state) => <CoverageCell key={state} state={state} />) }],
    '/',
  );
  const glyphs = [...container.querySelectorAll('.cv svg path')].map((path) => path.getAttribute('d'));
  expect(new Set(glyphs).size).toBe(coverageStates.length);
});

test('a filter that leaves nothing says so with the way out, and the figures count what is shown', async () => {
  aStaffing();
  const { user, address } = open('/staffing?q=atlas');
  await grid();
  expect(document.querySelector('.tools .sum')?.textContent).toBe('13 of 16 project-weeks covered (81 %) · 1 gap');
  await user.type(screen.getByRole('searchbox', { name: 'Filter by name' }), 'x');
  await screen.findByText('No project matches');
  expect(document.querySelector('.tools .sum')?.textContent).toBe('No project-week needs cover in the 0 projects shown');
  await user.click(screen.getByRole('button', { name: 'Show all 1 project' }));
  await waitFor(() => expect(address()).toBe('/staffing'));
});

test('a part that failed says so with the request id, and tries again', async () => {
  const { portal } = aStaffing();
  portal.set('GET /timeline', problem(500, 'internal', 'Something failed inside'));
  const { user } = open();
  const note = within(await screen.findByRole('alert'));
  expect(note.getByText('Request req-42')).toBeTruthy();
  aStaffing();
  await user.click(note.getByRole('button', { name: 'Try again' }));
  await grid();
});

test('by person: shows load in per cent of net, free hours and who is over', async () => {
  aStaffing();
  const { user } = open('/staffing?by=person');
  await screen.findByRole('region', { name: /Load by person/ });
  expect(document.querySelector('.tools .sum')?.textContent).toBe('50 % confirmed, 0 % tentative of 1,920 h net · 1 person over');
  expect(screen.getByRole('button', { name: /^Jonas Weber, week of 14 Dec: 20 h confirmed, of 40 h net \(50 %\), 4 h over/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Week of 30 Nov: 60 h confirmed, 0 h tentative, of 120 h net' }).dataset['l']).toBe('-1');
  expect(screen.getByText('4 h over, 14 Dec – 20 Dec.')).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Atlas · sidekick/ })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Hide assignments of Jonas Weber' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Atlas · sidekick/ })).toBeNull());
  expect(screen.getByRole('button', { name: /^Atlas · lead/ })).toBeTruthy();
});

test('who is over is a press away, alone', async () => {
  aStaffing();
  const { user, address } = open('/staffing?by=person');
  await user.click(await screen.findByRole('button', { name: '1 person over' }));
  await waitFor(() => expect(address()).toBe('/staffing?by=person&filter=1&gaps=1'));
  expect(screen.queryByRole('button', { name: '1 person over' })).toBeNull();
});

test('what the keyboard goes to shows its words, leave in them, as they are read out', async () => {
  aStaffing({ leave: [aLeave(idOf(31), ana, { state: 'approved' })] });
  const { user } = open();
  (await grid()).focus();
  await user.keyboard('{ArrowDown}');
  const bar = screen.getByRole('button', { name: /^Ana Duarte · lead.*\n.*Ana Duarte is away 21 Dec – 24 Dec$/ });
  expect(document.activeElement).toBe(bar);
  await waitFor(() => expect(document.querySelector('.tipb')?.textContent).toBe(bar.getAttribute('aria-label')));
});

test('a link to an assignment that is newer than the list kept here waits for the list', async () => {
  const { portal, assignments } = aStaffing();
  const added = anAssignment(idOf(23), noor);
  const routes = [
    {
      path: '/staffing',
      element: (
        <>
          <Link to={`/staffing?edit=${added.id}`}>Open it</Link>
          <TimelineScreen />
        </>
      ),
    },
  ];
  const { user, client } = renderRoutes(routes, '/staffing');
  await grid();
  let arrive = (): void => undefined;
  const list = { body: { items: [...assignments, added], nextCursor: null } };
  portal.set('GET /assignments', () => new Promise((resolve) => (arrive = () => resolve(list))));
  act(() => void client.invalidateQueries({ queryKey: ['staffing'] }));
  await user.click(screen.getByRole('link', { name: 'Open it' }));
  act(() => arrive());
  await screen.findByRole('dialog', { name: 'Noor Haddad on Atlas' });
});
