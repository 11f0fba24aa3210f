import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Identity } from '@sidekick/contracts';
import { aManager, anEngineer, newAssignment, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const ask = (method: string, path: string, more: object = {}) => portal.client.ask(method, path, { as: aManager, ...more });

async function aGroup() {
  const noor = newPerson('Noor Haddad');
  const ines = newPerson('Ines Costa');
  const atlas = newProject('Atlas');
  const lead = newAssignment(ines, atlas, 'lead', { hoursPerWeek: 24 });
  expect((await portal.change([noor, ines, atlas, lead])).status).toBe(201);
  return { noor, ines, atlas, lead };
}

describe('a change set', () => {
  test('commits all of its commands under one number and answers the records as they stand', async () => {
    const noor = newPerson('Noor Haddad');
    const atlas = newProject('Atlas');
    const work = newAssignment(noor, atlas, 'sidekick');
    const got = await portal.change([noor, atlas, work]);
    expect(got).toMatchObject({ status: 201, body: { number: 1, warnings: [] } });
    expect(got.body.items.map((item: { version: number }) => item.version)).toEqual([1, 1, 1]);
    expect(got.headers.get('staffing-head')).toBe('1');
    const person = await ask('get', `/people/${noor.id}`);
    expect(person.headers.get('etag')).toBe('"1"');
    expect(person.body).toMatchObject({ operationsShare: 0.05, version: 1, private: { name: 'Noor Haddad' } });
    expect((await ask('get', `/people/${noor.id}`, { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
  });

  test('writes nothing when one command cannot be, and names every error by its path', async () => {
    const noor = newPerson('Noor Haddad');
    const atlas = newProject('Atlas', { from: '2026-12-07', to: '2026-12-04' });
    const work = newAssignment(noor, { id: ulid() }, 'sidekick', { hoursPerWeek: 8 });
    const got = await portal.change([noor, atlas, work]);
    expect(got.status).toBe(400);
    expect(got.body.errors).toEqual([
      { path: 'commands.1.record.to', message: 'The end is before the start: 4 Dec < 7 Dec' },
      { path: 'commands.2.record.project', message: 'There is no project of this id' },
    ]);
    expect((await ask('get', '/people')).body.items).toEqual([]);
    const hours = await portal.change([noor, newAssignment(noor, noor, 'sidekick', { hoursPerWeek: 169 })]);
    expect(hours.body.errors).toMatchObject([{ path: 'commands.1.record.hoursPerWeek' }]);
  });

  test('answers what is stored when the same id is sent again', async () => {
    const id = ulid();
    const noor = newPerson('Noor Haddad');
    const first = await portal.change([noor], { id });
    const again = await portal.change([noor], { id });
    expect(again.body).toEqual(first.body);
    expect((await ask('get', '/changes')).body.items).toHaveLength(1);
  });

  test('patches as RFC 7396 does: objects merge, arrays are replaced, null clears', async () => {
    const { noor } = await aGroup();
    const patch = { contract: { to: '2027-01-31' }, skills: [{ skill: 'Go', level: 3 }], region: 'PT' };
    await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 1, patch }]);
    const second = { contract: { to: null, from: '2026-01-01' }, region: null, operationsShare: null };
    const got = await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 2, patch: second }]);
    expect(got.body.items[0].record).toMatchObject({
      contract: { from: '2026-01-01', to: null },
      region: null,
      operationsShare: 0.05,
      skills: [{ skill: 'Go', level: 3 }],
    });
    const unknown = await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 3, patch: { colour: 'red' } }]);
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ path: 'commands.0.patch' }] } });
  });

  test('refuses a stale version with what is stored now', async () => {
    const { noor } = await aGroup();
    await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 1, patch: { region: 'PT' } }]);
    const got = await portal.change([{ do: 'change', kind: 'person', id: noor.id, version: 1, patch: { region: 'ES' } }]);
    expect(got).toMatchObject({ status: 412, body: { current: { id: noor.id, version: 2, record: { region: 'PT' } } } });
  });

  test('refuses to delete who is named, unless what names them goes too', async () => {
    const { ines, lead } = await aGroup();
    const person = { do: 'delete', kind: 'person', id: ines.id, version: 1 };
    const got = await portal.change([person]);
    expect(got).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:in-use', usedBy: [{ kind: 'assignment', id: lead.id }] },
    });
    expect((await portal.change([person, { do: 'delete', kind: 'assignment', id: lead.id, version: 1 }])).status).toBe(201);
    expect((await ask('get', `/people/${ines.id}`)).status).toBe(404);
    expect(await portal.change([{ ...ines }])).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:id-used' } });
  });
});

