import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { act, cleanup, configure, screen, waitFor, within } from '@testing-library/react';
import { tabId } from '../app/tab.ts';
import { aMe } from '../testing/builders.ts';
import { type Answer, answerLost, idOf, problem } from '../testing/portal.ts';
import { asJonas, keeps, list, one, openAssignment, routes, saves } from '../testing/record-form.tsx';
import { renderRoutes } from '../testing/render.tsx';
import { anAssignment, ana, aPerson, aProject, aStaffing, atlas, jonas } from '../testing/staffing.ts';
import { clearToasts } from '../ui/toast.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

describe('somebody else saved while the form was open', () => {
  test('another field: what was changed here is sent against the loaded version, then by itself against the newest, and that is told', async () => {
    const { portal, type, save } = await openAssignment();
    await type('6,5');
    await save();
    await screen.findByText(/Bea Holt changed meanwhile, and it stays: State Tentative/, { selector: '.toast small' });
    expect(saves(portal)).toEqual([
      { do: 'change', kind: 'assignment', id: one, version: 4, patch: { hoursPerWeek: 6.5 } },
      { do: 'change', kind: 'assignment', id: one, version: 5, patch: { hoursPerWeek: 6.5 } },
    ]);
  });

  test('the same field: both values stand side by side, and nothing is saved until one is chosen', async () => {
    const { portal, form, type, save } = await openAssignment(anAssignment(one, jonas, { ...asJonas, version: 5, hoursPerWeek: 12 }));
    await type('6.5');
    await save();
    const both = await form.findByRole('region', { name: 'Hours a week: both of you changed it' });
    expect(document.activeElement).toBe(both);
    expect(both.textContent).toMatch(/Mine6.5 h.*Bea Holt12 h.*It was 8 h/);
    await save();
    expect(saves(portal)).toHaveLength(1);
    await userClicks(both, 'Keep mine');
    await save();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(saves(portal).at(-1)).toMatchObject({ version: 5, patch: { hoursPerWeek: 6.5 } });
  });

  test('a live update leaves the fields and the focus as they were, says what is new, and taking theirs changes nothing', async () => {
    const { portal, form, hours, type, save, live } = await openAssignment(
      anAssignment(one, jonas, { ...asJonas, version: 5, hoursPerWeek: 12, state: 'tentative' }),
    );
    await type('6.5');
    await live();
    await form.findByText(/^State:/);
    expect(document.activeElement).toBe(hours);
    expect([hours.value, form.getByRole('button', { name: 'Confirmed' }).getAttribute('aria-pressed')]).toEqual(['6.5', 'true']);
    await userClicks(form.getByRole('region', { name: /both of you/ }), 'Take theirs');
    expect(hours.value).toBe('12');
    await save();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    // The one try against the loaded version, which is refused; over the newest nothing is left to send.
    expect(saves(portal)).toMatchObject([{ version: 4, patch: { hoursPerWeek: 12 } }]);
  });

  test('the same value in another spelling is no conflict', async () => {
    const { form, type, live } = await openAssignment(
      anAssignment(one, jonas, { ...asJonas, version: 5, hoursPerWeek: 6.5, state: 'tentative' }),
    );
    await type('6,5');
    await live();
    await form.findByText(/^State:/);
    expect(form.queryByRole('region', { name: /both of you/ })).toBeNull();
  });

  test('the own save, back in the lists before its answer is through, is nobody else’s', async () => {
    const { portal, form, type, client, user } = await openAssignment();
    // With what somebody else saved right behind it.
    const mine = anAssignment(one, jonas, { ...asJonas, version: 6, role: 'lead', hoursPerWeek: 6.5 });
    portal.set('GET /assignments', list([anAssignment(idOf(21), ana), mine]));
    portal.set('POST /changes', { status: 201, body: { number: 5, items: [], warnings: [] } });
    let through = (): void => undefined;
    portal.set('GET /time-off', () => new Promise((resolve) => (through = () => resolve(list([])))));
    await type('6,5');
    await user.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(client.getQueryData<{ value: unknown }>(['staffing', 'assignments'])?.value).toContainEqual(
        expect.objectContaining({ version: 6 }),
      ),
    );
    expect(form.queryByText(/while you had it open/)).toBeNull();
    through();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('removed, and brought back by Undo in the history: the open form saves over it', async () => {
    const { portal, form, type, save, live } = await openAssignment(anAssignment(one, jonas, { ...asJonas, version: 6 }));
    portal.set('POST /changes', problem(412, 'stale', 'It was deleted', { current: { kind: 'assignment', id: one, version: null } }));
    await type('6.5');
    await save();
    await form.findByText('Somebody removed this while you had it open.');
    keeps(portal, 'assignment', anAssignment(one, jonas, { ...asJonas, version: 6 }));
    await live();
    await form.findByRole('button', { name: 'Save' });
    await save();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(saves(portal).at(-1)).toMatchObject({ version: 6, patch: { hoursPerWeek: 6.5 } });
  });

  test('removed by somebody else: the form stays with what was typed and says so', async () => {
    const { form, hours, type, portal, client } = await openAssignment();
    await type('6.5');
    portal.set('GET /assignments', list([anAssignment(idOf(21), ana)]));
    await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
    await form.findByText('Somebody removed this while you had it open.');
    expect(hours.value).toBe('6.5');
    expect(form.queryByRole('button', { name: 'Save' })).toBeNull();
    form.getByText('Removed meanwhile');
    cleanup();
    // After a reload the record is nowhere, and what was typed is.
    renderRoutes(routes, `/staffing?edit=${one}`);
    const again = within(await screen.findByRole('dialog', { name: 'Jonas Weber on Atlas' }));
    again.getByText('Somebody removed this while you had it open.');
    expect(again.getByLabelText<HTMLInputElement>('Hours a week').value).toBe('6.5');
    cleanup();
    // And so in another tab, once this one is closed.
    for (const [key, text] of Object.entries(localStorage)) {
      localStorage.removeItem(key);
      localStorage.setItem(key.replace(tabId(), idOf(77)), text as string);
    }
    const other = renderRoutes(routes, `/staffing?edit=${one}`);
    await other.user.click(await screen.findByRole('button', { name: 'Take it' }));
    expect(within(screen.getByRole('dialog', { name: 'Jonas Weber on Atlas' })).getByDisplayValue('6.5')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  test('a person: skills are merged line by line, and private words that were not touched are not sent', async () => {
    const { portal } = aStaffing();
    const skill = (name: string, level: number) => ({ skill: name, level });
    keeps(portal, 'person', aPerson(ana, 'Ana Duarte', { version: 7, skills: [skill('Postgres', 4), skill('Vue', 2)], timeZone: 'UTC' }));
    const { user } = renderRoutes(routes, `/people/${ana}/edit`);
    const form = within(await screen.findByRole('dialog', { name: 'Ana Duarte' }));
    await user.selectOptions(form.getByLabelText('Level of Postgres'), '5');
    await user.click(form.getByRole('button', { name: 'Save' }));
    await screen.findByText(/Bea Holt changed meanwhile, and it stays: Time zone UTC, Skills/, { selector: '.toast small' });
    expect(saves(portal).map(({ version, patch }) => [version, patch])).toEqual([
      [1, { skills: [skill('Postgres', 5)] }],
      [7, { skills: [skill('Postgres', 5), skill('Vue', 2)] }],
    ]);
  });

  test('a project: removing what was changed meanwhile asks once more', async () => {
    const { portal } = aStaffing();
    keeps(portal, 'project', aProject(atlas, 'Atlas', { version: 3, client: 'Other' }));
    const { user } = renderRoutes(routes, `/projects/${atlas}/edit`);
    const form = within(await screen.findByRole('dialog', { name: 'Atlas' }));
    await user.click(form.getByRole('button', { name: 'Remove' }));
    await form.findByText(/It was changed since you opened it/);
    await user.click(form.getByRole('button', { name: 'Remove anyway' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(saves(portal).map(({ version }) => version)).toEqual([1, 3]);
  });
});

describe('what is typed', () => {
  test('is kept on Escape, which says so, and is back after a reload; Start again shows the record', async () => {
    const { type, user } = await openAssignment();
    await type('6.5');
    await user.keyboard('{Escape}');
    await screen.findByText(/What you typed is kept/, { selector: '.toast span' });
    cleanup();
    const again = await openAssignment();
    await again.form.findByText('What you typed before is back.');
    expect(again.hours.value).toBe('6.5');
    await again.user.click(again.form.getByRole('button', { name: 'Start again' }));
    expect(again.hours.value).toBe('8');
    await again.user.click(screen.getByRole('button', { name: 'Bring it back' }));
    expect(again.hours.value).toBe('6.5');
  });

  test('has lines of its own after a reload: what is typed in a new one stays out of those that were kept', async () => {
    // Each document starts from nothing.
    const lineOf = async (skill: string) => {
      jest.resetModules();
      const { typedSkills } = await import('./skills-field.tsx');
      return typedSkills([{ skill, level: 3 }])[0];
    };
    const [kept, added] = [await lineOf('Go'), await lineOf('Rust')];
    expect(added?.key).not.toBe(kept?.key);
  });

  test('and saved closes its form once: left before the answer, it leads nowhere else', async () => {
    const { portal } = aStaffing();
    let answer = (_: number): void => undefined;
    portal.set('POST /changes', () => new Promise((resolve) => (answer = (status) => resolve(outcomes(status)))));
    const { user, address } = renderRoutes(routes, '/staffing?by=person');
    await user.click(await screen.findByRole('link', { name: '3 people' }));
    await user.click(await screen.findByRole('link', { name: 'Ana Duarte' }));
    // The entry as the browser's router would have counted it.
    window.history.replaceState({ idx: 2 }, '');
    const leave = async () => {
      await user.click(await screen.findByRole('link', { name: 'Edit' }));
      const form = within(await screen.findByRole('dialog', { name: 'Ana Duarte' }));
      await user.type(form.getByLabelText('Note'), 'x');
      await user.click(form.getByRole('button', { name: 'Save' }));
      await user.keyboard('{Escape}');
      await waitFor(() => expect(address()).toBe(`/people/${ana}`));
    };
    await leave();
    answer(201);
    await screen.findByText('Ana Duarte is changed', { selector: '.toast span' });
    await act(() => waitFor(() => expect(localStorage.length).toBe(0)));
    expect(address()).toBe(`/people/${ana}`);
    await leave();
    answer(503);
    await screen.findByText('This was not saved: open it to try again', { selector: '.toast span' });
    await leave();
    answer(0);
    await screen.findByText('It is not known whether this was saved: open it to see', { selector: '.toast span' });
    window.history.replaceState(null, '');
  });

  test('and refused once somebody else has signed in here, it is not told to that account', async () => {
    const { portal } = aStaffing();
    let answer = (): void => undefined;
    portal.set('POST /changes', () => new Promise((resolve) => (answer = () => resolve(outcomes(503)))));
    const { user, client } = renderRoutes(routes, `/people/${ana}/edit`);
    const form = within(await screen.findByRole('dialog', { name: 'Ana Duarte' }));
    await user.type(form.getByLabelText('Note'), 'x');
    await user.click(form.getByRole('button', { name: 'Save' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    act(() => client.setQueryData(['gateway', 'me'], aMe({ roles: ['manager'], account: idOf(999) })));
    await act(async () => answer());
    await act(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(screen.queryByText(/This was not saved/)).toBeNull();
  });

  test('and overtaken by somebody else is not sent again once another has signed in here', async () => {
    const { portal, type, save, client } = await openAssignment();
    await type('6.5');
    const { version, ...record } = anAssignment(one, jonas, { ...asJonas, version: 5, state: 'tentative' });
    const current = { kind: 'assignment', id: one, version, record };
    let answer = (): void => undefined;
    portal.set('POST /changes', () => new Promise((resolve) => (answer = () => resolve(problem(412, 'stale', 'Changed', { current })))));
    await save();
    await waitFor(() => expect(saves(portal)).toHaveLength(1));
    act(() => client.setQueryData(['gateway', 'me'], aMe({ roles: ['manager'], account: idOf(999) })));
    await act(async () => answer());
    await act(async () => undefined);
    expect(saves(portal)).toHaveLength(1);
  });

  test('is thrown away by Cancel, and can be brought back', async () => {
    const { type, form, user } = await openAssignment();
    await type('6.5');
    await user.click(form.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Bring it back' }));
    const hours = within(await screen.findByRole('dialog')).getByLabelText<HTMLInputElement>('Hours a week');
    await waitFor(() => expect(hours.value).toBe('6.5'));
  });

  test('belongs to the account: the next one to sign in here sees the record as it is', async () => {
    const { portal } = aStaffing();
    portal.set('GET /me', { body: aMe({ roles: ['manager'] }) });
    const first = renderRoutes(routes, '/people/new');
    await first.user.type(await screen.findByLabelText('Note'), 'private words');
    cleanup();
    portal.set('GET /me', { body: aMe({ roles: ['manager'], account: idOf(999) }) });
    renderRoutes(routes, '/people/new');
    const form = within(await screen.findByRole('dialog', { name: 'New person' }));
    expect(form.getByLabelText<HTMLTextAreaElement>('Note').value).toBe('');
  });
});

/** 0: lost. */
function outcomes(status: number): Answer {
  if (status === 0) return answerLost;
  return status === 201 ? { status, body: { number: 5, items: [], warnings: [] } } : problem(status, 'away', 'The store is away');
}

async function userClicks(inside: HTMLElement, name: string): Promise<void> {
  act(() => within(inside).getByRole('button', { name }).click());
}
