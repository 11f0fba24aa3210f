import { describe, expect, test } from '@jest/globals';
import { faults, lines, read, readingOf, said } from '../testing/reading.ts';
import { nearMisses, stepsBetween } from './near.ts';

const people = async (...rows: string[]) => (await read(...rows)).people.map(({ name }) => name);
const heads = 'Name | 2026-11-30 | 2026-12-07 | 2026-12-14';

describe('rows that are no people (S11, S12)', () => {
  test.each(
    [
      ...[
        'Total',
        'totals:',
        'SUM',
        'Subtotal',
        'Average',
        'avg',
        'Capacity',
        'Demand',
        'available',
        'Utilisation',
        'Utilization',
        'Remaining',
      ],
      ...['Free', 'Headcount', 'FTE', 'Σ', 'Total hours', 'Subtotal web', 'Sum of all', 'Web total', 'Web subtotal'],
    ].map((text) => [text]),
  )('%s is a total', async (text) => {
    const found = await read(heads, 'Mia | Atlas 8', `${text} | 8 | 9`);
    expect([said(found.ignored), faults(found)]).toEqual([['row 3 total-row'], []]);
  });

  test.each(['Backend:', 'Web team', 'The Squad', 'Dept. 7', 'Guild of testers', '--- Web ---', '– Ops –'].map((text) => [text]))(
    '%s is a section where it stands alone',
    async (text) => {
      expect(said((await read(heads, text, 'Mia | Atlas 8')).ignored)).toEqual(['row 2 section-row']);
      expect(said((await read(heads, `${text} | Atlas 8`, 'Mia | Atlas 8')).ignored)).toEqual([]);
    },
  );

  test('a merged row is a section; steam is no team', async () => {
    const found = await readingOf({ rows: [['Name', 'W49', 'W50'], ['Backend'], ['Mia', 'Atlas 8']], merges: ['A2:C2'] });
    expect([said(found.ignored), found.people]).toEqual([['row 2 section-row'], [{ name: 'Mia' }]]);
    expect(await people(heads, 'Steam Power', 'Mia | Atlas 8')).toEqual(['Mia', 'Steam Power']);
  });

  test.each(['', 'TBD', 'tba', 'N.N.', 'NN', 'Open', 'vacant', '?', 'Unassigned', 'nobody', 'New  hire'].map((text) => [text]))(
    '%j is nobody',
    async (text) => {
      const found = await read(heads, `${text} | Atlas 8`, '| | ', 'Mia | Atlas 8');
      expect(faults(found)).toEqual([`2:1 ${text.replace('  ', ' ')} no-person`]);
      expect([found.people, found.projects]).toEqual([[{ name: 'Mia' }], [{ name: 'Atlas' }]]);
    },
  );

  test('what cannot be a name is told where there is work, else it is a note', async () => {
    const wrong = ['Room 4', 'x = y', 'at: home', 'a b c d e f g', 'x'.repeat(61)];
    const found = await read(
      heads,
      ...wrong.map((text) => `${text} | Atlas 8`),
      ...wrong,
      'a b c d e f | Atlas 8',
      `${'y'.repeat(60)} | Atlas 8`,
    );
    expect(faults(found)).toEqual(wrong.map((text, at) => `${at + 2}:1 ${text} not-a-name`));
    expect(said(found.ignored)).toEqual(wrong.map((_text, at) => `row ${at + 7} note-row`));
    expect(found.people).toHaveLength(2);
  });

  test('a name without weeks is a person, and told', async () => {
    const found = await read(heads, 'Mia | Atlas 8', 'Tom', 'Lea | -');
    expect([found.people.map(({ name }) => name), said(found.told)]).toEqual([['Lea', 'Mia', 'Tom'], ['row 3 no-work']]);
  });
});

