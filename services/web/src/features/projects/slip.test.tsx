import { beforeEach, describe, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { list, routes } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aProject, aStaffing, atlas, jonas, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  clearToasts();
});

const was = { from: '2026-10-05', to: '2027-03-14' };
const later = '5 Oct 2026 - 28 Mar 2027';
const project = { do: 'change', kind: 'project', id: atlas, version: 1, patch: { to: '2027-03-28', baseline: was } };
const lead = { do: 'change', kind: 'assignment', id: idOf(21), version: 4, patch: { to: '2027-03-28' } };
const moved = { do: 'change', kind: 'assignment', id: idOf(22), version: 4, patch: { from: '2027-01-11', to: '2027-03-28' } };

async function slipAtlas(openings: object[] = []) {
  const { portal } = aStaffing();
  portal.set('GET /openings', list(openings));
  const view = renderRoutes(routes, `/projects/${atlas}`);
  await view.user.click(await screen.findByRole('link', { name: 'It slips…' }));
  const form = within(await screen.findByRole('dialog', { name: 'Atlas slips' }));
  const type = async (text: string) => {
    await view.user.clear(form.getByLabelText('New dates'));
    await view.user.type(form.getByLabelText('New dates'), text);
  };
  const saved = () => portal.last('POST', '/changes')?.body as { commands: unknown[]; reason?: string; accept: string[] } | undefined;
  return { portal, form, type, saved, ...view };
}

