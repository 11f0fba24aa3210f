import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aManager, anEngineer, newAssignment, newRecord, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
const noor = newPerson('Noor Haddad', { region: 'pt' });
const gone = newPerson('Ben Reis', { contract: { from: null, to: '2027-01-30' } });
const holiday = newRecord('holiday', { region: 'PT', date: '2027-01-06', name: 'A holiday' });
beforeAll(async () => {
  portal = await aPortal();
  expect((await portal.change([noor, gone, holiday])).status).toBe(201);
});
afterAll(() => portal.close());

const warned = (answer: { body: any }) => answer.body.warnings.map(({ code, message }: any) => [code, message]);

test('leave has its length in days and hours of the pattern: previewed, listed and decided', async () => {
  const leave = newTimeOff(noor, '2027-01-04', '2027-01-17', {});
  const half = newTimeOff(noor, '2027-03-10', '2027-03-10', { amount: { portion: 0.5 } });
  const preview = await portal.client.ask<any>('post', '/changes/preview', { as: aManager, body: { id: ulid(), commands: [leave, half] } });
  expect(preview.body.leave).toEqual([
    { timeOff: leave.id, days: 9, hours: 72 },
    { timeOff: half.id, days: 0.5, hours: 4 },
  ]);
  await portal.change([leave, half]);
  const list = await portal.client.ask<any>('get', `/time-off?person=${noor.id}`, { as: aManager });
  expect(list.body.items.map(({ length }: any) => length)).toEqual([
    { days: 9, hours: 72 },
    { days: 0.5, hours: 4 },
  ]);
  const decided = (await portal.client.ask<any>('get', '/decisions', { as: aManager })).body.items;
  expect(decided.find(({ timeOff }: any) => timeOff === leave.id)).toMatchObject({
    days: 9,
    hours: 72,
    detail: expect.stringContaining('9 days, 72 h.'),
  });
});

test('overlapping and doubled leave is told at asking and at approving, with the days that hold more than a day', async () => {
  const week = newTimeOff(noor, '2027-02-08', '2027-02-12');
  const inside = newTimeOff(noor, '2027-02-09', '2027-02-11');
  await portal.change([week]);
  const asked = await portal.change([inside]);
  const text =
    'Noor Haddad has leave 8 Feb – 12 Feb already (requested): it overlaps on 9 Feb, 10 Feb and 11 Feb; together they take more than the day has on 9 Feb, 10 Feb and 11 Feb';
  expect(warned(asked)).toEqual([['overlapping-leave', text]]);
  const approve = { do: 'change', kind: 'timeOff', id: inside.id, version: asked.body.number, patch: { state: 'approved' } };
  expect(warned(await portal.change([approve]))).toEqual([['overlapping-leave', text]]);
  const half = () => newTimeOff(noor, '2027-02-17', '2027-02-17', { amount: { portion: 0.5 } });
  await portal.change([half()]);
  const twice = 'Noor Haddad has leave 17 Feb already (requested): it overlaps on 17 Feb';
  expect(warned(await portal.change([half()]))).toEqual([['overlapping-leave', twice]]);
});

test('a day that nobody works, more hours than the day has and leave after the contract are told', async () => {
  const saturday = newTimeOff(noor, '2027-04-10', '2027-04-11');
  expect(warned(await portal.change([saturday]))).toEqual([
    ['leave-not-worked', 'Noor Haddad has no working hours 10 Apr – 11 Apr: this leave takes nothing'],
  ]);
  const long = newTimeOff(noor, '2027-04-12', '2027-04-12', { amount: { hours: 20 } });
  expect(warned(await portal.change([long]))).toEqual([
    ['leave-over-day', '20 h a day is more than the 8 h that Noor Haddad works on 12 Apr: the whole day goes'],
  ]);
  const late = newTimeOff(gone, '2027-01-28', '2027-02-03');
  expect(warned(await portal.change([late]))).toEqual([
    ['outside-contract', 'The contract of Ben Reis ends on 30 Jan, before the leave does'],
  ]);
});

test('leave beside a sidekick who never works that day is warned of, and asks for no reason; beside leave it does', async () => {
  const tuesdays = newPerson('Rita Melo', { patterns: [{ from: '2026-01-01', hours: [0, 8, 8, 8, 8, 0, 0] }] });
  const atlas = newProject('Atlas');
  const dates = { from: '2026-11-30', to: '2027-03-14' };
  await portal.change([tuesdays, atlas, newAssignment(noor, atlas, 'lead', dates), newAssignment(tuesdays, atlas, 'sidekick', dates)]);
  const monday = await portal.change([newTimeOff(noor, '2026-12-14', '2026-12-14', { state: 'approved' })]);
  expect(monday).toMatchObject({ status: 201, body: { warnings: [{ code: 'joint-absence', severity: 'warning' }] } });
  await portal.change([newTimeOff(tuesdays, '2026-12-22', '2026-12-22', { state: 'approved' })]);
  const both = await portal.change([newTimeOff(noor, '2026-12-21', '2026-12-22', { state: 'approved' })]);
  expect(both).toMatchObject({ status: 409, body: { broken: [{ severity: 'rule' }, { severity: 'warning' }] } });
});

