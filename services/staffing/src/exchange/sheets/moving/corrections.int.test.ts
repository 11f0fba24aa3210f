import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aManager, anEngineer, anOps } from '@sidekick/testing';
import { mutationOf, randomFrom } from '@sidekick/testing/sheets';
import { ulid } from 'ulid';
import { aPortal, type Portal } from '../../../testing/harness.ts';
import { first, header, type Mover, moverOf, of } from '../testing/moving.ts';
import { sheet, workbook } from '../testing/reading.ts';

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
