import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aManager, newAssignment, newTimeOff } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await aPortal();
});
afterAll(() => portal.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  portal.client.ask(method, path, { as: aManager, headers, ...(body === undefined ? {} : { body }) });
const fresh = { 'if-none-match': '*' };

describe('a record over HTTP', () => {
  test('is created once: the same body again answers what is stored, another body is stale', async () => {
    const id = ulid();
    const body = newProject('Atlas').record;
    const made = await ask('put', `/projects/${id}`, body, fresh);
    expect(made).toMatchObject({ status: 201, body: { id, name: 'Atlas', priority: 3, wantedHours: 8 } });
    const again = await ask('put', `/projects/${id}`, { ...body, priority: 3 }, fresh);
    expect(again).toMatchObject({ status: 200, body: made.body });
    expect(again.headers.get('etag')).toBe(made.headers.get('etag'));
    const other = await ask('put', `/projects/${id}`, { ...body, name: 'Borealis' }, fresh);
    expect(other).toMatchObject({ status: 412, body: { current: { name: 'Atlas', version: made.body.version } } });
  });

  test('is replaced, patched and deleted with the version that was read, and only with it', async () => {
    const id = ulid();
    const made = await ask('put', `/people/${id}`, newPerson('Noor Haddad', { region: 'PT' }).record, fresh);
    const tag = made.headers.get('etag') ?? '';
    expect((await ask('patch', `/people/${id}`, { region: 'ES' })).status).toBe(428);
    expect((await ask('put', `/people/${id}`, newPerson('Noor').record)).status).toBe(428);
    const patched = await ask('patch', `/people/${id}`, { region: 'ES' }, { 'if-match': tag });
    expect(patched.body).toMatchObject({ region: 'ES', private: { name: 'Noor Haddad' } });
    expect((await ask('patch', `/people/${id}`, { region: 'FR' }, { 'if-match': tag })).status).toBe(412);
    const replaced = await ask('put', `/people/${id}`, newPerson('Noor H').record, { 'if-match': patched.headers.get('etag') ?? '' });
    expect(replaced.body).toMatchObject({ region: null, private: { name: 'Noor H' } });
    const bad = await ask('patch', `/people/${id}`, { timeZone: 'Mars/Base' }, { 'if-match': replaced.headers.get('etag') ?? '' });
    expect(bad.body.errors).toEqual([{ path: 'timeZone', message: 'No time zone is called Mars/Base' }]);
    expect((await ask('delete', `/people/${id}`, undefined, { 'if-match': tag })).status).toBe(412);
    const gone = await ask('delete', `/people/${id}`, undefined, { 'if-match': replaced.headers.get('etag') ?? '' });
    expect(gone.status).toBe(204);
    expect(gone.headers.get('staffing-head')).toBe(String(replaced.body.version + 1));
    expect((await ask('get', `/people/${id}`)).status).toBe(404);
    expect((await ask('patch', `/people/${ulid()}`, {}, { 'if-match': '"1"' })).status).toBe(404);
  });

  test('may break a rule when the query accepts it', async () => {
    const ines = newPerson('Ines Costa');
    const atlas = newProject('Atlas', { to: '2026-12-20' });
    await portal.change([ines, atlas]);
    const { id, record } = newAssignment(ines, atlas, 'lead');
    const refused = await ask('put', `/assignments/${id}`, record, fresh);
    expect(refused).toMatchObject({ status: 409, body: { broken: [{ code: 'outside-project', weeks: ['2026-W52'] }] } });
    expect(refused.body.broken[0].message).toBe('Ines Costa on Atlas, 7 Dec – 27 Dec, but Atlas runs 23 Nov – 20 Dec');
    const taken = await ask('put', `/assignments/${id}?accept=outside-project&accept=over-allocated&reason=slips`, record, fresh);
    expect(taken).toMatchObject({ status: 201, body: { accepted: ['outside-project'], private: { reason: 'slips' } } });
    const tag = taken.headers.get('etag') ?? '';
    const mended = await ask('patch', `/assignments/${id}`, { to: '2026-12-20' }, { 'if-match': tag });
    expect(mended).toMatchObject({ status: 200, body: { accepted: [], private: { reason: null } } });
  });

  test('takes hours or a portion of each day off, and says so', async () => {
    const ines = newPerson('Ines Costa');
    const leave = newTimeOff(ines, '2026-12-10', '2026-12-10', { amount: { portion: 0.5 } });
    const { body } = await portal.change([ines, leave]);
    const tag = { 'if-match': `"${body.number}"` };
    const both = await ask('patch', `/time-off/${leave.id}`, { amount: { hours: 3 } }, tag);
    expect(both).toMatchObject({ status: 400, body: { errors: [{ path: 'amount' }] } });
    expect(both.body.errors[0].message).toContain('not both');
    const hours = await ask('patch', `/time-off/${leave.id}`, { amount: { hours: 3, portion: null } }, tag);
    expect(hours.body).toMatchObject({ amount: { hours: 3 } });
  });
});

describe('lists', () => {
  test('answer every record exactly once over pages, in order of id, and filter', async () => {
    const people = Array.from({ length: 7 }, (_, index) => newPerson(`Person ${index}`));
    const atlas = newProject('Zephyr');
    const first = people[0] as { id: string };
    await portal.change([...people, atlas, newAssignment(first, atlas, 'lead'), newTimeOff(first, '2026-12-10', '2026-12-11')]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await ask('get', `/people?limit=3${cursor}`);
      expect(body.items.length).toBeLessThanOrEqual(3);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...seen].sort());
    for (const { id } of people) expect(seen).toContain(id);
    expect((await ask('get', `/assignments?person=${first.id}&project=${atlas.id}`)).body.items).toHaveLength(1);
    expect((await ask('get', `/assignments?person=${people[1]?.id}`)).body.items).toEqual([]);
    expect((await ask('get', `/time-off?person=${first.id}&state=approved`)).body.items).toEqual([]);
    expect((await ask('get', `/time-off?person=${first.id}&state=requested`)).body.items).toHaveLength(1);
    expect((await ask('get', '/people?limit=0')).status).toBe(400);
    expect((await ask('get', '/people?cursor=nonsense')).status).toBe(400);
  });

  test('of assignments answer those that hold a day of a range, both ends included, also where they have no end', async () => {
    const atlas = newProject('Of a range', { from: '2026-01-05', to: null });
    const ranges = [
      ['2026-10-05', '2026-11-29'],
      ['2026-11-30', '2026-12-06'],
      ['2026-12-13', null],
      ['2026-12-14', '2026-12-20'],
    ] as const;
    const work = ranges.flatMap(([from, to], n) => {
      const person = newPerson(`Of range ${n}`);
      return [person, newAssignment(person, atlas, 'contributor', { from, to })];
    });
    expect((await portal.change([atlas, ...work])).status).toBe(201);
    const starts = async (query: string) =>
      (await ask('get', `/assignments?project=${atlas.id}&${query}`)).body.items.map(({ from }: { from: string }) => from).sort();
    expect(await starts('from=2026-11-30&to=2026-12-13')).toEqual(['2026-11-30', '2026-12-13']);
    expect(await starts('from=2026-12-07')).toEqual(['2026-12-13', '2026-12-14']);
    expect(await starts('to=2026-11-29')).toEqual(['2026-10-05']);
    expect(await starts('from=2030-01-01&to=2030-01-02')).toEqual(['2026-12-13']);
    expect((await ask('get', '/assignments?from=2026-13-01')).status).toBe(400);
    const backwards = await ask('get', '/assignments?from=2026-12-27&to=2026-12-07');
    expect([backwards.status, backwards.body.type]).toEqual([400, 'urn:sidekick:problem:end-before-start']);
    expect(backwards.body.errors[0].path).toBe('to');
    expect((await ask('get', '/assignments?from=2026-12-07&to=2026-12-07')).status).toBe(200);
  });

  test('count skills that people have and projects ask for', async () => {
    const one = newPerson('A', { skills: [{ skill: 'constructor', level: 2 }] });
    const two = newPerson('B', { skills: [{ skill: 'constructor', level: 5 }] });
    await portal.change([one, two, newProject('C', { requiredSkills: [{ skill: 'PostGIS', level: 3 }] })]);
    const none = { people: [], projects: [] };
    expect((await ask('get', '/skills')).body.items).toEqual([
      { skill: 'constructor', people: 2, projects: 0, spellings: [{ spelling: 'constructor', uses: 2 }], twice: none },
      { skill: 'PostGIS', people: 0, projects: 1, spellings: [{ spelling: 'PostGIS', uses: 1 }], twice: none },
    ]);
  });
});