test('why leave is declined is kept with it, for the person and managers; taken back it is a request without it', async () => {
  const leave = newTimeOff(noor, '2027-05-03', '2027-05-07', { private: { kind: 'Holiday', note: null } });
  const asker = { ...anEngineer, account: ulid(), person: noor.id };
  const other = { ...anEngineer, account: ulid(), person: gone.id };
  const read = async (path: string, as: typeof asker) => (await portal.client.ask<any>('get', path, { as })).body;
  const stateOf = async (as: typeof asker) => {
    const { state, private: words } = await read(`/time-off/${leave.id}`, as);
    return [state, words?.reason ?? null];
  };
  const asked = await portal.change([leave], { as: asker });
  const patch = (version: number, to: object) => [{ do: 'change', kind: 'timeOff', id: leave.id, version, patch: to }];
  const declined = await portal.change(patch(asked.body.number, { state: 'declined' }), { reason: 'The release is that week' });
  expect(declined.status).toBe(201);
  expect(await stateOf(asker)).toEqual(['declined', 'The release is that week']);
  for (const path of ['/time-off', `/time-off/${leave.id}`, '/changes', `/changes/${declined.body.number}`])
    expect(JSON.stringify(await read(path, other))).not.toContain('The release');
  expect((await read('/changes?limit=1', asker)).items[0]).toMatchObject({
    reason: 'The release is that week',
    summary: 'Noor Haddad away 3 May – 7 May, declined (was requested)',
  });
  const noted = await portal.change(patch(declined.body.number, { private: { note: 'Talked about' } }), { reason: 'Written down' });
  expect(await stateOf(asker)).toEqual(['declined', 'The release is that week']);
  for (const { body } of [noted, declined])
    expect((await portal.client.ask('post', `/changes/${body.number}/undo`, { as: aManager })).status).toBe(201);
  expect(await stateOf(asker)).toEqual(['requested', null]);
});

test('whoever asked withdraws the request, which the history says, and takes that back', async () => {
  const leave = newTimeOff(noor, '2027-06-07', '2027-06-11', {});
  const as = { ...anEngineer, account: ulid(), person: noor.id };
  const asked = await portal.change([leave], { as });
  const withdrawn = await portal.change([{ do: 'delete', kind: 'timeOff', id: leave.id, version: asked.body.number }], { as });
  const told = await portal.client.ask<any>('get', `/changes/${withdrawn.body.number}`, { as });
  expect(told.body.summary).toBe('Noor Haddad away 7 Jun – 11 Jun 2027, requested: removed');
  expect((await portal.client.ask('post', `/changes/${withdrawn.body.number}/undo`, { as })).status).toBe(201);
  expect((await portal.client.ask<any>('get', `/time-off/${leave.id}`, { as })).body.state).toBe('requested');
});

test('leave that was asked for at once names its set, to everybody who lists it and to no other part; answered and withdrawn in one change set', async () => {
  const set = ulid();
  const asker = { ...anEngineer, account: ulid(), person: noor.id };
  const days = ['2027-09-03', '2027-09-17', '2027-10-01'];
  const asked = days.map((day) => newTimeOff(noor, day, day, { set }));
  const { body, status } = await portal.change(asked, { as: asker });
  expect(status).toBe(201);
  const list = await portal.client.ask<any>('get', `/time-off?person=${noor.id}`, { as: anEngineer });
  expect(list.body.items.filter((one: any) => one.set === set)).toHaveLength(3);
  const told = [...(await portal.staffing.snapshot())].filter(({ subject }) => asked.some(({ id }) => subject.endsWith(id)));
  expect(told).toHaveLength(3);
  expect(JSON.stringify(told)).not.toContain(set);
  const commands = (version: number, what: object) => asked.map(({ id }) => ({ kind: 'timeOff', id, version, ...what }));
  const approved = await portal.change(commands(body.number, { do: 'change', patch: { state: 'approved' } }));
  expect(approved.status).toBe(201);
  expect((await portal.change(commands(approved.body.number, { do: 'delete' }), { as: asker })).status).toBe(403);
  expect((await portal.client.ask('post', `/changes/${approved.body.number}/undo`, { as: aManager })).status).toBe(201);
  const version = (await portal.client.ask<any>('get', `/time-off/${asked[0]?.id}`, { as: asker })).body.version;
  expect((await portal.change(commands(version, { do: 'delete' }), { as: asker })).status).toBe(201);
});
