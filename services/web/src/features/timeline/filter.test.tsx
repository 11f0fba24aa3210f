import { beforeEach, expect, test } from '@jest/globals';
import type { PersonView } from '@sidekick/contracts';
import { configure, screen, waitFor } from '@testing-library/react';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aProject, aStaffing, atlas, jonas, noor } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

/** Ana leads Atlas and knows Postgres well, Noor is a freelance of France, Jonas backs Atlas up and knows it little. */
async function open(at: string, over: Partial<PersonView> = {}) {
  const { portal } = aStaffing();
  const people = [
    aPerson(ana, 'Ana Duarte', over),
    aPerson(noor, 'Noor Haddad', { employment: 'freelance', region: 'FR', skills: [] }),
    aPerson(jonas, 'Jonas Weber', { skills: [{ skill: 'Postgres', level: 2 }] }),
  ];
  portal.set('GET /people', { body: { items: people, nextCursor: null } });
  portal.set('GET /projects', { body: { items: [aProject(atlas, 'Atlas')], nextCursor: null } });
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  await screen.findByRole('region', { name: /by project|by person/i });
  return opened;
}
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('.row.pr[data-person] .n, .row[data-project] .n')].map((row) => row.textContent);

test.each([
  ['role=sidekick', ['Jonas Weber']],
  ['employment=freelance', ['Noor Haddad']],
  ['region=PT', ['Ana Duarte', 'Jonas Weber']],
  ['skill=Postgres', ['Ana Duarte', 'Jonas Weber']],
  ['skill=Postgres&level=3', ['Ana Duarte']],
  ['skill=postgres', ['Ana Duarte', 'Jonas Weber']],
  ['skill=Postgres&level=5', []],
  ['client=Commons+Lab&role=lead', ['Ana Duarte']],
  ['status=proposal', []],
])('by person, the address narrows to whom it says: %s', async (query, names) => {
  await open(`/staffing?by=person&${query}`);
  await waitFor(() => expect(shown().sort()).toEqual(names));
  screen.getByText(`${names.length} of 3 shown`);
});

test.each([
  ['cover=alone', 1],
  ['cover=thin', 0],
  ['skill=Postgres&level=3', 1],
  ['skill=Postgres&level=4', 0],
  ['role=lead&region=PT', 1],
  ['role=contributor', 0],
  ['client=Another', 0],
])('by project too: %s', async (query, many) => {
  await open(`/staffing?${query}`);
  await waitFor(() => expect(shown()).toHaveLength(many));
});

test.each([
  ['region=FR', '2026-12-07', true],
  ['region=fr', '2026-12-09', true],
  ['region=PT', '2026-12-07', true],
  ['region=PT', '2026-10-01', false],
  ['region=FR', '2027-06-01', false],
  ['region=DE', '2026-12-07', false],
])('%s finds whoever moves on %s while they are there in the weeks shown: %s', async (query, from, isFound) => {
  await open(`/staffing?by=person&${query}`, { moves: [{ from, region: 'FR' }] });
  await waitFor(() => expect(shown().includes('Ana Duarte')).toBe(isFound));
  screen.getByText(/of 3 shown/);
});

test('regions that people move to can be chosen, and are none that nobody has', async () => {
  await open('/staffing?by=person&filter=1&region=DE&view=x', { moves: [{ from: '2027-06-01', region: 'DE' }] });
  const regions = [...(screen.getByLabelText('Region') as HTMLSelectElement).options].map(({ value }) => value);
  expect(regions).toEqual(['', 'DE', 'FR', 'PT']);
  expect(screen.queryByText(/nobody and nothing has any more/)).toBeNull();
});

test('what is chosen goes into the address and the words of the totals, stays by person, and all of it goes at once', async () => {
  const { user, address } = await open('/staffing?filter=1');
  await user.selectOptions(screen.getByLabelText('Skill it asks for'), 'Postgres');
  await user.selectOptions(screen.getByLabelText('Level'), '4');
  await user.selectOptions(screen.getByLabelText('Coverage in some week'), 'none');
  expect(address()).toBe('/staffing?filter=1&skill=Postgres&level=4&cover=none');
  await screen.findByText(/Filter: coverage no sidekick, Postgres at level 4 or more/, { selector: '.empty *' });
  expect(screen.getByRole('link', { name: 'By person' }).getAttribute('href')).toBe('/staffing?by=person&skill=Postgres&level=4');
  await user.click(screen.getByRole('button', { name: 'Clear' }));
  await waitFor(() => expect([address(), shown().length]).toEqual(['/staffing?filter=1', 1]));
  expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull();
  await user.selectOptions(screen.getByLabelText('Skill it asks for'), 'Postgres');
  await user.selectOptions(screen.getByLabelText('Level'), '4');
  await user.click(screen.getByRole('button', { name: 'Show all 1 project' }));
  await waitFor(() => expect([address(), shown().length]).toEqual(['/staffing', 1]));
});

test('the highest level can be asked for, a skill is one in each spelling, and its level goes with it', async () => {
  const skills = [
    { skill: 'React', level: 5 },
    { skill: 'postgres', level: 4 },
  ];
  const { user, address } = await open('/staffing?by=person&skill=react&filter=1', { skills });
  const skill = screen.getByLabelText<HTMLSelectElement>('Skill');
  expect([...skill.options].map(({ value }) => value)).toEqual(['', 'postgres', 'React']);
  expect(skill.value).toBe('React');
  await user.selectOptions(screen.getByLabelText('Level'), '5');
  expect([address(), shown()]).toEqual(['/staffing?by=person&skill=react&filter=1&level=5', ['Ana Duarte']]);
  await user.selectOptions(skill, '');
  expect([address(), shown().length]).toEqual(['/staffing?by=person&filter=1', 3]);
});