describe('names (S13)', () => {
  test('are equal without case, accents and repeated blanks, in their first spelling', async () => {
    const found = await read(
      heads,
      'Zoë  Lang | Ocean 8',
      'ZOE LANG | océan 2',
      'zoé\u00a0lang | OCEAN 1',
      'Straße | Atlas 1',
      'STRASSE | Atlas 1',
    );
    expect(lines(found)).toEqual(['Straße Atlas 2 2026-11-30..2026-12-06', 'Zoë Lang Ocean 11 2026-11-30..2026-12-06']);
    expect(said(found.told)).toEqual(['row 3 duplicate-person', 'row 4 duplicate-person', 'row 6 duplicate-person']);
  });

  test('that are nearly equal are told and stay two', async () => {
    const found = await read(heads, 'Mia Berg | Atlas 8; Atlsa 1', 'Mia Bergh | Phase 1 8h; Phase 2 8h', 'Tim | Ab 8', 'Tom | Ac 1');
    expect(said(found.told)).toEqual(['near-miss project Atlas Atlsa', 'near-miss person Mia Berg Mia Bergh']);
    expect(found.people).toHaveLength(4);
  });

  test.each<[string, string, number]>([
    ['atlas', 'atlas', 0],
    ['atlas', 'atlsa', 1],
    ['atlas', 'atla', 1],
    ['atlas', 'bltas', 2],
    ['ca', 'abc', 2],
    ['harbour', 'harbrou', 2],
    ['a', '', 1],
  ])('from %s to %s it is %d', (a, b, steps) => {
    expect(stepsBetween([...a], [...b], 2)).toBe(steps);
    expect(stepsBetween([...b], [...a], 2)).toBe(steps);
  });

  test('two steps apart count from 8 letters, and digits alone never', () => {
    const near = (...names: string[]) => nearMisses(new Map(names.map((name) => [name, name])));
    expect(near('harbours', 'harbuorz')).toHaveLength(1);
    expect(near('harbour', 'harbuoz')).toEqual([]);
    expect(near('phase 1', 'phase 2')).toEqual([]);
    expect(near('abc', 'abd')).toEqual([]);
  });
});

describe('projects in a column (S14)', () => {
  const columns = 'Project | Name | Role | 2026-11-30 | 2026-12-07';
  test('the left of project and person is taken from above, and may stand alone', async () => {
    const found = await read(columns, 'Atlas | Mia | L | 8', '| Tom | | 4', 'Ocean', '| Tom | SK | 2', 'Nimbus');
    expect(lines(found)).toEqual([
      'Mia Atlas 8 2026-11-30..2026-12-06 lead',
      'Tom Atlas 4 2026-11-30..2026-12-06',
      'Tom Ocean 2 2026-11-30..2026-12-06 sidekick',
    ]);
    expect([found.projects.map(({ name }) => name), said(found.told)]).toEqual([['Atlas', 'Nimbus', 'Ocean'], []]);
  });

  test('so is a person on the left; a merged one alone sets it too', async () => {
    const found = await readingOf({
      rows: [
        ['Name', 'Project', '2026-11-30', '2026-12-07'],
        ['Mia'],
        [null, 'Atlas', 8],
        [null, 'Ocean', 4],
        [null, null, 4],
        ['Tom', 'Atlas'],
      ],
      merges: ['A2:D2'],
    });
    expect(lines(found)).toEqual(['Mia Atlas 8 2026-11-30..2026-12-06', 'Mia Ocean 4 2026-11-30..2026-12-06']);
    expect([faults(found), said(found.told), said(found.ignored)]).toEqual([['5:2 no-project'.replace(' ', '  ')], ['row 6 no-work'], []]);
  });

  test('a blank project or person is told where there are weeks', async () => {
    const found = await read(columns, '| Mia | | 8', 'Atlas | | | 8', '| | L | ', '| TBD | | 8');
    expect(faults(found)).toEqual(['2:1  no-project', '3:2  no-person', '5:2 TBD no-person']);
  });

  test('a leave word as project makes its hours leave, and no project', async () => {
    const found = await read(columns, 'Vacation | Mia | | 8 | V');
    expect([lines(found), found.projects, said(found.told)]).toEqual([
      ['Mia away 0.2 2026-11-30..2026-12-06', 'Mia away 1 2026-12-07..2026-12-13'],
      [],
      ['row 2 week-assumed'],
    ]);
  });

  test('a role that is none leaves the weeks unread, person and project listed', async () => {
    const found = await read(columns, 'Atlas | Mia | Boss | 8');
    expect([faults(found), lines(found), found.people, found.projects]).toEqual([
      ['2:3 Boss unknown-role'],
      [],
      [{ name: 'Mia' }],
      [{ name: 'Atlas' }],
    ]);
  });

  test.each<[string, string[], string[]]>([
    ['2 L', ['Mia Atlas 2 lead'], []],
    ['(1d)', ['Mia Atlas 8 tentative'], []],
    ['8; 4 SK', ['Mia Atlas 8', 'Mia Atlas 4 sidekick'], []],
    ['8; 4', ['Mia Atlas 12'], []],
    ['x', [], ['x project-in-cell']],
    ['Atlas 4', [], ['Atlas 4 project-in-cell']],
    ['8 (QA)', [], ['8 (QA) unknown-word']],
    ['lead', [], ['lead no-hours']],
    ['-4', [], ['-4 negative']],
    ['0', [], []],
  ])('a cell %s', async (text, expected, wrong) => {
    const found = await read(columns, `Atlas | Mia | | ${text}`);
    expect(lines(found).map((line) => line.replace(/ 2026-11-30..2026-12-06/, ''))).toEqual(expected);
    expect(faults(found).map((fault) => fault.replace('2:4 ', ''))).toEqual(wrong);
  });
});