describe('rules', () => {
  test('a broken rule is refused with its code and sentence; a manager takes it with a reason, which is kept and shown', async () => {
    const { ines, atlas } = await aGroup();
    const work = newAssignment(ines, atlas, 'sidekick');
    const refused = await portal.change([work]);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:broken-rules' } });
    expect(refused.body.broken).toMatchObject([
      { code: 'sidekick-leads', assignment: work.id, weeks: ['2026-W50', '2026-W51', '2026-W52'] },
    ]);
    expect(refused.body.broken[0].message).toContain('Ines Costa already leads Atlas, 7 Dec – 27 Dec');
    expect((await portal.change([work], { accept: ['sidekick-leads'] })).body.errors).toMatchObject([{ path: 'reason' }]);
    const taken = await portal.change([work], { accept: ['sidekick-leads'], reason: 'Only for the hand-over' });
    expect(taken).toMatchObject({ status: 201, body: { warnings: [{ code: 'sidekick-leads' }] } });
    const kept = await ask('get', `/assignments/${work.id}`);
    expect(kept.body).toMatchObject({ accepted: ['sidekick-leads'], private: { reason: 'Only for the hand-over' } });
    const told = (await ask('get', `/changes/${taken.body.number}`)).body;
    expect(told).toMatchObject({ accepted: ['sidekick-leads'], reason: 'Only for the hand-over', by: { name: 'Helena Prado' } });
    expect((await ask('get', '/assignments')).body.items).toHaveLength(2);
  });

  test('preview tells what would break and the touched weeks before and after, and writes nothing', async () => {
    const { noor, atlas } = await aGroup();
    const body = { id: ulid(), commands: [newAssignment(noor, atlas, 'sidekick', { hoursPerWeek: 44 })] };
    const got = await ask('post', '/changes/preview', { body });
    expect(got.body.broken).toMatchObject([{ code: 'over-allocated', person: noor.id, weeks: ['2026-W50', '2026-W51', '2026-W52'] }]);
    expect(got.body.coverage[0]).toEqual({ project: atlas.id, week: '2026-W50', before: 'none', after: 'covered' });
    expect(got.body.load[0]).toEqual({ person: noor.id, week: '2026-W50', before: { hours: 0, net: 40 }, after: { hours: 44, net: 40 } });
    expect((await ask('get', '/assignments')).body.items).toHaveLength(1);
  });

  test('approving leave that leaves a project to nobody needs a reason', async () => {
    const { noor, ines, atlas } = await aGroup();
    await portal.change([newAssignment(noor, atlas, 'sidekick'), newTimeOff(ines, '2026-12-14', '2026-12-16', { state: 'approved' })]);
    const leave = newTimeOff(noor, '2026-12-16', '2026-12-18', { private: { kind: 'parental', note: null } });
    expect((await portal.change([leave])).status).toBe(201);
    const approve = { do: 'change', kind: 'timeOff', id: leave.id, version: 3, patch: { state: 'approved' } };
    const refused = await portal.change([approve]);
    expect(refused.body.broken).toMatchObject([{ code: 'joint-absence', project: atlas.id, weeks: ['2026-W51'] }]);
    expect((await portal.change([approve], { accept: ['joint-absence'], reason: 'Agreed with the client' })).status).toBe(201);
    expect((await ask('get', `/time-off/${leave.id}`)).body).toMatchObject({
      accepted: ['joint-absence'],
      private: { kind: 'parental', reason: 'Agreed with the client' },
    });
  });
});

