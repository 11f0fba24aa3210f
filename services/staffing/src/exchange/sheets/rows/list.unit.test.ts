import { describe, expect, test } from '@jest/globals';
import { faults, lines, read, refusal, said, sheet } from '../testing/reading.ts';

describe('a list (S23)', () => {
  const columns = 'Person | Project | Role | Start | End | Hours/week | Weekly hours | Status';
  test('takes dates as they stand, rows neither merged nor added', async () => {
    const found = await read(
      columns,
      'Mia | Atlas | SK | W49 2026 | W50 2026 | 8 | |',
      'mia | Atlas | | 2026-11-30 | 30.11.2026 | 50% | 20 | ok',
      'Tom | Leave | | 1 Dec 2026 | 2 Dec 2026 | | | tbc',
      'Tom | V | | 2026-12-03 | 2026-12-03 | 4 | | yes',
    );
    expect(lines(found)).toEqual([
      'Mia Atlas 10 2026-11-30..2026-11-30',
      'Mia Atlas 8 2026-11-30..2026-12-13 sidekick',
      'Tom away 1 2026-12-01..2026-12-02 requested',
      'Tom away 0.1 2026-12-03..2026-12-03',
    ]);
    expect(said(found.told)).toEqual(['row 5 week-assumed']);
  });

  test('tells all faults of a row, which gives no record but its person and project', async () => {
    const found = await read(
      columns,
      '| Atlas | Boss | 30 Nov | soon | | | won',
      'Room 4 | | | W49 | | 8 x | |',
      'Mia | Ocean | L | 2026-12-02 | 2026-12-01 | 8 SK | |',
      'Tom | Delta | | 2026-12-01 | 2026-12-02 | 200 | |',
      'Lea | Nimbus | | 2026-12-01 | 2026-12-02 | - | |',
    );
    expect(faults(found)).toEqual([
      ...['2:1  no-person', '2:3 Boss unknown-role', '2:4 30 Nov no-year', '2:5 soon not-a-date', '2:6  no-hours', '2:8 won unknown-word'],
      ...['3:1 Room 4 not-a-name', '3:2  no-project', '3:4 W49 no-year', '3:5  no-date', '3:6 8 x unknown-word'],
      ...['4:5 2026-12-01 dates-reversed', '4:6 8 SK two-roles', '5:6 200 too-many-hours'],
    ]);
    expect([lines(found), found.people.length, found.projects.length]).toEqual([[], 3, 4]);
  });

  test('slashes have the one order in which all are days, or from is not after to', async () => {
    const list = (...rows: string[]) => [columns, ...rows.map((row) => `Mia | Atlas | | ${row} | 8`)];
    expect(lines(await read(...list('01/02/2027 | 13/02/2027')))).toEqual(['Mia Atlas 8 2027-02-01..2027-02-13']);
    expect(lines(await read(...list('01/02/2027 | 02/01/2027')))).toEqual(['Mia Atlas 8 2027-01-02..2027-02-01']);
    expect(lines(await read(...list('05/05/2027 | 06/06/2027')))).toEqual(['Mia Atlas 8 2027-05-05..2027-06-06']);
    expect(await refusal(sheet(...list('01/02/2027 | 03/04/2027')))).toBe('ambiguous-dates');
    expect(await refusal(sheet(...list('13/02/2027 | 02/13/2027')))).toBe('ambiguous-dates');
  });

  test('totals, sections, notes and the header again are no rows of it', async () => {
    const found = await read(columns, 'Web team', 'Total | | | | | 8', 'see 2026', columns, 'Mia | Atlas | | 2026-12-01 | 2026-12-02 | 8?');
    expect(said(found.ignored)).toEqual(['row 2 section-row', 'row 3 total-row', 'row 4 note-row', 'row 5 repeated-header']);
    expect(lines(found)).toEqual(['Mia Atlas 8 2026-12-01..2026-12-02 tentative']);
    expect(await refusal(sheet(columns, 'Mia', 'Name | Project | From | To'))).toBe('two-headers');
  });
});
