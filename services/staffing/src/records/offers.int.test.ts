import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Envelope, Identity } from '@sidekick/contracts';
import { aManager, anEngineer, newAssignment, newRecord, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../testing/harness.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal({ snapshotEvery: 2 });
});
afterEach(() => portal.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, as: Identity = aManager) =>
  portal.client.ask<any>(method, path, { as, headers, ...(body === undefined ? {} : { body }) });
const noor = newPerson('Noor Haddad');
const ben = newPerson('Ben Carter');
const atlas = newProject('Atlas', { from: '2026-11-02' });
const basin = newProject('Basin', { from: '2026-11-02' });
const noors: Identity = { ...anEngineer, person: noor.id };
const bens: Identity = { ...anEngineer, account: anEngineer.account.replace(/.$/, '2'), person: ben.id };
const offer = (over: object = {}) =>
  newRecord('volunteer', { person: noor.id, project: atlas.id, private: { note: 'I wrote it' }, ...over });
const wish = (skill: string, over: object = {}) => newRecord('wish', { person: noor.id, skill, ...over });
const listed = async (path: string, as?: Identity) => (await ask('get', path, undefined, {}, as)).body.items;
const summaries = async () => (await listed('/changes')).map(({ summary }: { summary: string }) => summary);
const aGroup = () => portal.change([noor, ben, atlas, basin]);

describe('an offer to back up a project', () => {
  test('is made and withdrawn by the person, told in the history and in an event, and comes back by undo', async () => {
    await aGroup();
    const got: Envelope[] = [];
    await portal.bus.subscribe('gateway.live', async (event) => void got.push(event));
    const { id, record } = offer();
    const made = await ask('put', `/volunteers/${id}`, record, { 'if-none-match': '*' }, noors);
    expect(made).toMatchObject({ status: 201, body: { id, ...record, sample: false, version: 2 } });
    expect((await ask('delete', `/volunteers/${id}`, undefined, { 'if-match': '"2"' }, noors)).status).toBe(204);
    expect(await summaries()).toEqual([
      'Offer of Noor Haddad to back up Atlas: removed',
      'Noor Haddad offers to back up Atlas',
      expect.any(String),
    ]);
    expect((await ask('post', '/changes/3/undo', undefined, {}, noors)).status).toBe(201);
    expect(await listed(`/volunteers?project=${atlas.id}&person=${noor.id}`)).toMatchObject([{ id, version: 4 }]);
    expect(await listed(`/volunteers?project=${basin.id}`)).toEqual([]);
    const event = await until('its event', () => got.find(({ subject, sequence }) => subject === id && sequence === 4));
    expect(event).toMatchObject({ type: 'staffing.volunteer.changed.v1', data: { state: { person: noor.id, project: atlas.id } } });
    expect(JSON.stringify(got)).not.toContain('I wrote it');
  });

  test('is read by everybody, what is said to it by the person and managers alone', async () => {
    await aGroup();
    const { id, record, ...command } = offer();
    await portal.change([{ id, record, ...command }], { reason: 'she told me' });
    for (const as of [aManager, noors]) expect((await listed('/volunteers', as))[0].private).toEqual({ note: 'I wrote it' });
    expect(await listed('/volunteers', bens)).toMatchObject([{ id, person: noor.id, project: atlas.id, private: null }]);
    const seen = JSON.stringify([
      await ask('get', '/changes', undefined, {}, bens),
      await ask('get', `/volunteers/${id}`, undefined, {}, bens),
    ]);
    expect(seen).not.toMatch(/I wrote it|she told me/);
  });

  test('is for its person and managers to write, once a project, and not of the sample by an engineer', async () => {
    await aGroup();
    const { id, record, ...command } = offer();
    const first = { id, record, ...command };
    expect((await portal.change([first], { as: bens })).status).toBe(403);
    expect((await portal.change([offer({ sample: true })], { as: noors })).status).toBe(403);
    expect((await portal.change([first], { as: noors })).status).toBe(201);
    const again = await portal.change([offer()]);
    expect(again.body.errors).toEqual([{ path: 'commands.0.record.project', message: 'This offer is there already' }]);
    const of = { kind: 'volunteer', id, version: 2 };
    expect((await portal.change([{ do: 'change', ...of, patch: { person: ben.id } }], { as: noors })).status).toBe(403);
    expect((await portal.change([{ do: 'delete', ...of }], { as: bens })).status).toBe(403);
    expect((await portal.change([{ do: 'change', ...of, patch: { private: { note: 'still' } } }], { as: noors })).status).toBe(201);
  });

  test('is refused of who leads the project, has left or is not there, and for a project that is over or lost', async () => {
    const left = newPerson('Ada Long', { contract: { from: null, to: '2026-11-20' } });
    const over = newProject('Old', { from: '2026-10-01', to: '2026-11-20' });
    const lost = newProject('Gone', { state: 'lost' });
    await portal.change([noor, ben, atlas, basin, left, over, lost, newAssignment(noor, atlas, 'lead')]);
    const refusals: [object, string, string][] = [
      [{}, 'project', 'Whoever leads a project does not back it up too'],
      [{ person: left.id }, 'person', 'Has left: the contract ended on 20 Nov'],
      [{ project: over.id }, 'project', 'Old ended on 20 Nov'],
      [{ project: lost.id }, 'project', 'Gone is lost'],
      [{ project: ulid() }, 'project', 'There is no project of this id'],
    ];
    for (const [body, path, message] of refusals) {
      expect((await portal.change([offer(body)])).body.errors).toEqual([{ path: `commands.0.record.${path}`, message }]);
    }
    expect((await portal.change([offer({ project: basin.id })])).status).toBe(201);
  });

  test('goes with its project, with who leaves and with who is made anonymous, in the same change set', async () => {
    await aGroup();
    const wished = wish('Go');
    await portal.change([offer(), offer({ project: basin.id }), wished]);
    const gone = await portal.change([{ do: 'delete', kind: 'project', id: basin.id, version: 1 }]);
    expect(gone.body.items.map(({ kind, record }: any) => [kind, record])).toEqual([
      ['project', null],
      ['volunteer', null],
    ]);
    expect((await ask('post', '/changes/3/undo')).status).toBe(201);
    expect(await listed('/volunteers')).toHaveLength(2);
    const leaves = { do: 'change', kind: 'person', id: noor.id, version: 1, patch: { contract: { to: '2026-11-27' } } };
    expect((await portal.change([leaves])).body.items).toHaveLength(4);
    expect([await listed('/volunteers'), await listed('/wishes')]).toEqual([[], []]);
    expect((await ask('post', `/people/${noor.id}/redact`, {})).status).toBe(201);
    expect(JSON.stringify((await ask('get', '/changes?limit=50')).body)).not.toMatch(/I wrote it|Noor/);
  });

  test('reaches a browser that follows, without what is said to it where it is not for its reader', async () => {
    await aGroup();
    const view = (as: Identity) => ask('get', '/volunteers', undefined, {}, as).then(({ headers }) => headers.get('staffing-view') ?? '');
    const { id, record, ...command } = offer();
    await portal.change([{ id, record, ...command }], { as: noors });
    for (const [as, words] of [
      [aManager, { note: 'I wrote it' }],
      [bens, null],
    ] as const) {
      const { items } = (await ask('get', `/changes?after=1&view=${encodeURIComponent(await view(as))}`, undefined, {}, as)).body;
      expect(items).toMatchObject([{ kind: 'volunteer', id, record: { person: noor.id, private: words, version: 2 } }]);
    }
  });
});

