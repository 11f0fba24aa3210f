import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aManager, anEngineer, anOps } from '@sidekick/testing';
import { mutationOf, randomFrom } from '@sidekick/testing/sheets';
import { ulid } from 'ulid';
import { aPortal, type Portal } from '../../../testing/harness.ts';
import { sheet, workbook } from '../testing/reading.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

const of = (rows: readonly string[], corrections: object = {}, name = 'plan.csv') => ({
  name,
  content: Buffer.from(sheet(...rows)).toString('base64'),
  corrections,
});
const preview = async (rows: readonly string[], corrections: object = {}) =>
  (await portal.client.ask<any>('post', '/staffing-sheets/moves/preview', { as: aManager, body: of(rows, corrections) })).body;
const commit = (rows: readonly string[], corrections: object = {}, more: object = {}) =>
  portal.client.ask<any>('post', '/staffing-sheets/commit', { as: aManager, body: { ...of(rows, corrections), id: ulid(), ...more } });
const list = async (path: string) => (await portal.client.ask<any>('get', path, { as: aManager })).body.items as any[];

async function standing(): Promise<string[]> {
  const [people, projects, work, leave] = await Promise.all(['/people', '/projects', '/assignments', '/time-off'].map(list));
  const person = (id: string) => people?.find((one) => one.id === id)?.private.name;
  const project = (id: string) => projects?.find((one) => one.id === id)?.name;
  return [
    ...(work ?? []).map(
      (one) => `${person(one.person)} ${one.role} ${project(one.project)} ${one.hoursPerWeek} ${one.from}..${one.to} ${one.state}`,
    ),
    ...(leave ?? []).map((one) => `${person(one.person)} away ${one.amount.portion} ${one.from}..${one.to} ${one.state}`),
  ].sort();
}

const header = 'Name|Hours/week|2026-11-30|2026-12-07|2026-12-14|2026-12-21';
const first = [header, 'Noor Haddad|32|Atlas 24 (L)|Atlas 24 (L)|Atlas 16 (L)|leave', 'Jo Rask|40|Atlas 8 (SK)|Atlas 8 (SK)|Ocean 12?|'];
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

