import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CsvKind, Identity } from '@sidekick/contracts';
import { aManager, anEngineer, anOps, newAssignment, newRecord } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, newPerson, newProject, type Portal } from '../../testing/harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await aPortal();
});
afterAll(() => portal.close());

const helena: Identity = { ...aManager, account: '01JZZZZZZZZZZZZZZZZZMANAG2', name: 'Rui Costa' };
const csv = { 'content-type': 'text/csv' };
const send = (path: string, text: string | Uint8Array, as: Identity = aManager) =>
  portal.client.ask<any>('post', path, { as, raw: Buffer.from(text as string), headers: csv });
const preview = (kind: CsvKind, text: string | Uint8Array, as?: Identity) => send(`/staffing-import/${kind}/preview?name=a.csv`, text, as);
const apply = (kind: CsvKind, text: string, digest: string, { id = ulid(), more = '' } = {}) =>
  send(`/staffing-import/${kind}?name=plan.csv&id=${id}&digest=${digest}${more}`, text);
const exported = async (kind: CsvKind, query = ''): Promise<string> =>
  String((await portal.client.ask('get', `/staffing-export/${kind}.csv${query}`, { as: aManager })).body).replace('\ufeff', '');
const head = async () => Number((await portal.client.ask('get', '/people', { as: aManager })).headers.get('staffing-head'));

