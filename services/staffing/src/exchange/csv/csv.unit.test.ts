import { describe, expect, test } from '@jest/globals';
import type { CsvKind, RecordKind } from '@sidekick/contracts';
import { aManager } from '@sidekick/testing';
import fc from 'fast-check';
import { changeOf } from '../../kinds/change.ts';
import { advance, emptyLedger, type Ledger } from '../../log/ledger.ts';
import type { Checked } from './check.ts';
import { bookOf, readCsv } from './reading.ts';
import { csvOf } from './write.ts';

const today = '2026-11-30';
const person = '01AAAAAAAAAAAAAAAAAAAAAAAA';
const project = '01BBBBBBBBBBBBBBBBBBBBBBBB';

interface Words {
  name: string;
  note: string;
  client: string;
}
const records = ({ name, note, client }: Words): [RecordKind, Record<string, unknown>][] => [
  [
    'person',
    {
      ...{ id: person, employment: 'employed', timeZone: 'UTC', region: null, contract: { from: null, to: '2027-05-31' }, sample: false },
      patterns: [{ from: '2026-01-01', hours: [7.5, 8, 8, 8, 8, 0, 0] }],
      moves: [{ from: '2027-01-01', region: 'PT' }],
      ...{ operationsShare: 0.05, skills: [{ skill: name, level: 3 }], private: { name, email: null, note } },
    },
  ],
  [
    'project',
    {
      ...{ id: project, name, client, description: note, from: '2026-11-23', to: null, state: 'agreed', priority: 3, policy: 'sidekick' },
      ...{ minimumHours: 4, wantedHours: 8.5, requiredSkills: [{ skill: name, level: 2 }], sample: false },
      baseline: { from: '2026-11-02', to: null },
    },
  ],
  ['skill', { id: '01DDDDDDDDDDDDDDDDDDDDDDDD', name, spellings: [`${name} 2`, `;${name}`], sample: false }],
  [
    'assignment',
    {
      ...{ id: '01CCCCCCCCCCCCCCCCCCCCCCCC', person, project, role: 'lead', from: '2026-11-30', to: null, hoursPerWeek: 7.5 },
      ...{ state: 'confirmed', accepted: [], private: { reason: null, note }, sample: false },
    },
  ],
  [
    'timeOff',
    {
      ...{ id: '01EEEEEEEEEEEEEEEEEEEEEEEE', person, from: '2026-12-01', to: '2026-12-02', amount: { hours: 3.5 }, state: 'approved' },
      ...{ private: { kind: client || null, note, reason: null }, accepted: [], sample: false },
    },
  ],
  ['holiday', { id: '01FFFFFFFFFFFFFFFFFFFFFFFF', region: 'PT', date: '2026-12-08', name, portion: 0.5, sample: false }],
  ['rate', { id: '01GGGGGGGGGGGGGGGGGGGGGGGG', person, project: null, from: '2026-01-01', amount: 8_505, sample: false }],
];

const ledgerOf = (words: Words): Ledger =>
  advance(emptyLedger(), [
    {
      number: 1,
      requestId: '01HHHHHHHHHHHHHHHHHHHHHHHH',
      entry: {
        ...{ at: '2026-11-30T09:00:00.000Z', account: 'a', accepted: [], undoes: null },
        changes: records(words).map(([kind, record]) => changeOf(kind, String(record['id']), null, record as never)),
        private: { name: 'A', reason: null, warnings: [] },
      },
    },
  ]);

async function exported(ledger: Ledger, kind: CsvKind, separator: 'comma' | 'semicolon'): Promise<string> {
  let text = '';
  for await (const piece of csvOf(kind, bookOf(ledger, { today, timeZone: 'Europe/Lisbon' }), { separator })) text += piece;
  return text;
}
const read = (
  ledger: Ledger,
  kind: CsvKind,
  text: string,
): Promise<{ answer: Awaited<ReturnType<typeof readCsv>>['answer']; checked: readonly Checked[] }> =>
  readCsv({ kind, bytes: Buffer.from(text) }, { ledger, log: null as never, actor: aManager, today, timeZone: 'Europe/Lisbon' });

const kinds: CsvKind[] = ['people', 'skills', 'projects', 'assignments', 'time-off', 'holidays', 'rates'];

/** Texts that spreadsheets, CSV or this reader may take for something else. */
const hard = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'=+-@\'",;\t\r\n א😀1a ﻿'), maxLength: 30 }),
);
/** Names as they are stored: tidy, and with something to see. */
const name = hard.map((text) => `a${text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '').replaceAll(/\s+/g, ' ')}z`.normalize('NFC'));