describe('a wish to learn a skill', () => {
  test('is made and withdrawn by the person, once a skill in whatever spelling, and told in the history', async () => {
    await aGroup();
    const { id, record, ...command } = wish(' Type  Script ');
    const first = { id, record, ...command };
    expect((await portal.change([first], { as: bens })).status).toBe(403);
    expect((await portal.change([first], { as: noors })).body.items).toMatchObject([{ record: { skill: 'Type Script', person: noor.id } }]);
    const twice = await portal.change([wish('ＴＹＰＥ script')], { as: noors });
    expect(twice.body.errors).toEqual([{ path: 'commands.0.record.skill', message: 'There is a wish to learn Type Script already' }]);
    expect(await listed(`/wishes?person=${noor.id}`, bens)).toMatchObject([{ id, skill: 'Type Script' }]);
    expect((await ask('delete', `/wishes/${id}`, undefined, { 'if-match': '"2"' }, noors)).status).toBe(204);
    expect((await summaries()).slice(0, 2)).toEqual([
      'Wish of Noor Haddad to learn Type Script: removed',
      'Noor Haddad wishes to learn Type Script',
    ]);
  });

  test('is one of a hundred at most', async () => {
    await aGroup();
    const many = Array.from({ length: 100 }, (_, n) => wish(`Skill ${n}`));
    expect((await portal.change(many, { as: noors })).status).toBe(201);
    const more = await portal.change([wish('One more')], { as: noors });
    expect(more.body.errors).toMatchObject([
      { path: 'commands.0.record.skill', message: '100 wishes are there already; take some away first' },
    ]);
    expect((await portal.change([wish('One more', { person: ben.id })], { as: bens })).status).toBe(201);
  });

  test('has the one name of its skill, and is one where two names come to be one', async () => {
    await aGroup();
    const skills = async (person = noor.id) => (await listed(`/wishes?person=${person}`)).map(({ skill }: { skill: string }) => skill);
    await portal.change([wish('Postgres'), wish('psql'), wish('Go'), wish('psql', { person: ben.id })]);
    const named = await portal.change([newRecord('skill', { name: 'PostgreSQL', spellings: ['Postgres', 'psql'] })]);
    expect(named.status).toBe(201);
    expect([await skills(), await skills(ben.id)]).toEqual([['PostgreSQL', 'Go'], ['PostgreSQL']]);
    expect((await portal.change([wish('PSQL', { person: ben.id })])).body.errors?.[0].message).toBe(
      'There is a wish to learn PostgreSQL already',
    );
    expect((await ask('post', '/changes/3/undo')).status).toBe(201);
    expect(await skills()).toEqual(['Postgres', 'psql', 'Go']);
    const merged = await ask('post', '/skills/merge', { id: ulid(), skill: 'Pg', spellings: ['postgres', 'PSQL'] });
    expect(merged.status).toBe(201);
    expect([await skills(), await skills(ben.id)]).toEqual([['Pg', 'Go'], ['Pg']]);
  });
});
