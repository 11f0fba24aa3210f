import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aManager, anEngineer, anOps } from '@sidekick/testing';
import { zipOf } from '@sidekick/testing/sheets';
import { aPortal, type Portal } from '../../testing/harness.ts';
import { createSheetReader } from './reading.ts';
import { workbook } from './testing/reading.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await aPortal();
});
afterAll(() => portal.close());

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const csv = Buffer.from('Name,W49,W50\nMia,Atlas 8,x\n');
const preview = (bytes: Uint8Array, { name = 'plan.csv', type = 'text/csv', as = aManager } = {}) =>
  portal.client.ask<any>('post', `/staffing-sheets/preview?name=${encodeURIComponent(name)}`, {
    as,
    raw: bytes,
    headers: { 'content-type': type },
  });

describe('POST /staffing-sheets/preview', () => {
  test('answers how a CSV file is read, with the day of the portal, and writes nothing', async () => {
    const before = (await portal.client.ask('get', '/changes', { as: aManager })).body;
    const { status, body } = await preview(csv);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      layout: 'A',
      people: [{ name: 'Mia' }],
      assignments: [
        { person: 'Mia', project: 'Atlas', role: 'contributor', from: '2026-11-30', to: '2026-12-06', hoursPerWeek: 8, state: 'confirmed' },
      ],
      notUnderstood: [{ row: 2, column: 3, text: 'x', why: 'no-hours' }],
      told: [{ row: 1, why: 'year-assumed' }],
    });
    expect((await portal.client.ask('get', '/changes', { as: aManager })).body).toEqual(before);
    expect((await portal.client.ask('get', '/people', { as: aManager })).body.items).toEqual([]);
  });

  test('reads a workbook by the ending of its name', async () => {
    const book = workbook([
      ['Name', 'W49', 'W50'],
      ['Mia', 'Atlas 8', null],
    ]);
    expect((await preview(book, { name: 'Plan.XLSX', type: xlsx })).body.assignments).toHaveLength(1);
    expect((await preview(book, { name: 'plan.csv', type: xlsx })).body).toMatchObject({ refused: 'binary' });
  });

  test('a sheet that is not read is refused with a code and in words', async () => {
    const { status, body } = await preview(Buffer.from('Mia,Atlas\n'));
    expect(status).toBe(200);
    expect(body).toEqual({ refused: 'no-header', words: expect.stringContaining('2026-11-30') });
  });

  test('is for managers alone, and takes the bytes of a sheet alone', async () => {
    expect([(await preview(csv, { as: anEngineer })).status, (await preview(csv, { as: anOps })).status]).toEqual([403, 403]);
    expect((await preview(csv, { type: 'application/json' })).status).toBe(415);
    expect((await preview(Buffer.alloc(10 * 1024 * 1024 + 1, 'a'))).status).toBe(413);
    expect(
      (await portal.client.ask('post', '/staffing-sheets/preview', { as: aManager, raw: csv, headers: { 'content-type': 'text/csv' } }))
        .status,
    ).toBe(400);
  });

  test('a bomb and a sheet that takes too long are refused, and the next one is read', async () => {
    const zeros = Buffer.alloc(60 * 1024 * 1024);
    const bomb = zipOf([{ name: 'xl/workbook.xml', content: zeros, declared: 100 }]);
    expect((await preview(bomb, { name: 'bomb.xlsx', type: xlsx })).body).toMatchObject({ refused: 'too-big' });
    const heavy = Buffer.from(`Name,W49,W50\n${`Mia,${'x;'.repeat(500)},\n`.repeat(9_000)}`);
    expect((await preview(heavy)).body).toMatchObject({ refused: 'too-big' });
    expect((await preview(csv)).body).toMatchObject({ layout: 'A' });
  });

  test('one sheet of an account is read at a time, and few wait', async () => {
    const reader = createSheetReader();
    const some = Array.from({ length: 12 }, () => reader.read({ name: 'a.csv', bytes: csv, today: '2026-11-23' }, 'one'));
    const done = await Promise.allSettled(some);
    await reader.close();
    const refused = done.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect(new Set(refused)).toEqual(new Set(['sheets-wait']));
    expect(refused.length).toBeGreaterThan(5);
    expect(refused.length).toBeLessThan(9);
  });
});