describe('what goes out', () => {
  test('comes in again as no change, whatever people wrote, for both kinds of spreadsheet', async () => {
    const words = fc.record({ name, note: hard.filter((text) => text !== ''), client: hard });
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom('comma' as const, 'semicolon' as const), async (some, separator) => {
        const ledger = ledgerOf(some);
        for (const kind of kinds) {
          const { answer } = await read(ledger, kind, await exported(ledger, kind, separator));
          expect(answer).toMatchObject({ rows: 1, counts: { same: 1, wrong: 0 }, changes: [], errors: [] });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('begins no cell as a formula, by whatever a spreadsheet parts cells', async () => {
    const words = fc.record({ name, note: hard.filter((text) => text !== ''), client: hard });
    await fc.assert(
      fc.asyncProperty(words, async (some) => {
        for (const kind of kinds) {
          const text = (await exported(ledgerOf(some), kind, 'comma')).slice(1);
          for (const cell of text.split(/[,;\t\r\n]/)) expect(cell).not.toMatch(/^"?[\s\u200b]*[=+\-@＝＋－＠]/u);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('begins with the mark by which Excel knows UTF-8', async () => {
    const text = await exported(ledgerOf({ name: 'Zoë', note: '-x', client: '' }), 'people', 'semicolon');
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffid;version;name;email;employment;time zone;region;moves;contract from;contract to;weekly hours;operations share;skills;note;delete',
      `01AAAAAAAAAAAAAAAAAAAAAAAA;1;Zoë;;employed;UTC;;2027-01-01: PT;;2027-05-31;2026-01-01: 7.5 8 8 8 8 0 0;"0,05";Zoë 3;'-x;`,
    ]);
  });
});

describe('what comes in', () => {
  const ledger = ledgerOf({ name: 'Noor', note: 'x', client: 'Acme' });
  const changed = async (kind: CsvKind, text: string) => {
    const { answer } = await read(ledger, kind, text);
    return {
      errors: answer.errors.map(({ row, column, words }) => `${row}:${column} ${words}`),
      changes: answer.changes.map(({ row, does, foundBy, fields }) =>
        [row, does, ...(foundBy ? [foundBy] : []), ...fields.map(({ head, before, after }) => `${head} ${before}→${after}`)].join(' '),
      ),
      same: answer.counts.same,
    };
  };

  test('an absent column is left, a blank cell cleared, and an absent row left', async () => {
    expect(await changed('people', `id,version,note\n${person},1,\n`)).toEqual({ errors: [], changes: ['2 change id note x→'], same: 0 });
    expect(await changed('people', `id,version,name\n${person},1,\n`)).toMatchObject({
      errors: [expect.stringMatching(/^2:3 This may not be blank/)],
    });
    expect(await changed('projects', 'name\nNew one\n')).toMatchObject({
      errors: [expect.stringMatching(/^2:null from: This is missing/)],
    });
  });

  test('the same file twice makes nothing twice: what has no id is found by what it is known by', async () => {
    expect(await changed('people', 'Name,Office,E-mail\n NOOR ,x,n@example.org\nMia,,\n')).toEqual({
      errors: [],
      changes: [
        '2 change name email →n@example.org',
        expect.stringMatching(/^3 new name →Mia employment →employed time zone →Europe\/Lisbon weekly hours →2026-01-01: 8 8/),
      ],
      same: 0,
    });
    expect(await changed('rates', 'person;from;amount per hour\nNoor;2026-01-01;85,05\n')).toEqual({ errors: [], changes: [], same: 1 });
    expect(await changed('skills', 'name,spellings\nNoor 2,"Noor 2; Noor 3"\n')).toMatchObject({ errors: [] });
    expect(await changed('people', 'name\nMia\nmia\n')).toMatchObject({ errors: [expect.stringMatching(/^3:1 .*row 2 already/)] });
  });

  test('people and projects are named by name or id, and who is meant must be clear', async () => {
    const head = 'person,person id,project,role,from,hours per week\n';
    expect(
      await changed(
        'assignments',
        `${head}Nor,,Noor,lead,2026-12-07,8\n,${project},Noor,lead,2026-12-07,8\nNoor,,Noor,boss,2026-12-07,8\n`,
      ),
    ).toEqual({
      errors: [
        '2:1 Nobody is called Nor. Check the spelling, or import people.csv first',
        `3:1 There is no person of the id ${project}. Take it from people.csv, or clear it and write the name`,
        '4:4 “boss” is none of lead, sidekick, contributor',
      ],
      changes: [],
      same: 0,
    });
  });

  test('all that is wrong is told at once, at its cell', async () => {
    const row = '01CCCCCCCCCCCCCCCCCCCCCCCC,1,Noor,Noor';
    const text = `id,version,person,project,from,to,hours per week\n${row},2026-02-30,soon,169\n${row},2026-12-09,2026-12-01,-1\n,,Noor,Noor,2026-12-01,,NaN\n`;
    const { errors } = await changed('assignments', text);
    expect(errors).toEqual([
      expect.stringMatching(/^2:5 There is no day 2026-02-30/),
      expect.stringMatching(/^2:6 “soon” is no day/),
      '2:7 At most 168',
      expect.stringMatching(/^3:1 This id stands in row 2 already/),
      expect.stringMatching(/^4:7 “NaN” is no number/),
    ]);
    expect((await changed('assignments', `id,version,to,hours per week\n01CCCCCCCCCCCCCCCCCCCCCCCC,1,2026-11-01,8\n`)).errors).toEqual([
      expect.stringMatching(/^2:3 The end is before the start/),
    ]);
    expect((await changed('assignments', `id,version,hours per week\n01CCCCCCCCCCCCCCCCCCCCCCCC,1,169\n`)).errors).toEqual([
      '2:3 At most 168',
    ]);
  });

  test('a short row clears nothing', async () => {
    expect(await changed('people', `id,version,name,email,note\n${person},1,Noor\n`)).toMatchObject({
      errors: [expect.stringMatching(/^2:5 The row ends before this column/)],
      changes: [],
    });
    expect(await changed('people', `id,version,name,note,email\n${person},1,Noor,x\n`)).toEqual({ errors: [], changes: [], same: 1 });
  });

  test('what others still name does not go', async () => {
    expect(await changed('people', `id,version,delete\n${person},1,yes\n`)).toMatchObject({
      errors: [expect.stringMatching(/^2:null Still named by:/)],
    });
    expect(await changed('holidays', 'id,version,delete\n01FFFFFFFFFFFFFFFFFFFFFFFF,1,yes\n')).toEqual({
      errors: [],
      changes: ['2 remove id'],
      same: 0,
    });
  });

  test('more than one change set holds is parted, and told how', async () => {
    const rows = Array.from({ length: 5_001 }, (_, n) => `Skill ${n}`).join('\n');
    const { answer } = await read(ledger, 'skills', `name\n${rows}\n`);
    expect(answer.tooMany?.parts).toEqual([
      { from: 2, to: 5_001 },
      { from: 5_002, to: 5_002 },
    ]);
    expect(answer.counts.new).toBe(5_001);
    expect(answer.changes).toHaveLength(5_000);
  });
});

describe('files that are not read', () => {
  const ledger = ledgerOf({ name: 'Noor', note: 'x', client: 'Acme' });
  const refusal = async (kind: CsvKind, bytes: string | Uint8Array): Promise<string> => {
    try {
      await readCsv(
        { kind, bytes: Buffer.from(bytes as string) },
        { ledger, log: null as never, actor: aManager, today, timeZone: 'Europe/Lisbon' },
      );
      return 'read';
    } catch (error) {
      return String((error as { code?: string }).code ?? error);
    }
  };
  test('are refused as a whole, with a code', async () => {
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(500, 7)]);
    expect(await refusal('people', zip)).toBe('binary');
    expect(await refusal('people', Buffer.from([0x6e, 0x81, 0, 0xff, 0xfe]))).toBe('binary');
    expect(await refusal('people', '')).toBe('empty');
    expect(await refusal('people', '\ufeff,,;;\r\n""\n')).toBe('empty');
    expect(await refusal('people', 'name,email\n')).toBe('no-rows');
    expect(await refusal('people', 'Mia,Atlas\nNoor,Ocean\n')).toBe('no-header');
    expect(await refusal('projects', 'id,version,name,email,employment,region,skills\n')).toBe('other-kind');
    expect(await refusal('people', 'name,Name\nMia,Mia\n')).toBe('repeated-column');
    expect(await refusal('people', `id,name\n${person},Mia\n`)).toBe('no-version');
    expect(await refusal('people', `name,note\nMia,"x\n${'y,z\n'.repeat(500_000)}`)).toBe('damaged');
    expect(await refusal('people', `name,note\nMia,"x\nNoor,y\n`)).toBe('damaged');
    expect(await refusal('people', `name${',x'.repeat(300)}\nMia\n`)).toBe('too-many-columns');
    expect(await refusal('people', `name\n${'Mia\n'.repeat(100_001)}`)).toBe('too-many-rows');
  });

  test('20 MB of nothing that is asked for take no longer than it takes to see that', async () => {
    const began = performance.now();
    expect(await refusal('people', Buffer.alloc(20 * 1024 * 1024, 'x'))).toBe('no-header');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('tabs, semicolons, commas, a named separator and the letters of Windows are read', async () => {
    const rows = async (bytes: string | Uint8Array) =>
      (
        await readCsv(
          { kind: 'people', bytes: Buffer.from(bytes as string) },
          { ledger, log: null as never, actor: aManager, today, timeZone: 'Europe/Lisbon' },
        )
      ).answer.changes.map(({ name }) => name);
    for (const text of ['name\tnote\nZoë\tb,c;d\n', 'name;note\r\nZoë;"b,c"\r\n', 'sep=|\nname|note\nZoë|b\n', 'name,note\rZoë,b'])
      expect(await rows(text)).toEqual(['Zoë']);
    expect(await rows(Buffer.from('name,note\nZo\u00eb,b\n', 'latin1'))).toEqual(['Zoë']);
    expect(await rows(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name\tnote\nZoë\tb\n', 'utf16le')]))).toEqual(['Zoë']);
  });
});
