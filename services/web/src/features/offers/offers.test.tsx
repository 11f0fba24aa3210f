import { beforeEach, describe, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { routes, saves } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { anAssignment, ana, aProject, aStaffing, atlas, candidates, jonas, noor } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';
import { HomeScreen } from '../home/home-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const basin = idOf(12);
const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const anOffer = (n: number, person: string, over: object = {}) => ({
  ...{ id: idOf(n), person, project: atlas, private: { note: null }, sample: false, version: 3 },
  ...over,
});
const aWish = (n: number, person: string, skill: string) => ({ id: idOf(n), person, skill, sample: false, version: 3 });
const part = async (name: string) => within(await screen.findByRole('region', { name }));
const all = [...routes, { path: '/', element: <HomeScreen /> }];
const open = (at: string) => renderRoutes(all, at);
const items = (inside: { queryAllByRole(role: string): HTMLElement[] }) =>
  inside.queryAllByRole('listitem').map(({ textContent }) => textContent);

describe('the page of a project', () => {
  test('takes the offer of an engineer, with a word to managers, and takes it back', async () => {
    const { portal } = aStaffing({ roles: ['engineer'], person: noor });
    portal.set('POST /changes/41/undo', { status: 201, body: { number: 42, items: [], warnings: [] } });
    const { user, unmount } = open(`/projects/${atlas}`);
    const offers = await part('Offers to be sidekick');
    await offers.findByText('Nobody offers to back it up yet.');
    await user.type(offers.getByLabelText('A word to managers, if you like'), ' I wrote it ');
    await user.click(offers.getByRole('button', { name: 'Offer to be sidekick' }));
    await screen.findByText('You offer to be sidekick on Atlas', { selector: '.toast span' });
    expect(saves(portal)).toMatchObject([
      { do: 'create', kind: 'volunteer', record: { person: noor, project: atlas, private: { note: 'I wrote it' } } },
    ]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(portal.last('POST', '/changes/41/undo')).toBeTruthy());
    unmount();
    const others = anOffer(32, jonas, { private: null });
    portal.set('GET /volunteers', list([anOffer(31, noor, { private: { note: 'I wrote it' } }), others]));
    open(`/projects/${atlas}`);
    const there = await part('Offers to be sidekick');
    await there.findByText('I wrote it');
    expect(items(there)).toEqual(['Noor HaddadI wrote itopenWithdraw', 'Jonas Webersidekick from 28 Dec']);
    expect(there.queryByRole('button', { name: 'Offer to be sidekick' })).toBeNull();
    await user.click(there.getByRole('button', { name: 'Withdraw the offer of Noor Haddad' }));
    await waitFor(() => expect(saves(portal).at(-1)).toEqual({ do: 'delete', kind: 'volunteer', id: idOf(31), version: 3 }));
  });

  test('keeps the word to managers that was not sent', async () => {
    const { portal } = aStaffing({ roles: ['engineer'], person: noor });
    const word = async () => (await part('Offers to be sidekick')).findByLabelText<HTMLInputElement>('A word to managers, if you like');
    const { user, unmount } = open(`/projects/${atlas}`);
    await user.type(await word(), 'From March on');
    unmount();
    open(`/projects/${atlas}`);
    expect((await word()).value).toBe('From March on');
    await user.click(screen.getByRole('button', { name: 'Offer to be sidekick' }));
    await waitFor(() => expect(saves(portal)).toMatchObject([{ record: { private: { note: 'From March on' } } }]));
    await waitFor(async () => expect((await word()).value).toBe(''));
  });

  test('asks for no offer of who leads it, of managers, or where it is closed; managers withdraw any', async () => {
    const { portal } = aStaffing({ roles: ['engineer'], person: ana });
    const shows = async () => {
      const offers = await part('Offers to be sidekick');
      await waitFor(() => expect(offers.queryByText('Nobody offers to back it up yet.') ?? offers.queryByRole('listitem')).toBeTruthy());
      return offers.queryByRole('button', { name: 'Offer to be sidekick' }) !== null;
    };
    const leads = open(`/projects/${atlas}`);
    expect(await shows()).toBe(false);
    leads.unmount();
    const lost = aStaffing({ roles: ['engineer'], person: noor });
    lost.portal.set('GET /projects', list([aProject(atlas, 'Atlas', { state: 'lost' })]));
    const closed = open(`/projects/${atlas}`);
    expect(await shows()).toBe(false);
    closed.unmount();
    const managed = aStaffing({ roles: ['manager'], person: noor });
    managed.portal.set('GET /volunteers', list([anOffer(31, jonas)]));
    open(`/projects/${atlas}`);
    expect(await shows()).toBe(false);
    (await part('Offers to be sidekick')).getByRole('button', { name: 'Withdraw the offer of Jonas Weber' });
    expect(portal).toBeTruthy();
  });
});

describe('the page of a person', () => {
  test('shows wishes and offers; the person adds a wish and removes one', async () => {
    const { portal } = aStaffing({ roles: ['engineer'], person: noor });
    portal.set('GET /wishes', list([aWish(41, noor, 'Rust'), aWish(42, ana, 'Go')]));
    portal.set('GET /volunteers', list([anOffer(31, noor), anOffer(32, ana)]));
    const { user } = open(`/people/${noor}`);
    const wishes = await part('Wishes to learn');
    await wishes.findByText('Rust');
    expect(items(wishes)).toEqual(['Rust']);
    expect(wishes.getByRole('link', { name: 'Rust' }).getAttribute('href')).toBe('/people?q=Rust');
    await user.type(wishes.getByLabelText('Skill to learn'), 'Node{Enter}');
    await screen.findByText('Noor Haddad wishes to learn Node', { selector: '.toast span' });
    await user.click(wishes.getByRole('button', { name: 'Remove the wish to learn Rust' }));
    await waitFor(() =>
      expect(saves(portal)).toMatchObject([
        { do: 'create', kind: 'wish', record: { person: noor, skill: 'Node' } },
        { do: 'delete', kind: 'wish', id: idOf(41), version: 3 },
      ]),
    );
    expect(items(await part('Offers to back up'))).toEqual(['AtlasopenWithdraw']);
  });

  test('is written by no other engineer', async () => {
    const { portal } = aStaffing({ roles: ['engineer'], person: jonas });
    portal.set('GET /wishes', list([aWish(41, noor, 'Rust')]));
    open(`/people/${noor}`);
    const wishes = await part('Wishes to learn');
    await wishes.findByText('Rust');
    expect([...wishes.queryAllByRole('button'), ...wishes.queryAllByRole('textbox')]).toEqual([]);
  });
});

test('home shows an engineer their own offers with what has become of each', async () => {
  const { portal } = aStaffing({ roles: ['engineer'], person: noor });
  portal.set('GET /projects', list([aProject(atlas, 'Atlas'), aProject(basin, 'Basin')]));
  portal.set('GET /assignments', list([anAssignment(idOf(21), noor, { role: 'sidekick', project: basin, from: '2026-11-02' })]));
  portal.set('GET /volunteers', list([anOffer(31, noor), anOffer(33, noor, { project: basin }), anOffer(32, ana)]));
  open('/');
  const offers = await part('Projects I offer to back up');
  expect(items(offers)).toEqual(['AtlasopenWithdraw', 'Basinsidekick nowWithdraw']);
});

describe('who staffs', () => {
  const offered = () => {
    const [first] = candidates.candidates;
    if (!first) throw new Error('There is a candidate');
    const { portal } = aStaffing();
    const [out] = candidates.ruledOut;
    portal.set('GET /candidates', {
      body: {
        ...candidates,
        candidates: [{ ...first, person: noor, volunteered: true, wishes: ['Postgres'] }],
        ruledOut: [{ ...out, person: jonas, volunteered: true, wishes: ['Go'] }],
      },
    });
  };

  test('sees at a gap who volunteered and wishes to learn what it requires, among the ruled out too', async () => {
    offered();
    open(`/staffing?cell=${atlas}+2026-W50`);
    const pop = within(await screen.findByRole('dialog'));
    const row = (await pop.findByText('Volunteered', { selector: '.tag' })).closest('tr');
    expect(row?.textContent).toMatch(/Noor Haddad.*wishes to learn Postgres/);
    pop.getByText(/Offered to back it up\./);
    pop.getByText(/^volunteered · wishes to learn Go · /);
  });

  test('sees both in the form that assigns', async () => {
    offered();
    open(`/staffing?add=${atlas}&wanted=sidekick&week=2026-W50`);
    const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
    const tags = await form.findAllByText('Volunteered', { selector: '.tag' });
    expect(tags.map((tag) => tag.closest('label')?.textContent)).toEqual([
      expect.stringMatching(/^Noor Haddad Volunteered.*wishes to learn Postgres/),
      expect.stringMatching(/^Jonas Weber Volunteered.*wishes to learn Go/),
    ]);
  });
});