describe('a project that slips', () => {
  test('asks what each assignment does, shows what that means for everybody, and saves it as one change set', async () => {
    const { portal, form, type, saved, user, address } = await slipAtlas();
    portal.set('POST /changes/preview', {
      body: { ...nothingBreaks, load: [{ person: jonas, week: '2027-W02', before: { hours: 8, net: 40 }, after: { hours: 0, net: 40 } }] },
    });
    await type(later);
    form.getByText('Until now 5 Oct 2026 – 14 Mar 2027, ends 14 days later');
    const ofAna = form.getByLabelText<HTMLSelectElement>('Ana Duarte, lead, 24 h a week');
    const ofJonas = form.getByLabelText<HTMLSelectElement>('Jonas Weber, sidekick, 8 h a week');
    const words = (select: HTMLSelectElement) => [...select.options].map(({ text }) => text);
    expect(words(ofAna)).toEqual(['Stretch to the new end: 5 Oct 2026 – 28 Mar 2027', 'Keep: 5 Oct 2026 – 14 Mar 2027']);
    expect(words(ofJonas)).toEqual([
      'Move along: 11 Jan – 28 Mar 2027',
      'Stretch to the new end: 28 Dec 2026 – 28 Mar 2027',
      'Keep: 28 Dec 2026 – 14 Mar 2027',
    ]);
    await form.findByRole('heading', { name: 'Jonas Weber: load' });
    expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({ commands: [project, lead, moved] });
    await user.selectOptions(ofAna, 'keep');
    await waitFor(() => expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({ commands: [project, moved] }));
    await user.type(form.getByLabelText('Why does it slip?'), 'The client asked');
    await user.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saved()).toMatchObject({ commands: [project, moved], reason: 'The client asked', accept: [] }));
    await waitFor(() => expect(address()).toBe(`/projects/${atlas}`));
  });

  test('asks about its open places too', async () => {
    const place = { id: idOf(71), version: 7, project: atlas, role: 'lead', from: '2027-01-04', to: '2027-02-28', hoursPerWeek: 24 };
    const { form, type, saved, user } = await slipAtlas([{ ...place, skills: [], private: { note: null }, sample: false }]);
    await type(later);
    const select = form.getByLabelText<HTMLSelectElement>('Open place: lead, 24 h a week');
    expect([...select.options].map(({ text }) => text)).toEqual([
      'Move along: 18 Jan – 14 Mar 2027',
      'Stretch to the new end: 4 Jan – 28 Mar 2027',
      'Keep: 4 Jan – 28 Feb 2027',
      'Remove it: nobody is wanted there',
    ]);
    await user.selectOptions(select, 'remove');
    await user.click(form.getByRole('button', { name: 'Save' }));
    const removed = { do: 'delete', kind: 'opening', id: idOf(71), version: 7 };
    await waitFor(() => expect(saved()).toMatchObject({ commands: [project, lead, moved, removed] }));
  });

  test('is saved against a rule with a reason alone', async () => {
    const { portal, form, type, saved, user } = await slipAtlas();
    portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
    await type(later);
    await form.findByText(overAllocated.message);
    await user.click(form.getByRole('button', { name: 'Save anyway' }));
    await form.findByText('Say why: the rule refuses this without a reason');
    expect(saved()).toBeUndefined();
    await user.type(form.getByLabelText('Why save anyway?'), 'Agreed');
    await user.click(form.getByRole('button', { name: 'Save anyway' }));
    await waitFor(() => expect(saved()).toMatchObject({ accept: ['over-allocated'], reason: 'Agreed' }));
  });

  test('keeps what was chosen when somebody else was faster, and looks at it anew when told to', async () => {
    const { portal, form, type, saved, user } = await slipAtlas();
    await type(later);
    portal.set('GET /projects', list([aProject(atlas, 'Atlas', { version: 9, priority: 2 })]));
    portal.set(
      'POST /changes',
      problem(412, 'stale', 'Changed meanwhile', { current: { kind: 'project', id: atlas, version: 9, record: {} } }),
    );
    await user.click(form.getByRole('button', { name: 'Save' }));
    const anew = await form.findByRole('button', { name: 'Look at it as it is now' });
    await waitFor(() => expect(portal.asked.filter(({ path }) => path === '/projects').length).toBeGreaterThan(1));
    portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
    await user.click(anew);
    await user.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saved()?.commands[0]).toEqual({ ...project, version: 9 }));
  });

  test('an end that was not typed goes with what somebody else made of it', async () => {
    const { portal, form, type, saved, user } = await slipAtlas();
    await type('12 Oct 2026 - 14 Mar 2027');
    portal.set('GET /projects', list([aProject(atlas, 'Atlas', { version: 9, to: '2027-04-11' })]));
    portal.set(
      'POST /changes',
      problem(412, 'stale', 'Changed meanwhile', { current: { kind: 'project', id: atlas, version: 9, record: {} } }),
    );
    await user.click(form.getByRole('button', { name: 'Save' }));
    const anew = await form.findByRole('button', { name: 'Look at it as it is now' });
    await waitFor(() => expect(portal.asked.filter(({ path }) => path === '/projects').length).toBeGreaterThan(1));
    await user.click(anew);
    expect(form.getByLabelText<HTMLInputElement>('New dates').value).toBe('12 Oct 2026 – 11 Apr 2027');
    portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
    await user.click(form.getByRole('button', { name: 'Save' }));
    const baseline = { ...was, to: '2027-04-11' };
    await waitFor(() => expect(saved()?.commands[0]).toEqual({ ...project, version: 9, patch: { from: '2026-10-12', baseline } }));
  });

  test('with the dates that it has is told so at the field', async () => {
    const { form, saved, user } = await slipAtlas();
    await user.click(form.getByRole('button', { name: 'Save' }));
    await form.findByText('These are the dates that it has');
    expect(saved()).toBeUndefined();
  });
});

test('a project that has slipped tells on its page and on the timeline what was first planned', async () => {
  const { portal } = aStaffing();
  portal.set('GET /projects', list([aProject(atlas, 'Atlas', { to: '2027-03-28', baseline: was })]));
  const page = renderRoutes(routes, `/projects/${atlas}`);
  const about = within(await screen.findByRole('region', { name: 'About' }));
  expect(about.getByText('First planned').parentElement?.textContent).toBe(
    'First planned5 Oct 2026 – 14 Mar 2027It ends 14 days later now',
  );
  page.unmount();
  renderRoutes(routes, '/staffing');
  expect((await screen.findByTitle('First planned 5 Oct 2026 – 14 Mar 2027')).className).toBe('first');
});
