import { expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { answerLost, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aProject, aStaffing, aTimeline, atlas, candidates, noor } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const open = (at = '/staffing') => renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
const grid = () => screen.findByRole('region', { name: /by project/ });

test('a gap names who could close it and who not, and one click assigns the best', async () => {
  const { portal } = aStaffing();
  const { user } = open();
  await grid();
  await user.click(screen.getByRole('button', { name: 'Atlas, week of 7 Dec: no sidekick, 8 h sidekick' }));
  const pop = within(await screen.findByRole('dialog', { name: 'Atlas has no sidekick 7 Dec – 27 Dec · 3 weeks · 24 h' }));
  const assign = await pop.findByRole('button', { name: 'Assign Noor as sidekick, 8 h/week' });
  expect(document.activeElement).toBe(assign);
  expect(pop.getByText('2 others are ruled out')).toBeTruthy();
  expect(pop.getByText('already leads Atlas, 7 Dec – 27 Dec, so cannot be the sidekick there')).toBeTruthy();
  await user.click(assign);
  await screen.findByText(/Noor Haddad is sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec 2026/, { selector: '.toast span' });
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    accept: [],
    commands: [
      {
        do: 'create',
        kind: 'assignment',
        record: { person: noor, project: atlas, role: 'sidekick', from: '2026-12-07', to: '2026-12-27', hoursPerWeek: 8 },
      },
    ],
  });
});

test('who is contributor there already is offered: another role for that work, or more beside it; the order is said', async () => {
  const { portal } = aStaffing();
  const already = [{ assignment: idOf(21), role: 'contributor' as const, hoursPerWeek: 16, state: 'confirmed' as const }];
  const [first] = candidates.candidates;
  if (!first) throw new Error('There is a candidate');
  const order = ['has every required skill', 'most hours left over these weeks'];
  portal.set('GET /candidates', { body: { ...candidates, order, candidates: [{ ...first, person: ana, already }] } });
  const { user } = open(`/staffing?cell=${atlas}+2026-W50`);
  const pop = within(await screen.findByRole('dialog'));
  await pop.findByText('Order: has every required skill, then most hours left over these weeks');
  expect(pop.getByRole('button', { name: 'Assign Ana as sidekick, 8 h more' })).toBeTruthy();
  await pop.findByText(/Is contributor there already, 16 h a week/);
  await user.click(pop.getByRole('button', { name: 'Make the contributor work sidekick' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'change', kind: 'assignment', id: idOf(21), version: 4, patch: { role: 'sidekick' } }],
    }),
  );
});

test('Undo in the notice takes the change set back', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes/41/undo', { status: 201, body: { number: 42, items: [], warnings: [] } });
  const { user } = open(`/staffing?cell=${atlas}+2026-W50`);
  await user.click(await screen.findByRole('button', { name: 'Assign Noor as sidekick, 8 h/week' }));
  await user.click(
    within(screen.getByRole('region', { name: 'Notices' }))
      .getAllByRole('button', { name: 'Undo' })
      .at(-1) as HTMLElement,
  );
  await waitFor(() => expect(portal.last('POST', '/changes/41/undo')).toBeTruthy());
  await screen.findByText(/^Undone: Noor Haddad is sidekick/, { selector: '.toast span' });
});

test('a click repeated after an answer that was lost asks for the same change again, not for a second one', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes', problem(503, 'away', 'The store is away'));
  const { user } = open(`/staffing?cell=${atlas}+2026-W50`);
  const pop = within(await screen.findByRole('dialog'));
  const assign = await pop.findByRole('button', { name: 'Assign Noor as sidekick, 8 h/week' });
  await user.click(assign);
  await pop.findByText('This was not saved');
  portal.set('POST /changes', answerLost);
  await user.click(assign);
  await pop.findByText('It is not known whether this was saved');
  const sent = () => portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes');
  await waitFor(() => expect(sent()).toHaveLength(2));
  const [first, second] = sent();
  expect(second?.body).toEqual(first?.body);
});

test('a gap without an end asks for the same days here and in the form', async () => {
  const { portal, people, assignments } = aStaffing();
  portal.set('GET /projects', { body: { items: [aProject(atlas, 'Atlas', { to: null })], nextCursor: null } });
  portal.set('GET /timeline', ({ query }) => {
    const timeline = aTimeline(query.get('from') ?? '', query.get('to') ?? '', people, assignments);
    const [project] = timeline.projects;
    const gaps = project?.gaps.map((gap) => ({ ...gap, open: true }));
    return { body: { ...timeline, projects: [{ ...project, gaps }] } };
  });
  const { user } = open(`/staffing?cell=${atlas}+2026-W50`);
  await user.click(await screen.findByRole('button', { name: 'Change first…' }));
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await form.findByRole('radio', { name: /Noor Haddad/ });
  const asked = portal.asked.filter(({ path }) => path === '/candidates').map(({ query }) => query.get('to'));
  expect(new Set(asked)).toEqual(new Set(['2028-12-03']));
});