describe('CSV both ways', () => {
  test('people, projects and assignments come in from files made by hand, and go out, edited, in again', async () => {
    const people = 'name,email,skills\nNoor Haddad,noor@example.org,React 4; Go 2\nBen Carter,,\n';
    const seen = (await preview('people', people)).body;
    expect(seen).toMatchObject({ counts: { new: 2, changed: 0, removed: 0, same: 0, wrong: 0 }, errors: [], accept: [] });
    expect((await apply('people', people, seen.digest)).body).toEqual({ number: 1, new: 2, changed: 0, removed: 0 });
    // The same again makes nothing.
    const again = (await preview('people', people)).body;
    expect(again.counts).toEqual({ new: 0, changed: 0, removed: 0, same: 2, wrong: 0 });
    expect(await apply('people', people, again.digest)).toMatchObject({ status: 200, body: { number: null } });

    const projects = 'name;from;to;minimum hours\nAtlas;2026-11-23;2027-03-14;4,5\n';
    await apply('projects', projects, (await preview('projects', projects)).body.digest);
    const work =
      'person,project,role,from,to,hours per week\nNoor Haddad,atlas,lead,2026-11-30,2026-12-20,24\nben carter,Atlas,sidekick,2026-11-30,2026-12-20,8\n';
    await apply('assignments', work, (await preview('assignments', work)).body.digest);

    const out = await exported('assignments');
    const edited = out.replace(',24,', ',30,');
    const change = (await preview('assignments', edited)).body;
    expect(change.counts).toEqual({ new: 0, changed: 1, removed: 0, same: 1, wrong: 0 });
    expect(change.changes).toEqual([
      {
        ...{ row: expect.any(Number), does: 'change', id: expect.any(String), foundBy: 'id' },
        ...{ name: expect.stringMatching(/^Noor Haddad lead on Atlas/), fields: [{ head: 'hours per week', before: '24', after: '30' }] },
      },
    ]);
    const { number } = (await apply('assignments', edited, change.digest)).body;
    const history = (await portal.client.ask<any>('get', `/changes/${number}`, { as: aManager })).body;
    expect(history).toMatchObject({ reason: 'Imported 1 assignment from plan.csv', by: { name: 'Helena Prado' } });
    expect((await portal.client.ask('post', `/changes/${number}/undo`, { as: aManager })).status).toBe(201);
    expect(await exported('assignments')).toContain(',24,');
  });

  test('nothing is saved unless all of it is, and each error is told', async () => {
    const before = await head();
    const text = 'name,from,priority\nOcean,2026-12-01,1\nDune,2026-02-30,1\nCliff,2026-12-01,900\n';
    const seen = (await preview('projects', text)).body;
    expect(seen.errors.map(({ row, column, head: of }: any) => [row, column, of])).toEqual([
      [3, 2, 'from'],
      [4, 3, 'priority'],
    ]);
    const refused = await apply('projects', text, seen.digest);
    expect(refused).toMatchObject({
      status: 400,
      body: { type: 'urn:sidekick:problem:rows-not-read', errors: [{ path: 'rows.3.from' }, { path: 'rows.4.priority' }] },
    });
    expect(await head()).toBe(before);
  });

  test('a row that was overtaken says who changed what; so does one that is gone', async () => {
    const [mia, old] = [newPerson('Mia'), newPerson('Old')];
    await portal.change([mia, old]);
    const out = await exported('people');
    const version = Number(/,(\d+),Mia,/.exec(out)?.[1]);
    const email = { do: 'change', kind: 'person', id: mia.id, version, patch: { private: { email: 'mia@example.org' } } };
    expect((await portal.change([email, { do: 'delete', kind: 'person', id: old.id, version }], { as: helena })).status).toBe(201);
    const { body } = await preview('people', out.replace(',Mia,', ',Mia Silva,').replace(',Old,', ',Older,'));
    const words = body.errors.map(({ words: said }: any) => said);
    expect(words).toEqual([
      expect.stringMatching(
        /^It was changed meanwhile by Rui Costa on \d{4}-\d\d-\d\d \(change set \d+\): email \(blank\) → mia@example\.org\. Export again/,
      ),
      expect.stringMatching(/^It was removed meanwhile by Rui Costa/),
    ]);
  });

  test('what others changed since the preview is looked at again', async () => {
    const text = 'name,client\nAtlas,Acme\n';
    const seen = (await preview('projects', text)).body;
    const [atlas] = (await portal.client.ask<any>('get', '/projects', { as: aManager })).body.items.filter(
      ({ name }: any) => name === 'Atlas',
    );
    await portal.change([{ do: 'change', kind: 'project', id: atlas.id, version: atlas.version, patch: { priority: 1 } }]);
    expect(await apply('projects', text, seen.digest)).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:preview-outdated' },
    });
    expect((await apply('projects', text, (await preview('projects', text)).body.digest)).status).toBe(201);
  });

  test('the same request again answers what is stored', async () => {
    const text = 'name,spellings\nPostgres,"PostgreSQL; PG"\n';
    const id = ulid();
    const { digest } = (await preview('skills', text)).body;
    const first = await apply('skills', text, digest, { id });
    expect(first).toMatchObject({ status: 201, body: { new: 1 } });
    expect((await apply('skills', text, digest, { id })).body).toEqual(first.body);
    const other = await send(`/staffing-import/skills?name=a.csv&id=${id}&digest=${digest}`, text, helena);
    expect(other.status).toBe(409);
  });

  test('a broken rule is shown before, and accepted with a reason', async () => {
    const [kim, dune] = [newPerson('Kim'), newProject('Dune')];
    await portal.change([kim, dune]);
    const text = 'person,project,role,from,to,hours per week\nKim,Dune,lead,2026-12-07,2026-12-20,60\n';
    const seen = (await preview('assignments', text)).body;
    expect(seen).toMatchObject({ accept: ['over-allocated'], errors: [] });
    expect(seen.broken[0].message).toContain('Kim');
    expect((await apply('assignments', text, seen.digest)).status).toBe(409);
    expect((await apply('assignments', text, seen.digest, { more: '&accept=over-allocated' })).status).toBe(400);
    const done = await apply('assignments', text, seen.digest, { more: '&accept=over-allocated&reason=Until%20Mia%20is%20back' });
    expect(done.status).toBe(201);
    const { reason } = (await portal.client.ask<any>('get', `/changes/${done.body.number}`, { as: aManager })).body;
    expect(reason).toBe('Until Mia is back (imported 1 assignment from plan.csv)');
  });

  test('rates are in the currency that is kept, and every kind goes out and in without a change', async () => {
    const [lea, cliff] = [newPerson('Lea'), newProject('Cliff')];
    const more = [
      newRecord('rate', { person: lea.id, project: cliff.id, from: '2026-01-01', amount: 8_505 }),
      newRecord('holiday', { region: 'PT', date: '2026-12-08', name: '=Immaculate', portion: 0.5 }),
      newRecord('timeOff', { person: lea.id, from: '2026-12-21', to: '2026-12-22', private: { kind: 'sick', note: '-"x"' } }),
      newAssignment(lea, cliff, 'lead', { from: '2026-12-01', to: '2026-12-11', hoursPerWeek: 7.5 }),
    ];
    expect((await portal.change([lea, cliff, ...more])).status).toBe(201);
    expect(await exported('rates')).toContain(',85.05,EUR,');
    expect(await exported('rates', '?separator=semicolon')).toContain(';"85,05";EUR;');
    for (const kind of ['people', 'skills', 'projects', 'assignments', 'time-off', 'holidays', 'rates'] as const)
      for (const query of ['', '?separator=semicolon']) {
        const { body } = await preview(kind, await exported(kind, query));
        expect({ kind, changes: body.changes, errors: body.errors }).toEqual({ kind, changes: [], errors: [] });
        expect(body.counts.same).toBeGreaterThan(0);
      }
    expect((await preview('rates', 'person,project,from,amount per hour,currency\nLea,,2026-01-01,1.234,USD\n')).body.errors).toMatchObject(
      [
        { column: 4, words: expect.stringContaining('2 at most') },
        { column: 5, words: expect.stringContaining('kept in EUR') },
      ],
    );
  });

  test('is for managers alone, takes CSV alone, and no more than 32 MB', async () => {
    for (const as of [anEngineer, anOps]) {
      expect((await portal.client.ask('get', '/staffing-export/rates.csv', { as })).status).toBe(403);
      expect((await preview('people', 'name\nx\n', as)).status).toBe(403);
      expect((await send(`/staffing-import/people?name=a&id=${ulid()}&digest=x`, 'name\nx\n', as)).status).toBe(403);
    }
    expect((await portal.client.ask('get', '/staffing-export/budgets.csv', { as: aManager })).status).toBe(400);
    const json = { as: aManager, raw: Buffer.from('{}'), headers: { 'content-type': 'application/json' } };
    expect((await portal.client.ask('post', '/staffing-import/people/preview?name=a.csv', json)).status).toBe(415);
    expect((await preview('people', Buffer.alloc(32 * 1024 * 1024 + 1, 'a'))).status).toBe(413);
  });

  test('files that are no such CSV are refused in words in time, and nothing is written', async () => {
    const before = await head();
    const some: [string, string | Uint8Array][] = [
      ['binary', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(2_000_000, 3)])],
      ['no-header', Buffer.alloc(20 * 1024 * 1024, 'x')],
      ['empty', Buffer.alloc(20 * 1024 * 1024, '"')],
      ['damaged', `name,note\nMia,"${'x,y\n'.repeat(5_000_000)}`],
      ['no-rows', 'name,email\n'],
      ['repeated-column', 'name,name\nMia,Mia\n'],
    ];
    for (const [refused, bytes] of some) {
      const began = performance.now();
      const { status, body } = await preview('people', bytes);
      expect({ status, refused: body.refused, isSaid: body.words?.length > 20 }).toEqual({ status: 200, refused, isSaid: true });
      expect(performance.now() - began).toBeLessThan(2_000);
      expect((await send(`/staffing-import/people?name=a.csv&id=${ulid()}&digest=x`, bytes)).status).toBe(400);
    }
    expect(await head()).toBe(before);
  });
});
