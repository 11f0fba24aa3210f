import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aManager, anEngineer, anOps } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPortal, type Portal } from '../../../testing/harness.ts';
import { first, header, type Mover, moverOf } from '../testing/moving.ts';

let portal: Portal;
let preview: Mover['preview'];
let commit: Mover['commit'];
let list: Mover['list'];
let standing: Mover['standing'];
beforeEach(async () => {
  portal = await aPortal();
  ({ preview, commit, list, standing } = moverOf(portal));
});
afterEach(() => portal.close());

const before = [
  'Jo Rask contributor Ocean 12 2026-12-14..2026-12-20 tentative',
  'Jo Rask sidekick Atlas 8 2026-11-30..2026-12-13 confirmed',
  'Noor Haddad away 1 2026-12-21..2026-12-27 approved',
  'Noor Haddad lead Atlas 16 2026-12-14..2026-12-20 confirmed',
  'Noor Haddad lead Atlas 24 2026-11-30..2026-12-13 confirmed',
];

describe('a sheet that nothing of stands here yet', () => {
  test('is told before it is written: who is new, what changes and at which cell, in which weeks', async () => {
    const told = await preview(first);
    expect(told.people).toMatchObject([
      { name: 'Jo Rask', as: 'new', hours: 40 },
      { name: 'Noor Haddad', as: 'new', hours: 32 },
    ]);
    expect(told.projects).toMatchObject([
      { name: 'Atlas', as: 'new', from: '2026-11-30', to: '2026-12-20' },
      { name: 'Ocean', as: 'new', from: '2026-12-14', to: '2026-12-20' },
    ]);
    expect(told.counts).toEqual([
      { do: 'create', kind: 'person', count: 2 },
      { do: 'create', kind: 'project', count: 2 },
      { do: 'create', kind: 'assignment', count: 4 },
      { do: 'create', kind: 'timeOff', count: 1 },
    ]);
    expect(told.changes.find(({ words }: { words: string }) => words.startsWith('Noor Haddad lead on Atlas, 16'))).toMatchObject({
      ...{ do: 'create', row: 2, column: 5, was: null },
    });
    expect(told).toMatchObject({ range: { from: '2026-11-30', to: '2026-12-27' }, faults: [], missing: [], kept: [] });
    expect(told.grid.rows[1]).toEqual({
      ...{
        row: 2,
        cells: [
          [1, 'Noor Haddad'],
          [2, '32'],
          [3, 'Atlas 24 (L)'],
          [4, 'Atlas 24 (L)'],
          [5, 'Atlas 16 (L)'],
          [6, 'leave'],
        ],
      },
    });
    expect(await list('/people')).toEqual([]);
  });

  test('is written as one change set with its reason, which is taken back as one', async () => {
    const { body, status } = await commit(first);
    expect(status).toBe(200);
    expect(body).toMatchObject({ number: 1, notUnderstood: 0 });
    expect(await standing()).toEqual(before);
    const [set] = await list('/changes');
    expect(set.reason).toBe('Moved in from plan.csv');
    const [noor] = (await list('/people')).filter((one) => one.private.name === 'Noor Haddad');
    expect(noor.patterns).toEqual([{ from: '2026-11-30', hours: [6.4, 6.4, 6.4, 6.4, 6.4, 0, 0] }]);
    const undone = await portal.client.ask('post', '/changes/1/undo', { as: aManager });
    expect(undone.status).toBe(201);
    expect([await list('/people'), await list('/projects'), await standing()]).toEqual([[], [], []]);
  });

  test('broken rules are told, and accepted with the reason', async () => {
    const rows = [header, 'Noor Haddad|20|Atlas 30||'];
    const told = await preview(rows);
    expect(told.broken.map(({ code }: { code: string }) => code)).toContain('over-allocated');
    expect((await commit(rows)).status).toBe(200);
    const [one] = await list('/assignments');
    expect(one).toMatchObject({ accepted: ['over-allocated'], private: { reason: 'Moved in from plan.csv' } });
  });

  test('the same id again answers what is stored, and other changes than were told are refused', async () => {
    const id = ulid();
    const { digest } = await preview(first);
    expect((await commit(first, {}, { id, expects: digest })).body.number).toBe(1);
    expect((await commit(first, {}, { id, expects: digest })).body).toMatchObject({ number: 1, counts: expect.arrayContaining([]) });
    const later = [...first, 'Mia Sand|40|Ocean 8||'];
    const shown = await preview(later);
    await commit([header, 'Mia Sand|40|||'], {});
    expect((await commit(later, {}, { expects: shown.digest })).body).toMatchObject({ type: 'urn:sidekick:problem:other-changes' });
    expect(await list('/people')).toHaveLength(3);
  });
});