describe('undo', () => {
  test('appends the inverse and revives a deleted id', async () => {
    const { lead } = await aGroup();
    await portal.change([{ do: 'delete', kind: 'assignment', id: lead.id, version: 1 }]);
    const undone = await ask('post', '/changes/2/undo');
    expect(undone).toMatchObject({ status: 201, body: { number: 3, items: [{ id: lead.id, version: 3 }] } });
    expect((await ask('get', `/assignments/${lead.id}`)).body).toMatchObject({ role: 'lead', version: 3 });
    expect((await ask('get', '/changes/2')).body).toMatchObject({ undoneBy: 3 });
    expect((await ask('post', '/changes/3/undo')).status).toBe(201);
    expect((await ask('get', `/assignments/${lead.id}`)).status).toBe(404);
  });

  test('leads back step by step, and forth again', async () => {
    const { lead } = await aGroup();
    const hours = async () => (await ask('get', `/assignments/${lead.id}`)).body.hoursPerWeek;
    await portal.change([{ do: 'change', kind: 'assignment', id: lead.id, version: 1, patch: { hoursPerWeek: 20 } }]);
    await portal.change([{ do: 'change', kind: 'assignment', id: lead.id, version: 2, patch: { hoursPerWeek: 16 } }]);
    expect((await ask('post', '/changes/3/undo')).body.number).toBe(4);
    expect((await ask('post', '/changes/2/undo')).body.number).toBe(5);
    expect(await hours()).toBe(24);
    expect((await ask('post', '/changes/5/undo')).body.number).toBe(6);
    expect(await hours()).toBe(20);
    expect((await ask('get', '/changes/2')).body.undoneBy).toBeNull();
    expect((await ask('get', '/changes/3')).body.undoneBy).toBe(4);
    expect((await ask('post', '/changes/4/undo')).body.number).toBe(7);
    expect(await hours()).toBe(16);
    expect((await ask('post', '/changes/2/undo')).body).toMatchObject({ type: 'urn:sidekick:problem:changed-since', numbers: [3] });
  });

  test('is refused once something it touched has changed, and says what did', async () => {
    const { lead } = await aGroup();
    await portal.change([{ do: 'change', kind: 'assignment', id: lead.id, version: 1, patch: { hoursPerWeek: 20 } }]);
    await portal.change([{ do: 'change', kind: 'assignment', id: lead.id, version: 2, patch: { hoursPerWeek: 16 } }]);
    const got = await ask('post', '/changes/2/undo');
    expect(got).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:changed-since', numbers: [3] } });
    expect(got.body.changedBy).toMatchObject([{ number: 3, by: { name: 'Helena Prado' } }]);
    expect(got.body.changedBy[0].summary).toBe('Ines Costa lead on Atlas, 16 h a week, 7 Dec – 27 Dec (was 20 h a week)');
    expect((await ask('post', '/changes/9/undo')).status).toBe(404);
  });

  test('is weighed by the rules like any change', async () => {
    const { ines, atlas, lead } = await aGroup();
    await portal.change([{ do: 'delete', kind: 'assignment', id: lead.id, version: 1 }]);
    await portal.change([newAssignment(ines, atlas, 'sidekick')]);
    const got = await ask('post', '/changes/2/undo');
    expect(got).toMatchObject({ status: 409, body: { broken: [{ code: 'sidekick-leads' }] } });
    const taken = await ask('post', '/changes/2/undo?accept=sidekick-leads&reason=for%20a%20week');
    expect(taken).toMatchObject({ status: 201, body: { number: 4 } });
  });
});

