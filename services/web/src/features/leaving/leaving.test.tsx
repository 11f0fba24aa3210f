import { beforeEach, describe, expect, test } from '@jest/globals';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import { aPage } from '../../testing/builders.ts';
import { idOf, problem } from '../../testing/portal.ts';
import { list, recordRoutes } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, anAssignment, ana, aPerson, aStaffing, atlas, jonas, noor, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  clearToasts();
});

const lead = idOf(21);
const contract = { do: 'change', kind: 'person', id: ana, version: 1, patch: { contract: { to: '2026-12-18' } } };
const cut = { do: 'change', kind: 'assignment', id: lead, version: 4, patch: { to: '2026-12-18' } };
const own = (person: string) => ({ type: 'person' as const, id: person });
const docs = { type: 'team' as const, id: 'Docs' };
/** As the list has it: without its text and what is around it. */
function page(number: number, title: string) {
  const page = aPage({ id: idOf(number), title, path: title.toLowerCase(), owners: [own(ana)] });
  const { html: _html, headings: _headings, breadcrumb: _crumbs, children: _children, previous: _previous, next: _next, ...summary } = page;
  const { linkedFrom: _linked, minutes: _minutes, ...listed } = summary;
  return listed;
}

async function anaLeaves(setUp: (portal: ReturnType<typeof aStaffing>['portal']) => void = () => {}) {
  const { portal } = aStaffing({ leave: [aLeave(idOf(31), ana)] });
  setUp(portal);
  const view = renderRoutes(recordRoutes, `/people/${ana}`);
  await view.user.click(await screen.findByRole('link', { name: 'Leaves…' }));
  const form = within(await screen.findByRole('dialog', { name: 'Ana Duarte leaves' }));
  const type = async (text: string) => {
    await view.user.clear(form.getByLabelText('Last day'));
    await view.user.type(form.getByLabelText('Last day'), text);
  };
  const saved = () => portal.last('POST', '/changes')?.body as { commands: unknown[]; reason?: string; accept: string[] } | undefined;
  const save = () => view.user.click(form.getByRole('button', { name: /Save/ }));
  return { portal, form, type, save, saved, ...view };
}

