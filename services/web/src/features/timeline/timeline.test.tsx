import { describe, expect, jest, test } from '@jest/globals';
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aChange, ana, aStaffing, atlas, candidates, jonas, noor, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { CoverageCell } from '../../ui/coverage-cell.tsx';
import { TimelineScreen } from './index.tsx';
import { undoState } from './undo.ts';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const open = (at = '/staffing') => renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
const grid = () => screen.findByRole('region', { name: /by project/ });

describe('the timeline by project', () => {
  test('says coverage with its denominator, and every cell in words', async () => {
    aStaffing();
    open();
    await grid();
    expect(document.querySelector('.tools .sum')?.textContent).toBe('13 of 16 project-weeks covered (81 %) · 1 gap');
    expect(screen.getByRole('button', { name: 'Atlas, week of 7 Dec: no sidekick, 8 h sidekick' })).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Ana Duarte · lead · 24 h a week · confirmed/ })).toBeTruthy();
  });

  test('a gap names who could close it and who not, and one click assigns the best', async () => {
    const { portal } = aStaffing();
    const { user } = open();
    await grid();
    await user.click(screen.getByRole('button', { name: 'Atlas, week of 7 Dec: no sidekick, 8 h sidekick' }));
    const pop = within(await screen.findByRole('dialog', { name: 'Atlas has no sidekick 7 Dec – 27 Dec · 3 weeks · 24 h' }));
    const assign = await pop.findByRole('button', { name: 'Assign Noor as sidekick, 8 h/week' });
    expect(document.activeElement).toBe(assign);
    expect(pop.getByText('2 others are ruled out')).toBeTruthy();
    expect(pop.getByText('leads Atlas in these weeks')).toBeTruthy();
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

  test('] stretches the bar that has the focus by a week', async () => {
    const { portal } = aStaffing();
    const { user } = open();
    await grid();
    screen.getByRole('button', { name: /^Ana Duarte · lead/ }).focus();
    await user.keyboard(']');
    await waitFor(() =>
      expect(portal.last('POST', '/changes')?.body).toMatchObject({
        commands: [{ do: 'change', id: idOf(21), version: 4, patch: { from: '2026-10-05', to: '2027-03-21' } }],
      }),
    );
  });

  test('m moves a bar with a preview; one that breaks a rule asks why, and Put back changes nothing', async () => {
    const { portal } = aStaffing();
    portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
    portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks a rule', { broken: [overAllocated] }));
    const { user } = open();
    await grid();
    screen.getByRole('button', { name: /^Jonas Weber · sidekick/ }).focus();
    await user.keyboard('m{ArrowLeft}');
    await screen.findByText('Jonas Weber would be over by 8 h in week 51', { selector: '.drop li' });
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog', { name: /Jonas Weber, sidekick on Atlas, now 21 Dec 2026 – 7 Mar 2027/ }));
    expect(dialog.getByText('Jonas Weber would be over by 8 h in week 51')).toBeTruthy();
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
    const states = ['alone', 'none', 'tentative', 'off', 'thin', 'below-skill', 'covered'] as const;
    const { container } = renderRoutes([{ path: '/', element: states.map((state) => <CoverageCell key={state} state={state} />) }], '/');
    const glyphs = [...container.querySelectorAll('.cv svg path')].map((path) => path.getAttribute('d'));
    expect(new Set(glyphs).size).toBe(states.length);
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
});

describe('the assign form', () => {
  test('lists people by free hours, the rest with their rule, and saves a broken rule only with a reason', async () => {
    const { portal } = aStaffing();
    portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
    const { user } = open(`/staffing?add=${atlas}&role=sidekick&days=2026-12-07+2026-12-27`);
    const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
    expect(form.getByLabelText<HTMLInputElement>('From – to').value).toBe('7 Dec 2026 – 27 Dec 2026');
    const jonasRow = await form.findByRole('radio', { name: /Jonas Weber/ });
    expect(form.getAllByRole('radio').map((radio) => radio.closest('label')?.textContent)).toEqual([
      'Noor Haddad14.4 – 18 hPostgres 4 · knows it: 81 h, warm',
      'Ana Duarteleads Atlas in these weeks',
      'Jonas Weber0 h left in the week of 14 Dec',
    ]);
    await user.click(jonasRow);
    await form.findByText('Jonas Weber would be over by 8 h in week 51');
    await user.click(form.getByRole('button', { name: 'Save anyway' }));
    await form.findByText('Say why: the rule refuses this without a reason');
    expect(portal.last('POST', '/changes')).toBeUndefined();
    await user.type(form.getByLabelText('Why save anyway?'), 'Two weeks only');
    await user.click(form.getByRole('button', { name: 'Save anyway' }));
    await waitFor(() =>
      expect(portal.last('POST', '/changes')?.body).toMatchObject({ accept: ['over-allocated'], reason: 'Two weeks only' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('a preview under way is ended before its commands are saved, and not asked again once they are', async () => {
    const { portal } = aStaffing();
    portal.set('POST /changes/preview', () => new Promise(() => {}));
    let saved = (): void => undefined;
    portal.set('POST /changes', async () => {
      await new Promise<void>((resolve) => {
        saved = resolve;
      });
      return { status: 201, body: { number: 41, items: [], warnings: [] } };
    });
    const { user, client } = open(`/staffing?add=${atlas}&role=sidekick&days=2026-12-07+2026-12-27`);
    const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
    await user.click(await form.findByRole('radio', { name: /Noor Haddad/ }));
    await waitFor(() => expect(portal.last('POST', '/changes/preview')).toBeTruthy());
    await user.click(form.getByRole('button', { name: 'Assign' }));
    await waitFor(() => expect(portal.last('POST', '/changes')).toBeTruthy());
    expect(portal.last('POST', '/changes/preview')?.signal?.aborted).toBe(true);
    // The live event of the change arrives before its answer.
    await client.invalidateQueries({ queryKey: ['staffing'] });
    saved();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(portal.asked.filter(({ path }) => path === '/changes/preview')).toHaveLength(1);
  });

  test('an end before its start is told at the field, and what was typed stays', async () => {
    const { portal } = aStaffing();
    const { user } = open(`/staffing?add=${atlas}`);
    const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
    const range = form.getByLabelText<HTMLInputElement>('From – to');
    await user.clear(range);
    await user.type(range, '7 dec 2026 - 4 dec 2026');
    await user.tab();
    await form.findByText('The end is before the start: 4 Dec < 7 Dec');
    await user.click(form.getByRole('button', { name: 'Assign' }));
    expect(portal.last('POST', '/changes')).toBeUndefined();
    expect(range.value).toBe('7 dec 2026 - 4 dec 2026');
  });
});

describe('the timeline by person', () => {
  test('shows load in per cent of net, free hours and who is over', async () => {
    aStaffing();
    const { user } = open('/staffing?by=person');
    await screen.findByRole('region', { name: /Load by person/ });
    expect(document.querySelector('.tools .sum')?.textContent).toBe('50 % confirmed, 0 % tentative of 1,920 h net · 1 person over');
    expect(
      screen.getByRole('button', { name: /^Jonas Weber, week of 14 Dec: 20 h confirmed, of 40 h net \(50 %\), 4 h over/ }),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show assignments of Jonas Weber' }));
    expect(await screen.findByText('4 h over, 14 Dec – 20 Dec.')).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Atlas · sidekick/ })).toBeTruthy();
  });
});

describe('undo and redo', () => {
  const own = idOf(800);
  test('undo takes the newest own change that stands, never somebody else’s', () => {
    const sets = [aChange(3, { by: { account: jonas, name: 'Jonas' } }), aChange(2), aChange(1)];
    expect(undoState(sets, own).undo?.number).toBe(2);
    expect(undoState(sets, own).redo).toBeNull();
  });
  test('a change that somebody has overtaken is passed over, and it is said which and why', () => {
    const why = 'Jonas changed it since';
    const sets = [
      aChange(3, { undo: { possible: false, why, changedBy: [4] } }),
      aChange(2, { undo: { possible: true, why: null, changedBy: [] } }),
    ];
    expect([undoState(sets, own).undo?.number, undoState(sets, own).skipped?.undo?.why]).toEqual([2, why]);
    expect(undoState(sets.slice(1), own).skipped).toBeNull();
  });
  test('after an undo, redo takes the undo back and undo goes further down', () => {
    const sets = [aChange(3, { undoes: 2 }), aChange(2, { undoneBy: 3 }), aChange(1)];
    expect([undoState(sets, own).undo?.number, undoState(sets, own).redo?.number]).toEqual([1, 3]);
  });
  test('a redone change can be undone again', () => {
    const sets = [aChange(4, { undoes: 3 }), aChange(3, { undoes: 2, undoneBy: 4 }), aChange(2, { undoneBy: 3 }), aChange(1)];
    expect([undoState(sets, own).undo?.number, undoState(sets, own).redo]).toEqual([4, null]);
  });
});