describe('history', () => {
  test('is told newest first, by record and by day, a page at a time', async () => {
    const { noor, atlas } = await aGroup();
    for (const region of ['PT', 'ES', 'FR']) {
      const { version } = (await ask('get', `/people/${noor.id}`)).body;
      await portal.change([{ do: 'change', kind: 'person', id: noor.id, version, patch: { region } }]);
    }
    const first = (await ask('get', '/changes?limit=3')).body;
    expect(first.items.map((item: { number: number }) => item.number)).toEqual([4, 3, 2]);
    const rest = (await ask('get', `/changes?limit=3&cursor=${first.nextCursor}`)).body;
    expect(rest).toMatchObject({ items: [{ number: 1 }], nextCursor: null });
    expect((await ask('get', `/changes?subject=${atlas.id}`)).body.items).toMatchObject([{ number: 1 }]);
    expect((await ask('get', `/changes?subject=${noor.id}&limit=2`)).body.items).toMatchObject([{ number: 4 }, { number: 3 }]);
    expect((await ask('get', '/changes?from=2026-11-30&to=2026-11-30')).body.items).toHaveLength(4);
    expect((await ask('get', '/changes?to=2026-11-29')).body.items).toEqual([]);
    expect((await ask('get', '/changes?from=2026-12-01')).body.items).toEqual([]);
    expect(first.items[0].summary).toBe('Noor Haddad: region changed');
    expect((await ask('get', '/changes?cursor=x')).status).toBe(400);
  });

  test('of a person or a project tells what touched their work, leave and teams too, also of what is gone', async () => {
    const { noor, ines, atlas } = await aGroup();
    const numbers = async (id: string) => {
      const { body } = await ask('get', `/changes?about=${id}`);
      return body.items.map(({ number }: { number: number }) => number);
    };
    const [zoe, cover] = [newPerson('Zoe Lima'), newAssignment(noor, atlas, 'sidekick')];
    await portal.change([zoe]);
    await portal.change([cover]);
    await portal.change([newTimeOff(zoe, '2026-12-14', '2026-12-16')]);
    await portal.change([{ do: 'delete', kind: 'assignment', id: cover.id, version: 3 }]);
    expect(await numbers(noor.id)).toEqual([5, 3, 1]);
    expect(await numbers(atlas.id)).toEqual([5, 3, 1]);
    expect(await numbers(zoe.id)).toEqual([4, 2]);
    expect(await numbers(ines.id)).toEqual([1]);
    expect((await ask('get', `/changes?subject=${noor.id}`)).body.items).toMatchObject([{ number: 1 }]);
    expect((await ask('get', `/changes?subject=${noor.id}&about=${noor.id}`)).status).toBe(400);
    expect((await ask('get', `/changes?after=1&view=x&about=${noor.id}`)).status).toBe(400);
  });

  test('does not tell an engineer why somebody is away', async () => {
    const { noor, ines } = await aGroup();
    const secret = { private: { kind: 'surgery', note: 'at home' } };
    const leave = newTimeOff(noor, '2026-12-14', '2026-12-16', secret);
    await portal.change([leave], { reason: 'surgery' });
    const engineer: Identity = { ...anEngineer, person: ines.id };
    const heard = await portal.client.ask('get', '/changes/2', { as: engineer });
    const seen = await portal.client.ask('get', `/time-off/${leave.id}`, { as: engineer });
    const listed = await portal.client.ask('get', '/time-off', { as: engineer });
    expect(heard.body).toMatchObject({ summary: 'Noor Haddad away 14 Dec – 16 Dec, requested', reason: null });
    expect(seen.body).toMatchObject({ private: null });
    for (const { body } of [heard, seen, listed]) expect(JSON.stringify(body)).not.toMatch(/surgery|at home/);
    const own = await portal.client.ask('get', `/time-off/${leave.id}`, { as: { ...anEngineer, person: noor.id } });
    expect(own.body).toMatchObject({ private: { kind: 'surgery' } });
  });
});
