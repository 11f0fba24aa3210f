import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CalendarView } from '@sidekick/contracts';
import { aManager, newAssignment, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../../testing/harness.ts';

const [noor, ben] = [newPerson('Noor Haddad'), newPerson('Ben Carter')];
const [atlas, bid, lost] = [
  newProject('Atlas', { to: null }),
  newProject('Bid', { state: 'proposal' }),
  newProject('Gone', { state: 'lost' }),
];
const lead = newAssignment(ben, atlas, 'lead', { from: '2026-11-25', to: null, hoursPerWeek: 32 });
const work = newAssignment(noor, atlas, 'sidekick', { from: '2026-12-07', to: '2026-12-18', private: { note: 'susurrant' } });
const offered = newAssignment(noor, bid, 'contributor', { from: '2027-01-04', to: '2027-01-08' });
const nowhere = newAssignment(noor, lost, 'contributor');
const words = { private: { kind: 'quopping', note: 'zugzwang' } };
const leave = newTimeOff(noor, '2026-12-24', '2026-12-31', { state: 'approved', ...words });
const half = newTimeOff(noor, '2027-02-01', '2027-02-01', { amount: { portion: 0.5 }, ...words });
const no = newTimeOff(noor, '2027-03-01', '2027-03-01', { state: 'declined', ...words });
const old = newTimeOff(noor, '2025-01-06', '2025-01-10', { state: 'approved' });

/** What the gateway asks for a feed as. */
const feed = { account: ulid(), name: 'Calendar feed', roles: [], person: null };
let portal: Portal;
beforeAll(async () => {
  portal = await aPortal();
  expect(await portal.change([noor, ben, atlas, bid, lost, lead, offered, nowhere])).toMatchObject({ status: 201 });
  expect(await portal.change([work, leave, half, no, old])).toMatchObject({ status: 201 });
});
afterAll(() => portal.close());
const read = async (path: string) => (await portal.client.ask<CalendarView>('get', `/calendars/${path}`, { as: feed })).body;
const told = ({ entries }: CalendarView) => entries.map(({ kind, id, from, to }) => [kind, id, from, to]);

test('a person’s calendar has the work that counts and the leave that stands or is asked for', async () => {
  const view = await read(`people/${noor.id}`);
  expect(view.name).toBe('Noor Haddad');
  expect(told(view)).toEqual([
    ['work', work.id, '2026-12-07', '2026-12-18'],
    ['leave', leave.id, '2026-12-24', '2026-12-31'],
    ['work', offered.id, '2027-01-04', '2027-01-08'],
    ['leave', half.id, '2027-02-01', '2027-02-01'],
  ]);
  expect(view.entries.map((one) => 'tentative' in one && one.tentative)).toEqual([false, false, true, true]);
  expect(JSON.stringify(view)).not.toMatch(/susurrant|quopping|zugzwang/);
  const [set] = (await portal.client.ask<any>('get', '/changes', { as: aManager })).body.items;
  expect(view.entries[0]).toMatchObject({
    project: 'Atlas',
    role: 'sidekick',
    hoursPerWeek: 8,
    open: false,
    changedAt: set.at,
    version: 2,
  });
  expect(view.entries[2]).toMatchObject({ project: 'Bid', version: 1 });
});

test('work without an end is told as far as calendars show it', async () => {
  const { entries } = await read(`people/${ben.id}`);
  expect(entries).toMatchObject([{ kind: 'work', from: '2026-11-25', to: '2028-12-03', open: true }]);
});

test('a project’s crew is told by runs of weeks, from the first day of work to the last', async () => {
  const view = await read(`projects/${atlas.id}`);
  expect(told(view)).toEqual([
    ['crew', atlas.id, '2026-11-25', '2026-12-06'],
    ['crew', atlas.id, '2026-12-07', '2026-12-20'],
    ['crew', atlas.id, '2026-12-21', '2028-12-03'],
  ]);
  expect(view.entries.map((one) => one.kind === 'crew' && one.people.map(({ name, role }) => `${name} ${role}`))).toEqual([
    ['Ben Carter lead'],
    ['Ben Carter lead', 'Noor Haddad sidekick'],
    ['Ben Carter lead'],
  ]);
  expect(told(await read(`projects/${lost.id}`))).toEqual([]);
});

test('who is away is approved leave of everybody, and nothing of why', async () => {
  const view = await read('absences');
  expect(view.entries).toEqual([
    {
      ...{ kind: 'away', id: leave.id, person: 'Noor Haddad', from: '2026-12-24', to: '2026-12-31', amount: { portion: 1 } },
      ...{ changedAt: expect.stringMatching(/Z$/), version: 2 },
    },
  ]);
});

test('whoever is not there has no calendar', async () => {
  for (const path of [`people/${ulid()}`, `projects/${noor.id}`])
    expect((await portal.client.ask('get', `/calendars/${path}`, { as: feed })).status).toBe(404);
});
