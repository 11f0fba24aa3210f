import { expect, test } from '@jest/globals';
import type { PersonView, TeamView } from '@sidekick/contracts';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aStaffing, jonas, noor } from '../../testing/staffing.ts';
import { TeamsScreen } from './teams-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const aTeam = (number: number, name: string, people: string[], lead: string | null = null): TeamView => ({
  ...{ id: idOf(number), version: 7, name, people, lead, sample: false },
});
const platform = aTeam(71, 'Platform', [ana, noor], ana);
interface Opened {
  at?: string;
  teams?: TeamView[];
  people?: PersonView[];
  roles?: ('manager' | 'engineer')[];
}
function open({ at = '/teams', teams = [platform, aTeam(72, 'Apps', [jonas])], people, roles = ['manager'] }: Opened = {}) {
  const { portal } = aStaffing({ roles });
  if (people) portal.set('GET /people', list(people));
  portal.set('GET /teams', list(teams));
  return { portal, ...renderRoutes([{ path: '/teams/*', element: <TeamsScreen /> }], at) };
}

test('lists teams by name with lead and people, and finds them by either', async () => {
  const { user } = open();
  await screen.findByRole('link', { name: 'Platform' });
  expect([...document.querySelectorAll('tbody tr')].map((row) => row.textContent)).toEqual([
    'Apps–Jonas Weber1 person',
    'PlatformAna DuarteAna Duarte, Noor Haddad2 people',
  ]);
  await user.type(screen.getByRole('searchbox'), 'noor');
  await waitFor(() => expect(document.querySelectorAll('tbody tr')).toHaveLength(1));
  expect(screen.getByText('1 of 2 teams')).toBeTruthy();
});

test('a manager makes one of people who are here, with one of them as its lead', async () => {
  const left = aPerson(ana, 'Ana Duarte', { contract: { from: null, to: '2026-11-01' } });
  const { portal, user } = open({ at: '/teams/new', teams: [], people: [aPerson(noor, 'Noor Haddad'), left] });
  const form = within(await screen.findByRole('dialog', { name: 'New team' }));
  await user.click(form.getByRole('button', { name: 'Add' }));
  expect(await form.findByText('Give the team a name')).toBeTruthy();
  await user.type(form.getByLabelText('Name'), 'Web');
  await form.findByRole('option', { name: 'Noor Haddad' });
  expect(form.queryByRole('option', { name: 'Ana Duarte' })).toBeNull();
  await user.selectOptions(form.getByLabelText('Add somebody'), noor);
  await user.selectOptions(form.getByLabelText('Lead'), noor);
  await user.click(form.getByRole('button', { name: 'Add' }));
  await screen.findByText('Team Web is added', { selector: '.toast span' });
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [{ do: 'create', kind: 'team', record: { name: 'Web', people: [noor], lead: noor } }],
  });
});

test('who is taken off leads it no more; a name that is taken is told at its field, and removing offers an undo', async () => {
  const { portal, user } = open({ at: `/teams/${platform.id}` });
  const form = within(await screen.findByRole('dialog', { name: 'Platform' }));
  await user.click(form.getByRole('button', { name: 'Remove Ana Duarte' }));
  expect(form.getByLabelText<HTMLSelectElement>('Lead').value).toBe('');
  const errors = [{ path: 'commands.0.patch.name', message: 'A team is called Apps already' }];
  portal.set('POST /changes', problem(400, 'invalid-input', 'A team is called Apps already', { errors }));
  await user.clear(form.getByLabelText('Name'));
  await user.type(form.getByLabelText('Name'), 'apps');
  await user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(form.getByLabelText('Name').getAttribute('aria-invalid')).toBe('true'));
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [{ do: 'change', kind: 'team', version: 7, patch: { name: 'apps', people: [noor], lead: null } }],
  });
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await user.click(form.getByRole('button', { name: 'Remove' }));
  const toast = await screen.findByText('Team Platform is removed', { selector: '.toast span' });
  expect(within(toast.parentElement as HTMLElement).getByRole('button', { name: 'Undo' })).toBeTruthy();
});

test('a lead whom somebody else took off meanwhile is told at its field, and the form stays', async () => {
  const { portal, user } = open({ at: `/teams/${platform.id}` });
  const form = within(await screen.findByRole('dialog', { name: 'Platform' }));
  await form.findByRole('option', { name: 'Noor Haddad' });
  await user.selectOptions(form.getByLabelText('Lead'), noor);
  const { version, ...record } = { ...platform, version: 8, people: [ana] };
  portal.set('POST /changes', problem(412, 'stale', 'Changed', { current: { kind: 'team', id: platform.id, version, record } }));
  await user.click(form.getByRole('button', { name: 'Save' }));
  await form.findByText('The lead is one of the people: choose another');
  expect(screen.queryByText('Noor Haddad', { selector: 'li, li *' })).toBeNull();
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await user.selectOptions(form.getByLabelText('Lead'), '');
  await user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('whose contract has ended since is told as left, counted nowhere, and offered as no lead', async () => {
  const ended = { contract: { from: null, to: '2026-11-29' } };
  const left = [aPerson(ana, 'Ana Duarte', ended), aPerson(jonas, 'Jonas Weber', ended)];
  const { user } = open({ people: [aPerson(noor, 'Noor Haddad'), ...left] });
  await screen.findByRole('link', { name: 'Platform' });
  expect([...document.querySelectorAll('tbody tr')].map((row) => row.textContent)).toEqual([
    'Apps–Nobody any more0 peopleLeft Jonas Weber',
    'PlatformAna DuarteHas leftNoor Haddad1 personLeft Ana Duarte',
  ]);
  await user.click(screen.getByRole('link', { name: 'Platform' }));
  const form = within(await screen.findByRole('dialog', { name: 'Platform' }));
  expect(form.getByText('Has left').closest('.ln')?.textContent).toContain('Ana Duarte');
  const offered = () => [...form.getByLabelText<HTMLSelectElement>('Lead').options].map(({ text }) => text);
  expect(offered()).toEqual(['Nobody leads it', 'Ana Duarte (has left)', 'Noor Haddad']);
  await user.selectOptions(form.getByLabelText('Lead'), noor);
  expect(offered()).toEqual(['Nobody leads it', 'Noor Haddad']);
});

test('an engineer reads a team and changes nothing', async () => {
  open({ at: `/teams/${platform.id}`, teams: [platform], roles: ['engineer'] });
  const form = within(await screen.findByRole('dialog', { name: 'Platform' }));
  expect(form.queryByRole('button', { name: 'Save' })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Add a team' })).toBeNull();
});
