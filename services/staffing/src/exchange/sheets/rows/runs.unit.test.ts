import { describe, expect, test } from '@jest/globals';
import { faults, lines, read, said } from '../testing/reading.ts';

const heads = 'Name | 2026-11-30 | 2026-12-07 | 2026-12-14';

describe('runs (S21, S22)', () => {
  test('equal weeks that follow each other are one record; a gap, another state or amount ends it', async () => {
    const found = await read(`${heads} | 2026-12-28`, 'Mia | Atlas 8; V | Atlas 8; V? | Atlas 8? | Atlas 8', 'Tom | Atlas 8 | | Atlas 8');
    expect(lines(found)).toEqual([
      'Mia Atlas 8 2026-11-30..2026-12-13',
      'Mia Atlas 8 2026-12-28..2027-01-03',
      'Mia Atlas 8 2026-12-14..2026-12-20 tentative',
      'Tom Atlas 8 2026-11-30..2026-12-06',
      'Tom Atlas 8 2026-12-14..2026-12-20',
      'Mia away 1 2026-11-30..2026-12-06',
      'Mia away 1 2026-12-07..2026-12-13 requested',
    ]);
  });

  const days = 'Name | Hours/week | Days/week | 2026-12-03 | 2026-12-04 | 2026-12-05 | 2026-12-06 | 2026-12-07 | 2026-12-08';
  test('days are hours of the day, and a weekend without an entry does not part them', async () => {
    const found = await read(
      days,
      'Mia | 30 | 5 | Atlas 6 | Atlas 1d | | | Atlas 100% | V',
      'Tom | 40 | 4 | Atlas 2 | Atlas 2 | Atlas 2 | | | Atlas 2',
      'Lea | | | Atlas 24 | Atlas 25 | | V 50%',
    );
    expect(lines(found)).toEqual([
      'Lea Atlas 120 2026-12-03..2026-12-03',
      'Mia Atlas 30 2026-12-03..2026-12-07',
      'Tom Atlas 8 2026-12-03..2026-12-05',
      'Tom Atlas 8 2026-12-08..2026-12-08',
      'Lea away 0.5 2026-12-06..2026-12-06',
      'Mia away 1 2026-12-08..2026-12-08',
    ]);
    expect([found.layout, faults(found), said(found.told)]).toEqual([
      'B',
      ['4:5 Atlas 25 too-many-hours'],
      ['row 3 column 6 weekend-work', 'row 4 week-assumed', 'row 4 column 7 weekend-work'],
    ]);
  });

  test('a missing Saturday column does not part days, a missing Monday does', async () => {
    expect(lines(await read('Name | 4.12.2026 | 7.12.2026 | 8.12.2026', 'Mia | Atlas 2 | Atlas 2'))).toEqual([
      'Mia Atlas 10 2026-12-04..2026-12-07',
    ]);
    expect(lines(await read('Name | 3.12.2026 | 4.12.2026 | 8.12.2026', 'Mia | | Atlas 2 | Atlas 2'))).toHaveLength(2);
  });
});