describe('somebody who leaves', () => {
  test('hands work over to a candidate, sees what that means, and all of it is one change set', async () => {
    const { portal, form, type, save, saved, user, address } = await anaLeaves();
    portal.set('POST /changes/preview', {
      body: { ...nothingBreaks, load: [{ person: noor, week: '2026-W52', before: { hours: 8, net: 40 }, after: { hours: 32, net: 40 } }] },
    });
    await type('18 Dec');
    const work = await form.findByLabelText<HTMLSelectElement>('Lead on Atlas, 24 h a week');
    await waitFor(() => expect(work.options).toHaveLength(4));
    expect([...work.options].map(({ text }) => text)).toEqual([
      'End on 18 Dec 2026',
      'Keep the place open',
      'Noor Haddad: 14.4 – 18 h free a week',
      'Jonas Weber: 0 h left in the week of 14 Dec',
    ]);
    expect(portal.last('GET', '/candidates')?.query.get('from')).toBe('2026-12-19');
    expect(form.getByLabelText<HTMLInputElement>('Withdraw: 21 Dec – 24 Dec 2026, asked for').checked).toBe(true);
    await user.selectOptions(work, noor);
    await form.findByRole('heading', { name: 'Noor Haddad: load' });
    await user.type(form.getByLabelText('What is there to say about it?'), 'A new job');
    await save();
    await waitFor(() => expect(saved()).toMatchObject({ reason: 'A new job', accept: [] }));
    const record = { person: noor, project: atlas, role: 'lead', from: '2026-12-19', to: '2027-03-14', hoursPerWeek: 24 };
    expect(saved()?.commands).toEqual([
      contract,
      cut,
      expect.objectContaining({ do: 'create', kind: 'assignment', record: { ...record, state: 'confirmed', sample: false } }),
      { do: 'delete', kind: 'timeOff', id: idOf(31), version: 2 },
    ]);
    await waitFor(() => expect(address()).toBe(`/people/${ana}`));
    await screen.findByText('Ana Duarte leaves: the last day is 18 Dec 2026');
  });

  test('needs a day, and a reason where a rule is broken', async () => {
    const { portal, form, type, save, saved, user } = await anaLeaves();
    await save();
    await form.findByText('Type the last day that they work');
    portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
    await type('18 Dec');
    await form.findByText(overAllocated.message);
    await save();
    await form.findByText('Say why: the rule refuses this without a reason');
    expect(saved()).toBeUndefined();
    await user.type(form.getByLabelText('Why save anyway?'), 'Agreed');
    await save();
    await waitFor(() => expect(saved()).toMatchObject({ accept: ['over-allocated'], reason: 'Agreed' }));
  });

  test('is told what somebody else handed over meanwhile with both values, and saves over what stands now', async () => {
    const { portal, form, type, save, saved, user, client } = await anaLeaves();
    await type('18 Dec');
    const work = await form.findByLabelText<HTMLSelectElement>('Lead on Atlas, 24 h a week');
    await waitFor(() => expect(work.options).toHaveLength(4));
    await user.selectOptions(work, jonas);
    const noors = anAssignment(idOf(29), noor, { from: '2026-12-14', version: 9 });
    portal.set('GET /assignments', list([anAssignment(lead, ana, { version: 9, hoursPerWeek: 16 }), noors]));
    await client.invalidateQueries({ queryKey: ['staffing'] });
    const both = within(await form.findByRole('region', { name: 'Lead on Atlas: both of you changed it' }));
    both.getByText('Jonas Weber 19 Dec 2026 – 14 Mar 2027');
    both.getByText(/; Noor Haddad, 24 h a week, 14 Dec 2026 – 14 Mar 2027/);
    await save();
    await form.findByText(/choose above which of both stays/);
    expect(saved()).toBeUndefined();
    await user.click(both.getByRole('button', { name: 'Take theirs' }));
    await save();
    await waitFor(() => expect(saved()?.commands).toContainEqual({ ...cut, version: 9 }));
    expect(saved()?.commands.some((one) => (one as { do: string }).do === 'create')).toBe(false);
  });

  test('withdraws no leave that came after the form was opened, until it is ticked', async () => {
    const { portal, form, type, save, saved, user, client } = await anaLeaves();
    await type('18 Dec');
    await form.findByLabelText('Withdraw: 21 Dec – 24 Dec 2026, asked for');
    portal.set(
      'GET /time-off',
      list([aLeave(idOf(31), ana, { version: 8, state: 'approved' }), aLeave(idOf(32), ana, { from: '2027-01-04', to: '2027-01-05' })]),
    );
    await client.invalidateQueries({ queryKey: ['staffing'] });
    const approved = await form.findByLabelText<HTMLInputElement>('Withdraw: 21 Dec – 24 Dec 2026, approved');
    const came = form.getByLabelText<HTMLInputElement>('Withdraw: 4 Jan – 5 Jan 2027, asked for');
    expect([approved.checked, came.checked]).toEqual([false, false]);
    await user.click(approved);
    expect(approved.checked).toBe(true);
    await save();
    await waitFor(() => expect(saved()?.commands).toContainEqual({ do: 'delete', kind: 'timeOff', id: idOf(31), version: 8 }));
    expect(saved()?.commands).not.toContainEqual(expect.objectContaining({ id: idOf(32) }));
  });

  test('is told after a lost race that nothing is saved, and keeps what was chosen', async () => {
    const { portal, form, type, save, saved } = await anaLeaves();
    await type('18 Dec');
    await form.findByLabelText('Lead on Atlas, 24 h a week');
    portal.set('GET /assignments', list([anAssignment(lead, ana, { version: 9 })]));
    portal.set(
      'POST /changes',
      problem(412, 'stale', 'Changed meanwhile', { current: { kind: 'assignment', id: lead, version: 9, record: {} } }),
    );
    await save();
    await form.findByText(/nothing is saved yet/);
    portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
    await waitFor(async () => {
      await save();
      expect(saved()?.commands).toContainEqual({ ...cut, version: 9 });
    });
  });
});

