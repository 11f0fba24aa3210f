import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@sidekick/contracts';
import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { recordRoutes } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aGapDecision, aLeave, anAssignment, ana, aStaffing, atlas, jonas, noor } from '../../testing/staffing.ts';
import { LeaveScreen } from '../leave/leave-screen.tsx';
import { takeHanded } from '../moving-in/index.ts';
import { HomeScreen } from './home-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });

const routes = [{ path: '/', element: <HomeScreen /> }, { path: '/leave', element: <LeaveScreen /> }, ...recordRoutes];
const open = (at: string) => renderRoutes(routes, at);

const aBudgetDecision: Decision = {
  ...{ kind: 'budget-runs-out', id: `budget-runs-out:${atlas}`, from: '2027-01-12', to: '2027-03-14', decideBy: '2027-01-11' },
  ...{ title: 'Atlas runs out of budget on 12 Jan', detail: 'Confirmed work to its end is over in money by 21 %.', project: atlas },
  ...{ runsOut: { money: '2027-01-12', hours: null }, over: { money: 212_345, hours: null }, currency: 'EUR' },
};

const place = idOf(71);
const aPlaceDecision: Decision = {
  ...{ kind: 'open-place', id: `open-place:${place}`, from: '2027-01-04', to: '2027-02-28', decideBy: '2027-01-01' },
  ...{ title: 'Atlas wants a lead from 4 Jan', detail: '24 h a week until 28 Feb; Noor could.' },
  ...{ project: atlas, opening: place, role: 'lead', hoursPerWeek: 24 },
};