describe('what is said of a reading', () => {
  test('retyped cells, a year, a week, roles, and who is who', async () => {
    await commit([header, 'Noor Haddad|32|Atlas 8|||']);
    const rows = ['Name|30 Nov|7 Dec', 'Noor Hadad|Atlas (24)|Atals 50%', 'Jo|Atlas 8|Golf 8', 'Summer intern|Atlas 1|'];
    const raw = await preview(rows);
    expect(raw.people.find((one: any) => one.name === 'Noor Hadad')).toMatchObject({ as: 'new', near: [{ name: 'Noor Haddad' }] });
    expect(raw.reading.notUnderstood).toMatchObject([{ row: 2, column: 2, why: 'brackets' }]);
    const [noor] = await list('/people');
    const corrections = {
      cells: [{ row: 2, column: 2, text: 'Atlas 24' }],
      year: 2027,
      weeks: [{ name: 'noor hadad', hours: 20 }],
      people: [
        { name: 'Noor Hadad', as: { is: 'record', id: noor.id } },
        { name: 'Summer intern', as: { is: 'out' } },
      ],
      projects: [
        { name: 'Atals', as: { is: 'name', name: 'Atlas' } },
        { name: 'Golf', as: { is: 'out' } },
      ],
      roles: [{ person: 'Noor Hadad', project: 'Atlas', role: 'lead' }],
      newPeople: { region: 'PT', timeZone: 'Europe/Lisbon', hours: [8, 8, 8, 8, 0, 0, 0] },
    };
    const told = await preview(rows, corrections);
    expect(told.reading.notUnderstood).toEqual([]);
    await commit(rows, corrections);
    expect(await standing()).toEqual([
      'Jo contributor Atlas 8 2027-11-29..2027-12-05 confirmed',
      'Noor Haddad contributor Atlas 10 2027-12-06..2027-12-12 confirmed',
      'Noor Haddad contributor Atlas 8 2026-11-30..2026-12-06 confirmed',
      'Noor Haddad lead Atlas 24 2027-11-29..2027-12-05 confirmed',
    ]);
    expect((await list('/people')).find((one) => one.private.name === 'Jo')).toMatchObject({ region: 'PT', timeZone: 'Europe/Lisbon' });
    expect(await list('/people')).toHaveLength(2);
  });

  test('a head that is not read is retyped where it stands', async () => {
    const rows = ['Name|2026-11-30|2026-12-07|next', 'Jo|Atlas 8|Atlas 8|Atlas 8'];
    const refused = ['Name|Monday|later', 'Jo|Atlas 8|'];
    expect(await preview(refused)).toMatchObject({ refused: 'no-header', grid: { header: null, rows: [{ row: 1 }, { row: 2 }] } });
    const cells = [
      { row: 1, column: 2, text: '2026-11-30' },
      { row: 1, column: 3, text: '2026-12-07' },
    ];
    expect(await preview(refused, { cells })).toMatchObject({
      reading: { layout: 'A' },
      grid: { header: 1, heads: [{ column: 2 }, { column: 3 }] },
    });
    expect((await preview(rows, { cells: [{ row: 1, column: 4, text: '14 Dec' }] })).reading.assignments).toMatchObject([
      { to: '2026-12-20' },
    ]);
  });

  test('two people of one name here are asked about, and what cannot be is told at its cell', async () => {
    await commit([header, 'Jo Rask|40|||']);
    const [jo] = await list('/people');
    await portal.change([
      {
        do: 'create',
        kind: 'person',
        id: ulid(),
        record: { patterns: jo.patterns, private: { name: 'jo rask', email: null, note: null } },
      },
    ]);
    const told = await preview(first);
    expect(told.faults).toMatchObject([{ message: 'Several people here are called Jo Rask: say which one it is' }]);
    expect((await commit(first)).body).toMatchObject({ type: 'urn:sidekick:problem:sheet-not-ready' });
    const far = ['Name|Project|From|To|Hours', 'Mia|Atlas|2090-01-01|2090-02-01|8'];
    expect((await preview(far)).faults).toContainEqual({ row: 2, column: 5, message: expect.stringContaining('20 years') });
    expect(await list('/projects')).toEqual([]);
  });
});

test('is for managers alone, and says what is no file', async () => {
  for (const as of [anEngineer, anOps])
    for (const path of ['/staffing-sheets/moves/preview', '/staffing-sheets/commit'])
      expect((await portal.client.ask('post', path, { as, body: { ...of(first), id: ulid() } })).status).toBe(403);
  const body = { name: 'a.csv', content: 'not base64!', corrections: {} };
  expect((await portal.client.ask<any>('post', '/staffing-sheets/moves/preview', { as: aManager, body })).body).toMatchObject({
    type: 'urn:sidekick:problem:not-base64',
  });
  expect((await commit(['Jo|Atlas'])).body).toMatchObject({
    type: 'urn:sidekick:problem:no-header',
    title: expect.stringContaining('2026-11-30'),
  });
});

test('sheets that are damaged anyhow are read or refused in words, in time, and nothing of them is half done', async () => {
  const random = randomFrom(11);
  const files = [
    { name: 'plan.csv', bytes: Buffer.from(sheet(...first)) },
    { name: 'plan.xlsx', bytes: workbook(first.map((row) => row.split('|'))) },
  ];
  let read = 0;
  for (let count = 0; count < 60; count++) {
    const { name, bytes } = files[count % files.length] as (typeof files)[number];
    const body = { name, content: mutationOf(bytes, random).toString('base64'), corrections: {} };
    if (body.content.length < 4) continue;
    const began = performance.now();
    const told = await portal.client.ask<any>('post', '/staffing-sheets/moves/preview', { as: aManager, body });
    expect({ status: told.status, slow: performance.now() - began > 5_000 }).toEqual({ status: 200, slow: false });
    if (told.body.refused) expect(told.body.words.length).toBeGreaterThan(20);
    else read += 1;
  }
  expect(read).toBeGreaterThan(5);
  expect(await list('/people')).toEqual([]);
}, 60_000);