describe('pages of somebody who leaves', () => {
  test('go to somebody else after the change set, each is told, and what failed can be asked for again', async () => {
    const { portal, form, type, save, user } = await anaLeaves((portal) =>
      portal.set('GET /pages', list([page(61, 'Onboarding'), page(62, 'Releases'), page(63, 'Secrets')])),
    );
    const asked: string[] = [];
    portal.set(`PATCH /pages/${idOf(61)}`, ({ headers, body }) => {
      asked.push(`${headers.get('if-match')} ${JSON.stringify(body)}`);
      return headers.get('if-match') === '"5"' ? { body: aPage({ id: idOf(61), version: 6 }) } : problem(412, 'stale-page', 'Changed');
    });
    portal.set(`GET /pages/${idOf(61)}`, {
      body: aPage({ id: idOf(61), version: 5, owners: [docs, own(ana)] }),
    });
    portal.set(`PATCH /pages/${idOf(62)}`, problem(412, 'stale-page', 'Changed'));
    portal.set(`GET /pages/${idOf(62)}`, { body: aPage({ id: idOf(62), version: 4, owners: [own(jonas)] }) });
    portal.set(`PATCH /pages/${idOf(63)}`, problem(503, 'unavailable', 'The handbook is away'));
    await type('18 Dec');
    await user.selectOptions(await form.findByLabelText('All 3 pages'), noor);
    expect(form.queryByLabelText(/Releases/)).toBeNull();
    await user.click(form.getByText('Each by itself'));
    expect((await form.findByLabelText<HTMLSelectElement>(/Releases/)).value).toBe(noor);
    await save();
    const told = within(await form.findByRole('list', { name: 'What became of the pages' }));
    await waitFor(() =>
      expect(told.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
        'Onboarding is owned by Noor Haddad',
        'Releases was taken from them meanwhile: Jonas Weber owns it, not Noor Haddad',
        'Secrets was not handed over: The handbook is away',
      ]),
    );
    expect(asked).toEqual([`"3" ${JSON.stringify({ owners: [own(noor)] })}`, `"5" ${JSON.stringify({ owners: [docs, own(noor)] })}`]);
    expect(portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes')).toHaveLength(1);
    portal.set(`PATCH /pages/${idOf(63)}`, { body: aPage({ id: idOf(63) }) });
    await user.click(form.getByRole('button', { name: 'Try that page again' }));
    await told.findByText((_, element) => element?.textContent === 'Secrets is owned by Noor Haddad');
  });

  test('that are not handed over yet outlive the form, and what fails once it is closed is told', async () => {
    const { portal, form, type, save, user } = await anaLeaves((portal) => {
      portal.set('GET /time-off', list([]));
      portal.set('GET /pages', list([page(61, 'Onboarding'), page(62, 'Releases')]));
    });
    let answer: () => void = () => undefined;
    portal.set(`PATCH /pages/${idOf(61)}`, () => {
      portal.set('GET /pages', list([page(62, 'Releases')]));
      return { body: aPage({ id: idOf(61) }) };
    });
    portal.set(`PATCH /pages/${idOf(62)}`, () => new Promise((done) => (answer = () => done(problem(503, 'unavailable', 'Away')))));
    portal.set('POST /changes', () => {
      portal.set(
        'GET /people',
        list([aPerson(ana, 'Ana Duarte', { version: 2, contract: { from: null, to: '2026-12-18' } }), aPerson(noor, 'Noor Haddad')]),
      );
      portal.set('GET /assignments', list([anAssignment(lead, ana, { version: 5, to: '2026-12-18' })]));
      return { status: 201, body: { number: 41, items: [], warnings: [] } };
    });
    await type('18 Dec');
    await user.selectOptions(await form.findByLabelText('All 2 pages'), noor);
    await save();
    await form.findByText((_, element) => element?.tagName === 'LI' && element.textContent === 'Releases is being handed over…');
    await user.click(form.getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await act(async () => answer());
    const told = (await screen.findByText('This was not handed over: open it to try again')).closest('.toast') as HTMLElement;
    within(told).getByText('Releases');
    await user.click(within(told).getByRole('button', { name: 'Open it' }));
    const again = within(await screen.findByRole('dialog', { name: 'Ana Duarte leaves' }));
    await waitFor(() => expect(again.getByLabelText<HTMLSelectElement>('The page').value).toBe(noor));
    expect(again.queryByText(/changed this while you had it open/)).toBeNull();
    portal.set(`PATCH /pages/${idOf(62)}`, { body: aPage({ id: idOf(62) }) });
    await user.click(again.getByRole('button', { name: 'Save' }));
    await again.findByText((_, element) => element?.tagName === 'LI' && element.textContent === 'Releases is owned by Noor Haddad');
    expect(portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes')).toHaveLength(1);
    expect(Object.keys(localStorage).filter((key) => key.includes('leaving:'))).toEqual([]);
  });

  test('of many a few are written at once, how far it is stands there, and what a stop leaves is told and tried again', async () => {
    const pages = Array.from({ length: 30 }, (_, at) => page(100 + at, `Page ${at}`));
    const { portal, form, type, save, user } = await anaLeaves((portal) => portal.set('GET /pages', list(pages)));
    let [under, most, done] = [0, 0, 0];
    const held: (() => void)[] = [];
    for (const { id } of pages) {
      portal.set(`PATCH /pages/${id}`, async () => {
        under += 1;
        most = Math.max(most, under);
        if (done >= 8) await new Promise<void>((go) => held.push(go));
        under -= 1;
        done += 1;
        return { body: aPage({ id }) };
      });
    }
    const listed = () => portal.asked.filter(({ method, path }) => method === 'GET' && path === '/pages').length;
    await type('18 Dec');
    await user.selectOptions(await form.findByLabelText('All 30 pages'), noor);
    const before = listed();
    await save();
    await form.findByText('8 of 30 pages done');
    expect(form.queryByRole('list', { name: 'What became of the pages' })).toBeNull();
    await waitFor(() => expect(held).toHaveLength(4));
    await user.click(form.getByRole('button', { name: 'Stop' }));
    await act(async () => {
      for (const go of held.splice(0)) go();
    });
    await form.findByText('12 of 30 pages done; 18 were not changed');
    expect([most, done, listed() - before]).toEqual([4, 12, 1]);
    const left = within(form.getByRole('list', { name: 'What became of the pages' })).getAllByRole('listitem');
    expect([left.length, left[0]?.textContent]).toEqual([18, 'Page 2 was not handed over: stopped before it']);
    done = -100;
    await user.click(form.getByRole('button', { name: 'Try 18 pages again' }));
    await form.findByText('All of 30 pages done');
    expect(done).toBe(-82);
  });
});

test('only managers are offered it, on the page and in the list', async () => {
  aStaffing({ roles: ['engineer'], person: ana });
  const page = renderRoutes(recordRoutes, `/people/${ana}?leaves=1`);
  await screen.findByRole('heading', { name: /Ana Duarte/, level: 1 });
  expect(screen.queryByRole('link', { name: 'Leaves…' })).toBeNull();
  expect(screen.queryByRole('dialog')).toBeNull();
  page.unmount();
  renderRoutes(recordRoutes, '/people');
  await screen.findByRole('link', { name: 'Ana Duarte' });
  expect(screen.queryByRole('button', { name: 'More about Ana Duarte' })).toBeNull();
});

test('is offered in the menu of the list', async () => {
  aStaffing();
  const { user, address } = renderRoutes(recordRoutes, '/people');
  await user.click(await screen.findByRole('button', { name: 'More about Ana Duarte' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Leaves…' }));
  await screen.findByRole('dialog', { name: 'Ana Duarte leaves' });
  expect(address()).toBe(`/people/${ana}?leaves=1`);
});