describe('home', () => {
  test('a manager sees figures with their denominators and decisions with one action each', async () => {
    aStaffing({ decisions: [aGapDecision(), aBudgetDecision, aPlaceDecision] });
    const { user, address } = open('/');
    await screen.findByRole('heading', { name: 'Monday 30 November 2026' });
    expect(await screen.findByText('13 of 16 project-weeks that need cover')).toBeTruthy();
    expect(screen.getByText('960 h + 0 h of 1,920 h net capacity, 3 people')).toBeTruthy();
    expect(screen.getAllByText('Jonas Weber', { selector: 'bdi' }).map((name) => name.closest('.d')?.textContent)).toContain(
      'Jonas Weber 4 h, 1 week',
    );
    const runsOut = within((await screen.findByText(/runs out of budget on 12 Jan/)).closest('li') as HTMLElement);
    expect(runsOut.getByRole('link', { name: 'Show the money' }).getAttribute('href')).toBe(`/projects/${atlas}#money`);
    const wanted = within((await screen.findByText(/wants a lead from 4 Jan/)).closest('li') as HTMLElement);
    expect(wanted.getByRole('link', { name: 'Fill it' }).getAttribute('href')).toBe(`/?fill=${place}`);
    const figure = () => new URLSearchParams(address().split('?')[1]).get('figure');
    await user.click(screen.getByRole('button', { name: '81 %' }));
    expect(figure()).toBe('coverageRatio weeks=2026-W48,2027-W10');
    await user.click(screen.getByRole('button', { name: '4 h' }));
    expect(figure()).toBe(`overHours person=${jonas} weeks=2026-W48,2027-W10`);
    await user.click(screen.getByText('Which, and who'));
    await user.click(within(document.querySelector('details.d') as HTMLElement).getByRole('button', { name: 'Atlas' }));
    expect(figure()).toBe(`absenceFactor project=${atlas}`);
    const row = within((await screen.findByText(/has no sidekick 7 Dec – 27 Dec/)).closest('li') as HTMLElement);
    expect(row.getByRole('link', { name: 'Atlas' }).getAttribute('href')).toBe(`/projects/${atlas}`);
    expect(row.getByText('Fri 4 Dec')).toBeTruthy();
    await user.click(row.getByRole('button', { name: 'Find a sidekick' }));
    await screen.findByRole('dialog', { name: 'New assignment' });
    expect(address()).toContain(`add=${atlas}`);
  });

  test('work that goes on with other hours neither ends nor begins', async () => {
    const { portal } = aStaffing();
    const work = (number: number, person: string, from: string, to: string) => anAssignment(idOf(number), person, { from, to });
    const items = [
      work(21, ana, '2026-10-05', '2026-12-06'),
      work(22, ana, '2026-12-07', '2026-12-20'),
      work(23, jonas, '2026-10-05', '2026-12-06'),
      work(24, jonas, '2026-12-08', '2026-12-20'),
    ];
    portal.set('GET /assignments', { body: { items, nextCursor: null } });
    open('/');
    const week = within((await screen.findByRole('heading', { name: 'This week' })).closest('section') as HTMLElement);
    expect(week.getAllByRole('listitem').map(({ textContent }) => textContent?.replaceAll(/[\u2066-\u2069]/g, ''))).toEqual([
      'SunJonas Weber ends as lead on Atlas',
    ]);
  });

  test('holidays that nobody loaded are an alarm on home and at the person, each with what mends it', async () => {
    const missing = (over: Partial<Extract<Decision, { kind: 'no-calendar' }>>): Decision => ({
      ...{ kind: 'no-calendar', id: 'no-calendar:PT', from: '2026-11-30', to: '2027-11-28', decideBy: '2026-12-01' },
      ...{ title: 'No holidays of PT 2027', detail: '1 person', region: 'PT', known: true, years: [2027], people: [ana], ...over },
    });
    const unknown = missing({ id: 'no-calendar:Lisboa', region: 'Lisboa', known: false, people: [noor], title: 'No region Lisboa' });
    aStaffing({ decisions: [missing({}), unknown] });
    open('/');
    const row = async (title: string) => within((await screen.findByText(title)).closest('li') as HTMLElement);
    const hrefOf = async (title: string, name: string) => (await row(title)).getByRole('link', { name }).getAttribute('href');
    expect(await hrefOf('No holidays of PT 2027', 'Load the holidays')).toBe('/leave?holidays=PT');
    expect(await hrefOf('No region Lisboa', 'Choose a region')).toBe(`/people/${noor}/edit?at=place`);
    cleanup();
    open('/people');
    const told = async (name: string) => (await screen.findByText(name, { selector: 'bdi' })).closest('tr')?.textContent;
    await screen.findByText('No holidays of PT 2027 yet: free hours are too high');
    expect(await told('Ana Duarte')).toContain('No holidays of PT 2027 yet: free hours are too high');
    expect(await told('Noor Haddad')).toContain('No region is called Lisboa: free hours are too high');
    expect(await told('Jonas Weber')).not.toContain('free hours are too high');
  });

  test('a decision that only a newer portal knows takes nothing away from the others, and is told', async () => {
    aStaffing({ decisions: [aGapDecision(), { kind: 'of-tomorrow', id: 'x' } as never] });
    open('/');
    await screen.findByText(/has no sidekick 7 Dec – 27 Dec/);
    screen.getByText(/^1 more needs a decision, of a kind that this page does not know/);
    screen.getByText('1, most urgent first');
  });

  test('People keeps its filter in the address', async () => {
    aStaffing();
    const { user, address } = open('/people');
    await screen.findByText('Noor Haddad', { selector: 'bdi' });
    await user.type(screen.getByRole('searchbox'), 'noor');
    await waitFor(() => expect(address()).toBe('/people?q=noor'));
    cleanup();
    open('/people?q=jonas');
    await screen.findByText('Jonas Weber', { selector: 'bdi' });
    expect(screen.queryByText('Noor Haddad', { selector: 'bdi' })).toBeNull();
  });

  test('an engineer sees own weeks and projects, and no decisions', async () => {
    aStaffing({ roles: ['engineer'], person: ana });
    open('/');
    const table = within(await screen.findByRole('table'));
    expect(table.getAllByRole('row')[1]?.textContent).toBe('Atlaslead24 h24 h24 h24 h');
    expect(screen.getByRole('heading', { name: 'Projects I lead or back up' })).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Needs a decision' })).toBeNull();
  });

  test('a sidekick is told whom the sidekick backs up', async () => {
    aStaffing({ roles: ['engineer'], person: jonas });
    open('/');
    const mine = (await screen.findByRole('heading', { name: 'Projects I lead or back up' })).closest('section') as HTMLElement;
    expect(within(mine).getByRole('link', { name: 'Ana Duarte' }).closest('small')?.textContent).toMatch(
      /^I back up Ana Duarte, 8 h a week/,
    );
  });

  test('an empty installation offers three steps; a skipped one goes, with Undo', async () => {
    const { portal } = aStaffing();
    for (const path of ['people', 'projects', 'assignments']) portal.set(`GET /${path}`, { body: { items: [], nextCursor: null } });
    portal.set('GET /setup', { body: { version: 1, sample: false, skipped: [] } });
    portal.set('PATCH /setup', ({ body }) => ({ body: { version: 2, sample: false, skipped: (body as { skipped: string[] }).skipped } }));
    const { user } = open('/');
    await screen.findByRole('heading', { name: 'Welcome, Helena' });
    expect(within(screen.getByRole('list', { name: 'First steps' })).getAllByRole('heading')).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Skip: Import your handbook' }));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Import your handbook' })).toBeNull());
    expect(portal.last('PATCH', '/setup')?.headers.get('if-match')).toBe('"1"');
    await user.click(
      within(screen.getByRole('region', { name: 'Notices' }))
        .getAllByRole('button', { name: 'Undo' })
        .at(-1) as HTMLElement,
    );
    await screen.findByRole('heading', { name: 'Import your handbook' });
  });

  test('where people are there and the rest is not, another can be added until somebody says that it is done', async () => {
    const { portal } = aStaffing();
    for (const path of ['projects', 'assignments']) portal.set(`GET /${path}`, { body: { items: [], nextCursor: null } });
    portal.set('GET /setup', { body: { version: 1, sample: false, skipped: [] } });
    portal.set('PATCH /setup', ({ body }) => ({ body: { version: 2, sample: false, skipped: (body as { skipped: string[] }).skipped } }));
    const { user } = open('/');
    expect((await screen.findByRole('link', { name: 'Add another person' })).getAttribute('href')).toBe('/people/new');
    await user.click(screen.getByRole('button', { name: 'Done: Add your people' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Add another person' })).toBeNull());
    expect(portal.last('PATCH', '/setup')?.body).toEqual({ skipped: ['people'] });
  });

  test('cells that are pasted on the first run are taken to where they are read', async () => {
    const { portal } = aStaffing();
    for (const path of ['people', 'projects', 'assignments']) portal.set(`GET /${path}`, { body: { items: [], nextCursor: null } });
    portal.set('GET /setup', { body: { version: 1, sample: false, skipped: [] } });
    renderRoutes([...routes, { path: '/staffing/import', element: <p>Reading</p> }], '/');
    await screen.findByText('Paste your sheet:');
    const clipboardData = { getData: (type: string) => (type === 'text/plain' ? 'Name\tW49\nJo\tAtlas 8' : ''), files: [] };
    fireEvent.paste(document.body, { clipboardData });
    await screen.findByText('Reading');
    expect(takeHanded()?.name).toBe('Pasted cells.csv');
  });
});

describe('leave', () => {
  const price = {
    body: {
      head: 40,
      answers: [
        {
          changed: [{ project: atlas, week: '2026-W52', before: 'covered', after: 'alone' }],
          lostCover: 1,
          lostHours: 22.4,
          strandedHours: 16.4,
        },
      ],
    },
  };
  const joint = {
    code: 'joint-absence',
    severity: 'rule',
    message: 'Nobody of Atlas is there 21 Dec – 24 Dec',
    person: ana,
    project: atlas,
    assignment: null,
    weeks: ['2026-W52'],
  };

  test('a request shows its price; approving what breaks a rule needs a reason', async () => {
    const { portal } = aStaffing({ leave: [aLeave(idOf(31), ana)] });
    portal.set('POST /figures', price);
    portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks a rule', { broken: [joint] }));
    const { user } = open('/leave');
    await screen.findByText('1 covered week lost');
    expect(screen.getByText(/16.4 h nobody could take over/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    await screen.findByText('Nobody of Atlas is there 21 Dec – 24 Dec');
    portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
    await user.click(screen.getByRole('button', { name: 'Approve anyway' }));
    expect(screen.getByText('Say why: the rule refuses this without a reason')).toBeTruthy();
    await user.type(screen.getByLabelText('Why approve anyway?'), 'Client is closed');
    await user.click(screen.getByRole('button', { name: 'Approve anyway' }));
    await waitFor(() =>
      expect(portal.last('POST', '/changes')?.body).toMatchObject({
        accept: ['joint-absence'],
        reason: 'Client is closed',
        commands: [{ do: 'change', kind: 'timeOff', id: idOf(31), version: 2, patch: { state: 'approved' } }],
      }),
    );
  });

  test('an engineer asks for own days and sees what it costs; others are only away', async () => {
    const { portal } = aStaffing({
      roles: ['engineer'],
      person: noor,
      leave: [aLeave(idOf(31), ana, { state: 'approved', private: null })],
    });
    portal.set('POST /figures', price);
    const { user } = open('/leave');
    await screen.findByText('away');
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Ask for leave' }));
    const form = within(await screen.findByRole('dialog', { name: 'Ask for leave' }));
    await user.type(form.getByLabelText(/From – to/), '2 days from 7 dec');
    await form.findByText('1 covered week lost');
    await user.click(form.getByRole('button', { name: 'Ask' }));
    await waitFor(() =>
      expect(portal.last('POST', '/changes')?.body).toMatchObject({
        commands: [
          {
            do: 'create',
            kind: 'timeOff',
            record: { person: noor, from: '2026-12-07', to: '2026-12-08', amount: { portion: 1 }, state: 'requested' },
          },
        ],
      }),
    );
  });
});

describe('people and projects', () => {
  test('a person needs a name, and new hours from a day on are a second pattern', async () => {
    const { portal } = aStaffing();
    const { user } = open('/people/new');
    const form = within(await screen.findByRole('dialog', { name: 'New person' }));
    await user.click(form.getByRole('button', { name: 'Add' }));
    await form.findByText('Give the person a name');
    await user.type(form.getByLabelText('Name'), 'Rita Faria');
    await user.click(form.getByRole('button', { name: 'Other hours from a day on' }));
    const fridays = form.getAllByLabelText<HTMLInputElement>('Hours on Fri');
    await user.clear(fridays[0] as HTMLInputElement);
    await user.type(fridays[0] as HTMLInputElement, '0');
    await user.click(form.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(portal.last('POST', '/changes')).toBeTruthy());
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [
        {
          do: 'create',
          kind: 'person',
          record: {
            private: { name: 'Rita Faria', email: null },
            operationsShare: 0.05,
            patterns: [
              { from: '2026-11-30', hours: [8, 8, 8, 8, 0, 0, 0] },
              { from: '2026-01-01', hours: [8, 8, 8, 8, 8, 0, 0] },
            ],
          },
        },
      ],
    });
  });

  test('a person changes own skills and nothing else', async () => {
    const { portal } = aStaffing({ roles: ['engineer'], person: jonas });
    const { user } = open(`/people/${jonas}/edit`);
    const form = within(await screen.findByRole('dialog', { name: 'Jonas Weber' }));
    expect(form.getByLabelText<HTMLInputElement>('Name').matches(':disabled')).toBe(true);
    await user.selectOptions(form.getByLabelText('Level of Postgres'), '5');
    await user.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(portal.last('POST', '/changes')?.body).toMatchObject({
        commands: [{ do: 'change', kind: 'person', version: 1, patch: { skills: [{ skill: 'Postgres', level: 5 }] } }],
      }),
    );
  });

  test('a message of the answer stands at its field, and what was typed stays', async () => {
    const { portal } = aStaffing();
    portal.set(
      'POST /changes',
      problem(400, 'invalid-input', 'The request is not valid', {
        errors: [{ path: 'commands.0.patch.to', message: 'The end is before the start: 4 Dec < 7 Dec' }],
      }),
    );
    const { user } = open(`/projects/${atlas}/edit`);
    const form = within(await screen.findByRole('dialog', { name: 'Atlas' }));
    const name = form.getByLabelText<HTMLInputElement>('Name');
    await user.clear(name);
    await user.type(name, 'Atlas 2');
    await user.click(form.getByRole('button', { name: 'Save' }));
    expect((await form.findAllByText('The end is before the start: 4 Dec < 7 Dec')).length).toBeGreaterThan(0);
    expect(name.value).toBe('Atlas 2');
    expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands: [{ patch: { name: 'Atlas 2' } }] });
  });
});
