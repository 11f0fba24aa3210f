import { describe, expect, test } from '@jest/globals';
import { isoDay } from '@sidekick/calendar';
import { faults, lines, reading, readingOf, refusal, said } from '../testing/reading.ts';
import { formOf, knownDay, settled } from './heads.ts';

const form = (text: string) => formOf({ text, is: 'text' });
const tab = (...rows: string[]) =>
  `${rows
    .map((row) =>
      row
        .split('|')
        .map((text) => text.trim())
        .join('\t'),
    )
    .join('\n')}\n`;
const read = (...rows: string[]) => reading(tab(...rows));
const refused = (...rows: string[]) => refusal(tab(...rows));

describe('heads (S5)', () => {
  test.each(
    [
      ...['2026-11-30', '2026/11/30', '30.11.2026', '30.11.26', '30-11-2026', '30 Nov 2026', '30-Nov-26', 'Nov 30, 2026'],
      ...['30 November 2026', 'Mon 30 Nov 2026', 'Monday 30.11.2026', 'w/c 30 Nov 2026', 'WC 2026-11-30', 'week of 30.11.26'],
      ...['W49 2026', 'KW 49/2026', '2026-W49', 'Week 49 2026', 'cw49/2026'],
    ].map((text) => [text]),
  )('%s is a day by itself', (text) => {
    const found = form(text);
    const day = found && found.is !== 'slash' ? knownDay(found) : null;
    expect(day === null ? null : isoDay(day)).toBe('2026-11-30');
  });

  test.each(['30.11.', '30 Nov', 'Nov 30', 'november 30', '30-Nov', 'Mon 30.11.', 'w/c Nov 30'].map((text) => [text]))(
    '%s has no year',
    (text) => {
      expect(form(text)).toEqual({ is: 'date', month: 11, date: 30 });
    },
  );
  test.each(['W49', 'W 49', 'KW 49', 'CW49', 'Wk 49', 'Week 49', 'w49'].map((text) => [text]))('%s is a week without year', (text) => {
    expect(form(text)).toEqual({ is: 'week', week: 49, year: null });
  });

  test('Dec 7 is the seventh of December, Sept a month, and slashes may be read two ways', () => {
    expect(form('Dec 7')).toEqual({ is: 'date', month: 12, date: 7 });
    expect(form('7 Sept')).toEqual({ is: 'date', month: 9, date: 7 });
    const [slash, only] = [form('04/05/27'), form('30/11')];
    expect([slash && settled(slash, true), slash && settled(slash, false)].map((one) => one && isoDay(knownDay(one) ?? 0))).toEqual([
      '2027-05-04',
      '2027-04-05',
    ]);
    expect([only && settled(only, true), only && settled(only, false)]).toEqual([{ is: 'date', month: 11, date: 30 }, null]);
  });

  test.each(
    [
      '30.11',
      '31 Nov',
      '2026-02-30',
      '29.2.2027',
      'W54',
      'W0',
      'W53 2027',
      '13/13/2026',
      '7.5',
      'Dec 2026',
      'Total',
      '30 Foo',
      '46356',
    ].map((text) => [text]),
  )('%s is no head', (text) => {
    expect(form(text)).toBeNull();
  });
});

