import { describe, expect, test } from '@jest/globals';
import { isoDay } from '@sidekick/calendar';
import { mutationOf, randomFrom } from '@sidekick/testing/sheets';
import fc from 'fast-check';
import { Refused } from './cells/refused.ts';
import { readSheet } from './read.ts';
import { lines, reading, readingOf, today, workbook } from './testing/reading.ts';

/** Names that mean nothing else in a sheet. */
const people = ['Mia Berg', 'Ola Quist', 'Zoë Lang', 'Tarek Hadid', 'Xu Wen'];
const projects = ['Atlas', 'Ocean', 'C++', 'CI/CD', 'Harbour', 'Phase 2'];
const roles = { lead: ' L', sidekick: ' SK', contributor: '' } as const;
const monday = 20_787;

interface Work {
  person: string;
  project: string;
  role: keyof typeof roles;
  from: number;
  weeks: number;
  quarters: number;
  isTentative: boolean;
}
const work = fc.record<Work>({
  person: fc.constantFrom(...people),
  project: fc.constantFrom(...projects),
  role: fc.constantFrom('lead', 'sidekick', 'contributor'),
  from: fc.nat(8),
  weeks: fc.integer({ min: 1, max: 4 }),
  quarters: fc.integer({ min: 1, max: 160 }),
  isTentative: fc.boolean(),
});
const line = ({ person, project, role, from, weeks, quarters, isTentative }: Work): string =>
  [
    `${person} ${project} ${quarters / 4} ${isoDay(monday + 7 * from)}..${isoDay(monday + 7 * (from + weeks) - 1)}`,
    ...(role === 'contributor' ? [] : [role]),
    ...(isTentative ? ['tentative'] : []),
  ].join(' ');
const columns = Array.from({ length: 13 }, (_, week) => week);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** One of a person, project, role and state: two that touch would be one record, or add up. */
const apart = fc.uniqueArray(work, {
  maxLength: 12,
  selector: ({ person, project, role, isTentative }) => `${person} ${project} ${role} ${isTentative}`,
});

describe('what was written is read back', () => {
  test('from a row a person and a column a week', async () => {
    await fc.assert(
      fc.asyncProperty(apart, fc.boolean(), async (works, asBook) => {
        const cell = (person: string, week: number) =>
          works
            .filter((one) => one.person === person && week >= one.from && week < one.from + one.weeks)
            .map(({ project, quarters, role, isTentative }) => `${project} ${quarters / 4}h${roles[role]}${isTentative ? ' tbc' : ''}`)
            .join('; ');
        const rows = [
          ['Name', ...columns.map((week) => isoDay(monday + 7 * week))],
          ...people.map((person) => [person, ...columns.map((week) => cell(person, week))]),
        ];
        const read = asBook ? await readingOf(rows) : await reading(rows.map((row) => row.map(quoted).join(',')).join('\r\n'));
        expect(read.notUnderstood).toEqual([]);
        expect(lines(read).sort()).toEqual(works.map(line).sort());
      }),
      { numRuns: 40 },
    );
  });

  test('from a list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(work, { minLength: 1, maxLength: 12 }), async (works) => {
        const rows = works.map(({ person, project, role, from, weeks, quarters, isTentative }) =>
          [
            person,
            project,
            role,
            isoDay(monday + 7 * from),
            isoDay(monday + 7 * (from + weeks) - 1),
            `${quarters / 4}`,
            isTentative ? 'tbc' : 'yes',
          ]
            .map(quoted)
            .join(';'),
        );
        const read = await reading(['Person;Project;Role;From;To;Hours;Status', ...rows].join('\n'));
        expect(read.notUnderstood).toEqual([]);
        expect(lines(read).sort()).toEqual(works.map(line).sort());
      }),
      { numRuns: 40 },
    );
  });
});

describe('damaged sheets', () => {
  const whole = [
    {
      name: 'a.csv',
      bytes: Buffer.from(
        'Plan\nName,Hours/week,W49,W50,Total\nBackend:\nMia,40,"Atlas 8; Ocean 50% (SK)",V?,8\nTom,,Atlas 8 / Ocean 4,(Atlas 2d),\nTotal,,8,8,\n',
      ),
    },
    {
      name: 'b.csv',
      bytes: Buffer.from(
        '\ufeffPerson;Project;Role;From;To;Hours;Status\nMia;Atlas;L;01/02/2027;13/02/2027;7,5;tbc\nTom;Leave;;W49 2026;W50 2026;;\n',
        'utf16le',
      ),
    },
    { name: 'c.csv', bytes: Buffer.from(';Role;Thu 3.12.;Fri 4.12.;Mon 7.12.\n\nAtlas\nMia (SK);;8;8;4\nOcean:\nTom;lead;2h;;\n') },
    {
      name: 'd.xlsx',
      bytes: workbook({
        rows: [
          [null, null, 'Dec 2026', null],
          ['Project', 'Name', 7, 14],
          [{ shared: 'Atlas' }, 'Mia', { number: 0.5, format: 9 }, { formula: 'C3' }],
          [null, 'Tom', 8, { error: '#REF!' }],
        ],
        ...{ merges: ['A3:A4', 'C1:D1'], hiddenRows: [4], hiddenColumns: [4], comments: ['C3'] },
      }),
    },
  ];

  test('end with a reading or a refusal, whatever was changed', async () => {
    const random = randomFrom(7);
    const seen = new Set<string>();
    for (let count = 0; count < 300; count++) {
      const { name, bytes } = whole[count % whole.length] as (typeof whole)[number];
      const changed = mutationOf(bytes, random);
      await readSheet({ name, bytes: changed, today }).then(
        () => seen.add('read'),
        (error: unknown) => {
          if (!(error instanceof Refused)) throw new Error(`${count}: ${changed.toString('base64').slice(0, 4_000)}`, { cause: error });
          seen.add(error.code);
        },
      );
    }
    expect([...seen].sort()).toEqual(expect.arrayContaining(['binary', 'damaged', 'no-header', 'read']));
  });
});