describe('projects in blocks (S15)', () => {
  const columns = ' | Role | 2026-11-30 | 2026-12-07';
  test('begin at a lone cell that is marked or below a gap', async () => {
    const found = await read(
      columns,
      'Atlas',
      'Mia | lead | 8 | 8',
      'Project Ocean',
      'Tom (SK) | | 4h',
      'Harbour:',
      'Lea (Web) | | 2d',
      'Total | | 9 | 9',
      'Leave',
      'Mia | | 8',
      '',
      'SK = sidekick',
    );
    expect(lines(found)).toEqual([
      'Lea (Web) Harbour 16 2026-11-30..2026-12-06',
      'Mia Atlas 8 2026-11-30..2026-12-13 lead',
      'Tom Ocean 4 2026-11-30..2026-12-06 sidekick',
      'Mia away 0.2 2026-11-30..2026-12-06',
    ]);
    expect([found.layout, said(found.ignored), found.projects]).toEqual([
      'C',
      ['row 8 total-row', 'row 12 note-row'],
      [{ name: 'Atlas' }, { name: 'Harbour' }, { name: 'Ocean' }],
    ]);
  });

  test('rows before the first have no project', async () => {
    const found = await read(columns, 'Mia | | 8', 'Tom | | 8', '', 'Atlas', 'Lea | | 8');
    expect(faults(found)).toEqual(['2:1 Mia no-project', '3:1 Tom no-project']);
  });

  test('are not seen where most cells are more than an amount, or no block begins', async () => {
    expect((await read(columns, 'Backend', 'Mia | | Atlas 8 | Atlas 8', 'Tom | | 8')).layout).toBe('A');
    expect((await read(columns, 'Mia | | 8', 'Tom | | 8')).layout).toBe('A');
  });
});

describe('the week of a person (S16)', () => {
  const columns = 'Name | Hours/week | Days/week | 2026-11-30 | 2026-12-07';
  test('is the first number of all their rows, else 40 hours in 5 days', async () => {
    const found = await read(columns, 'Mia | | | Atlas 50%', 'Mia | 30h | 3 | Ocean 1d', 'Mia | 20', 'Tom | | | Atlas 1d');
    expect(lines(found)).toEqual([
      'Mia Atlas 15 2026-11-30..2026-12-06',
      'Mia Ocean 10 2026-11-30..2026-12-06',
      'Tom Atlas 8 2026-11-30..2026-12-06',
    ]);
    expect(said(found.told).filter((line) => line.includes('week'))).toEqual(['row 5 week-assumed']);
  });

  test('that is none is told, and the usual one stands', async () => {
    const found = await read(columns, 'Mia | full | 8 | Atlas 50%', 'Tom | 169 | | Atlas 8', 'Lea | 0 | 0 | Atlas 50%; leave 8h');
    expect(faults(found)).toEqual(['2:2 full bad-week', '2:3 8 bad-week', '3:2 169 bad-week']);
    expect(lines(found)).toEqual([
      'Mia Atlas 20 2026-11-30..2026-12-06',
      'Tom Atlas 8 2026-11-30..2026-12-06',
      'Lea away 1 2026-11-30..2026-12-06',
    ]);
    expect(said(found.told)).toEqual(['row 2 week-assumed']);
  });
});

test('a sheet in which nothing is understood is read (S24)', async () => {
  const found = await read(heads, 'Mia | see wiki', 'TBD | Atlas 8');
  expect([found.people, found.assignments, found.timeOff, faults(found)]).toEqual([
    [{ name: 'Mia' }],
    [],
    [],
    ['2:2 see wiki no-hours', '3:1 TBD no-person'],
  ]);
});