describe('the same sheet again', () => {
  beforeEach(async () => {
    await commit(first);
  });

  test('has nothing to do', async () => {
    expect(await preview(first)).toMatchObject({ changes: [], counts: [], missing: [] });
    expect((await commit(first)).body).toEqual({ number: null, counts: [], notUnderstood: 0 });
    expect(await list('/changes')).toHaveLength(1);
  });

  test('writes the difference alone: hours that changed, what is new, and what is gone', async () => {
    const ids = new Map((await list('/assignments')).map((one) => [`${one.role} ${one.hoursPerWeek}`, one.id]));
    const rows = [header, 'Noor Haddad|32|Atlas 24 (L)|Atlas 24 (L)|Atlas 24 (L)|leave', 'Jo Rask|40|Atlas 8 (SK)||Ocean 12|'];
    const told = await preview(rows);
    expect(told.changes.map((one: any) => [one.do, one.words, one.was])).toEqual([
      ['change', expect.stringContaining('30 Nov – 6 Dec'), expect.stringContaining('30 Nov – 13 Dec')],
      ['change', expect.not.stringContaining('tentative'), expect.stringContaining('tentative')],
      [
        'change',
        'Noor Haddad lead on Atlas, 24 h a week, 30 Nov – 20 Dec 2026',
        'Noor Haddad lead on Atlas, 24 h a week, 30 Nov – 13 Dec 2026',
      ],
      ['delete', expect.stringContaining('16 h'), expect.stringContaining('16 h')],
    ]);
    await commit(rows);
    expect(await standing()).toEqual([
      'Jo Rask contributor Ocean 12 2026-12-14..2026-12-20 confirmed',
      'Jo Rask sidekick Atlas 8 2026-11-30..2026-12-06 confirmed',
      'Noor Haddad away 1 2026-12-21..2026-12-27 approved',
      'Noor Haddad lead Atlas 24 2026-11-30..2026-12-20 confirmed',
    ]);
    expect((await list('/assignments')).find((one) => one.role === 'lead').id).toBe(ids.get('lead 24'));
  });

  test('of later weeks leaves what was before them, and goes on with what is the same', async () => {
    const rows = [
      'Name|Hours/week|2026-12-14|2026-12-21|2026-12-28',
      'Noor Haddad|32|Atlas 16 (L)|leave|Atlas 16 (L)',
      'Jo Rask|40||Ocean 12|',
    ];
    await commit(rows);
    expect(await standing()).toEqual([
      'Jo Rask contributor Ocean 12 2026-12-21..2026-12-27 confirmed',
      'Jo Rask sidekick Atlas 8 2026-11-30..2026-12-13 confirmed',
      'Noor Haddad away 1 2026-12-21..2026-12-27 approved',
      'Noor Haddad lead Atlas 16 2026-12-14..2026-12-20 confirmed',
      'Noor Haddad lead Atlas 16 2026-12-28..2027-01-03 confirmed',
      'Noor Haddad lead Atlas 24 2026-11-30..2026-12-13 confirmed',
    ]);
    expect((await list('/projects')).find(({ name }) => name === 'Atlas')).toMatchObject({ from: '2026-11-30', to: '2027-01-03' });
  });

  test('leaves what was made by hand and is not in it, unless somebody ticks it', async () => {
    const [people, projects] = await Promise.all([list('/people'), list('/projects')]);
    const record = {
      ...{ person: people.find((one) => one.private.name === 'Jo Rask').id, project: projects.find(({ name }) => name === 'Ocean').id },
      ...{ role: 'contributor', from: '2026-11-30', to: '2026-12-06', hoursPerWeek: 4 },
    };
    const id = ulid();
    await portal.change([{ do: 'create', kind: 'assignment', id, record }], { accept: ['outside-project'], reason: 'Early' });
    const told = await preview(first);
    expect(told).toMatchObject({ changes: [], missing: [{ kind: 'assignment', id, byHand: true, goes: false }] });
    const ticked = await preview(first, { remove: [id] });
    expect(ticked).toMatchObject({ changes: [{ do: 'delete', id, byHand: true }], missing: [{ id, goes: true }] });
    await commit(first, { remove: [id] });
    expect(await standing()).toEqual(before);
  });

  test('says what was changed by hand since, and leaves it where it is told to', async () => {
    const one = (await list('/assignments')).find(({ role }) => role === 'sidekick');
    await portal.change([{ do: 'change', kind: 'assignment', id: one.id, version: one.version, patch: { hoursPerWeek: 10 } }]);
    expect((await preview(first)).changes).toMatchObject([
      { do: 'change', id: one.id, byHand: true, was: expect.stringContaining('10 h') },
    ]);
    expect(await preview(first, { keep: [one.id] })).toMatchObject({ changes: [], kept: [{ id: one.id, byHand: true }] });
  });

  test('without roles takes none away that somebody gave here', async () => {
    const plain = first.map((row) => row.replaceAll(/ \((?:L|SK)\)/g, ''));
    expect(await preview(plain)).toMatchObject({ changes: [] });
    expect((await preview(plain)).pairs).toContainEqual({ person: 'Jo Rask', project: 'Atlas', roles: ['sidekick'], hours: 16 });
  });
});

test('what moved in goes out in the layout that is asked for, and only to managers', async () => {
  await commit(first);
  const query = 'from=2026-11-30&to=2026-12-27';
  const out = (more: string, as = aManager) => portal.client.ask('get', `/staffing-sheets/export?${query}${more}`, { as });
  const { status, headers, body } = await out('');
  expect({ status, type: headers.get('content-type'), as: headers.get('content-disposition') }).toEqual({
    ...{ status: 200, type: 'text/csv; charset=utf-8', as: 'attachment; filename="capacity-2026-11-30-2026-12-27.csv"' },
  });
  expect(body).toContain('Noor Haddad,32,Atlas 24h (L),Atlas 24h (L),Atlas 16h (L),leave');
  expect((await out('&layout=C')).body).toContain('Ocean,Jo Rask,Contributor,40,,,12h (tbc),');
  expect((await out('&layout=D&format=xlsx')).headers.get('content-type')).toContain('spreadsheetml');
  expect([(await out('', anEngineer)).status, (await out('', anOps)).status]).toEqual([403, 403]);
  const wrong = await portal.client.ask('get', '/staffing-sheets/export?layout=B&from=2026-01-01&to=2028-01-01', { as: aManager });
  expect(wrong).toMatchObject({ status: 400, body: { title: 'A sheet of this layout holds at most 400 days' } });
});