describe('the header row (S6)', () => {
  test('needs two heads beside each other, blank and total columns apart', async () => {
    expect(lines(await read('Name | W49 | Total |  | W50', 'Mia | Atlas 8 | 8 | | Atlas 8'))).toEqual([
      'Mia Atlas 8 2026-11-30..2026-12-13',
    ]);
    expect(await refused('Name | W49 | note | W50', 'Mia | Atlas 8')).toBe('no-header');
    expect(await refused('Name | W49', 'Mia | Atlas 8')).toBe('no-header');
  });

  test('is the one with the most heads, then the first, among the first 30 rows', async () => {
    const late = [...Array(29).fill('x'), 'Name | W49 | W50', 'Mia | Atlas 8'];
    expect((await read(...late)).people).toEqual([{ name: 'Mia' }]);
    expect(await refused('x', ...late)).toBe('no-header');
    expect(said((await read('From | W49 | W50', 'Name | 2026-11-30 | 2026-12-07 | 2026-12-14', 'Mia | Atlas 8')).ignored)).toEqual([
      'row 1 title-row',
    ]);
  });

  test('again is ignored where it is equal, and refused where it is another', async () => {
    const rows = ['Name | W49 | W50', 'Mia | Atlas 8', 'name | w49 | W50', 'Tom | Atlas 8'];
    expect(said((await read(...rows)).ignored)).toEqual(['row 3 repeated-header']);
    expect(await refused(...rows, 'Name | W51 | W52')).toBe('two-headers');
  });

  test('of day serials needs serials and dates alone', async () => {
    expect(lines(await read('Name | 46356 | 46363', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06']);
    expect(lines(await read('Name | 46356 | 7 Dec', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06']);
    expect(await refused('Name | W49 | 46363', 'Mia | Atlas 8')).toBe('no-header');
    expect(await refused('Name | 36525 | 73051', 'Mia | Atlas 8')).toBe('no-header');
  });

  test('of layout D wins if it comes first', async () => {
    expect((await read('Person | Project | From | To | Hours', 'Mia | Atlas | 2026-11-30 | 2026-12-06 | 8')).layout).toBe('D');
    expect(
      await read('2026-11-30 | 2026-12-06', 'Name | Project | Start | End | Hours', 'Mia | Atlas | 2026-11-30 | 2026-12-06 | 8').catch(
        () => null,
      ),
    ).toBeNull();
  });

  test('without a row below is refused', async () => {
    expect(await refused('Plan', 'Name | W49 | W50', ' | | ')).toBe('no-rows');
    expect(await refused('Person | Project | From | To')).toBe('no-rows');
  });
});

describe('a row of months (S7)', () => {
  test('names those of day numbers, holds to the next, and its year rises when the month falls', async () => {
    const sheet = await read(' | | Dec 2026 | | January', 'Name | Hours/week | 7 | 14 | 4', 'Mia | 20 | Atlas 8 | Atlas 8 | Atlas 50%');
    expect(lines(sheet)).toEqual(['Mia Atlas 8 2026-12-07..2026-12-20', 'Mia Atlas 10 2027-01-04..2027-01-10']);
    expect([said(sheet.ignored), said(sheet.told)]).toEqual([[], ['column 5 missing-weeks']]);
  });

  test('without a year takes it from above, or the nearest to today', async () => {
    const rows = [' | December | | Jan', 'Name | 21 | 28 | 4', 'Mia | Atlas 8 | Atlas 8 | Atlas 8'];
    expect(lines(await read(...rows))).toEqual(['Mia Atlas 8 2026-12-21..2027-01-10']);
    expect(said((await read(...rows)).told)).toEqual(['row 2 year-assumed']);
    expect(await refused('Plan 2027', ...rows)).toBe('read');
    expect(said((await read('Plan 2027', ...rows)).told)).toEqual(['row 3 heads-not-monday']);
  });

  test('gives week 53 the year that is nearest', async () => {
    expect(lines(await read(' | Dec 2026 | | Jan 2027', 'Name | W52 | W53 | W1', 'Mia | | | Atlas 8'))).toEqual([
      'Mia Atlas 8 2027-01-04..2027-01-10',
    ]);
    expect(lines(await read(' | Jan 2027 | ', 'Name | W53 | W1', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2026-12-28..2027-01-03']);
  });

  test('with anything else over the heads is none', async () => {
    expect(await refused(' | Dec 2026 | Q4', 'Name | 7 | 14', 'Mia | Atlas 8')).toBe('no-header');
    expect(said((await read(' | Dec 2026 | Q4', 'Name | 7.12. | 14.12.', 'Mia | Atlas 8')).ignored)).toEqual(['row 1 title-row']);
  });

  test('may be merged, be dates that show the month alone, and label columns', async () => {
    const month = { number: 46_357, format: 'mmm yyyy' };
    const sheet = await readingOf({
      rows: [
        [null, month, null, 'Total'],
        ['Name', 7, 14, null],
        ['Mia', 'Atlas 8', 'Atlas 8', 16],
      ],
      merges: ['B1:C1'],
    });
    expect(lines(sheet)).toEqual(['Mia Atlas 8 2026-12-07..2026-12-20']);
    expect(said(sheet.ignored)).toEqual(['column 4 total-column']);
  });
});

describe('dates of heads (S8)', () => {
  test('the year comes from one head and goes on both ways', async () => {
    expect(lines(await read('Name | W52 | W53 | 4 Jan 2027 | 11 Jan', 'Mia | Atlas 8 | Atlas 8 | Atlas 8 | Atlas 8'))).toEqual([
      'Mia Atlas 8 2026-12-21..2027-01-17',
    ]);
  });
  test('else it is the first 20xx above, for the first head', async () => {
    expect(lines(await read('Plan 2027/28 of 2026', 'Name | W49 | W50', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2027-12-06..2027-12-12']);
  });
  test('else the year that brings the first nearest to today, which is told', async () => {
    const sheet = await read('Name | W1 | W2', 'Mia | Atlas 8');
    expect([lines(sheet), said(sheet.told)]).toEqual([['Mia Atlas 8 2027-01-04..2027-01-10'], ['row 1 year-assumed']]);
    expect(lines(await read('Name | 1 Jun | 8 Jun', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2026-06-01..2026-06-07']);
  });

  test('slashes are read in the order under which the heads pass', async () => {
    expect(lines(await read('Name | 01/02/2027 | 08/02/2027', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2027-02-01..2027-02-07']);
    expect(lines(await read('Name | 02/01/2027 | 02/08/2027', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2027-02-01..2027-02-07']);
    expect((await read('Name | 12/1 | 12/2 | 12/3', 'Mia | Atlas 8')).layout).toBe('B');
    expect(await refused('Name | 30/11 | 11/30', 'Mia | Atlas 8')).toBe('ambiguous-dates');
    expect(await refused('Name | 05/05/2027 | 06/06/2027', 'Mia | x')).toBe('uneven-heads');
    // 5 April and 3 May, or 4 May and 5 March of the year after: both rise by weeks, the second by too many.
    expect(lines(await read('Name | 05/04/2027 | 03/05/2027', 'Mia | Atlas 8'))).toEqual(['Mia Atlas 8 2027-04-05..2027-04-11']);
    expect(await refused('Name | 01/03/2027 | 05/04/2027', 'Mia | Atlas 8')).toBe('read');
    expect(await refused('Name | 03/02 | 10/03', 'Mia | x')).toBe('read');
  });

  test.each([
    ['repeated-heads', '2026-11-30 | 2026-12-07 | 2026-11-30'],
    ['heads-out-of-order', '2026-12-07 | 2026-11-30'],
    ['uneven-heads', '2026-11-30 | 2027-02-01'],
    ['uneven-heads', '2026-11-30 | 2026-12-09'],
    ['uneven-heads', '2026-11-30 | 2026-12-01 | 2026-12-14'],
    ['uneven-heads', '14 Dec | 7 Dec'],
  ])('%s: %s', async (code, heads) => {
    expect(await refused(`Name | ${heads}`, 'Mia | Atlas 8')).toBe(code);
  });

  test('weeks stand for the ISO week that holds them; other days than Mondays and gaps are told', async () => {
    const sheet = await read('Name | 2026-12-02 | 2026-12-09 | 2026-12-23', 'Mia | Atlas 8 | Atlas 8 | Atlas 8');
    expect(lines(sheet)).toEqual(['Mia Atlas 8 2026-11-30..2026-12-13', 'Mia Atlas 8 2026-12-21..2026-12-27']);
    expect(said(sheet.told)).toEqual(['column 4 missing-weeks', 'row 1 heads-not-monday']);
    expect(await refused('Name | 2026-11-30 | 2027-01-25', 'Mia | Atlas 8')).toBe('read');
  });

  test('steps of 1 to 7 with a 1 among them are days', async () => {
    expect((await read('Name | Fri 4.12. | Mon 7.12. | Tue 8.12. | 15.12.', 'Mia | Atlas 8')).layout).toBe('B');
  });
});

describe('columns (S9, S10)', () => {
  test('are known by their words, whatever case, accents and last colon they have', async () => {
    for (const word of ['name', 'PERSON:', 'Who', 'Employée', 'Team  member', 'resource', 'Engineer', 'staff', 'people'])
      expect((await read(`x | ${word} | W49 | W50`, 'y | Mia | Atlas 8')).people).toEqual([{ name: 'Mia' }]);
    for (const word of ['Project', 'Projects', 'project name:', 'JOB', 'Engagement'])
      expect((await read(`${word} | Name | W49 | W50`, 'Atlas | Mia | 8')).layout).toBe('C');
    for (const word of ['Capacity', 'contract hours', 'Weekly hours', 'Hours/week', 'h/week', 'hours per week', 'hrs/wk', 'h/w'])
      expect(lines(await read(`Name | ${word} | W49 | W50`, 'Mia | 20 | Atlas 50%'))).toEqual(['Mia Atlas 10 2026-11-30..2026-12-06']);
    for (const word of ['days/week', 'Days per week', 'working days'])
      expect(lines(await read(`Name | ${word} | Capacity | W49 | W50`, 'Mia | 4 | 20 | Atlas 1d'))).toEqual([
        'Mia Atlas 5 2026-11-30..2026-12-06',
      ]);
  });

  test('others are ignored by what they are', async () => {
    const sheet = await read(
      'Name | Role | Total | Sum: | FTE | Remarks | Client | | | W49 | W50 | Utilization | Free',
      'Mia | L | 1 | 1 | 1 | x | | y | | Atlas 8',
    );
    expect(said(sheet.ignored)).toEqual([
      'column 2 extra-column',
      'column 3 total-column',
      'column 4 total-column',
      'column 5 total-column',
      'column 6 notes-column',
      'column 7 extra-column',
      'column 8 extra-column',
      'column 12 total-column',
      'column 13 total-column',
    ]);
  });

  test('the first left of the heads without a known word is of people, unless a project column says there are none', async () => {
    expect((await read('Role | Notes | Backend | W49 | W50', 'L | x | Mia | Atlas 8')).people).toEqual([{ name: 'Mia' }]);
    expect((await read(' | | W49 | W50', ' | Mia | Atlas 8')).people).toEqual([{ name: 'Mia' }]);
    expect(await refused('Project | W49 | W50', 'Atlas | 8')).toBe('no-person-column');
    expect(await refused('W49 | W50', 'Atlas 8 | Atlas 8')).toBe('no-person-column');
  });

  test('an unknown text between two heads is told once and its cells are not read', async () => {
    const sheet = await readingOf([
      ['Name', 'W49', 'tba', { formula: 'B1+7' }, { error: '#REF!' }, 'W50', 'W51', 'late'],
      ['Mia', 'Atlas 8', 'Atlas 9', 'Atlas 9', 'Atlas 9', 'Atlas 8', null, 'Atlas 9'],
    ]);
    expect(lines(sheet)).toEqual(['Mia Atlas 8 2026-11-30..2026-12-13']);
    expect(faults(sheet)).toEqual(['1:3 tba head', '1:4 =B1+7 formula-without-value', '1:5 #REF! error-value']);
    expect(said(sheet.ignored)).toEqual(['column 8 extra-column']);
  });
});
