import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSharedFile, type SharedFile } from '@sidekick/sqlite';
import { documentsOf } from '../documents/documents.ts';
import { start } from '../query/cursor.ts';
import { fields, parseQuery } from '../query/parse.ts';
import { epochs, event, noor, page } from '../testing/things.ts';
import { answer, vocabularyOf } from './ask.ts';
import type { Reads, SearchRequest } from './engine.ts';
import { openIndex } from './fts-file.ts';
import { readerOf } from './fts-read.ts';
import type { Row } from './fts-schema.ts';

const pages = 10_000;

let folder: string;
let db: SharedFile;
let reads: Reads;
/** What was run, with one set of parameters each. */
const run = new Map<string, (string | number)[]>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-plan-'));
  const file = join(folder, 'search.db');
  const index = openIndex(file, 'until-closed');
  const id = (kind: string, n: number) => `01JZZZZZZZZZZZZZZZ${kind}${String(n).padStart(26 - 18 - kind.length, '0')}`;
  const put = (one: Parameters<typeof documentsOf>[0]) =>
    index.put({ id: one.subject, source: one.source, epoch: epochs[0], sequence: 1, documents: documentsOf(one) });
  for (let n = 0; n < pages; n += 1) {
    const title = `Words of page ${n}`;
    const owners = [{ type: 'person' as const, id: id('PR', n % 50) }];
    const sections = [{ anchor: '', heading: title, level: 1, text: `common words ${n % 100} java -jar`, code: '' }];
    put(event('content.page.changed.v1', id('PG', n), 1, page({ path: `p/${n}`, title, visibility: 'public', owners, sections })));
  }
  for (let n = 0; n < 50; n += 1)
    put(event('staffing.person.changed.v1', id('PR', n), 1, { ...noor, private: { name: `Ana Words ${n}` } }));
  index.close();
  db = openSharedFile(file, { as: 'reader', patience: 0, cacheMiB: 32 });
  reads = readerOf((sql, parameters) => {
    run.set(sql, parameters);
    return db.all(sql, parameters) as Row[];
  });
}, 120_000);
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const words = [
  'common',
  'words common',
  'words common page of java jar 7 8 9 10',
  'java java words java',
  `${'words '.repeat(500)}`,
  'wrods',
];
const filters = [
  ...fields.map((field) => `${field}:sql`),
  'owner:ana',
  'owner:"ana words"',
  'type:section',
  'type:person type:project',
  'section:data tag:sql tag:x',
  '-tag:x -owner:ana',
  'tag:sql -type:person',
];
const forms: string[] = [
  ...words,
  ...['"common words"', '"words of page"', '"words nowhere so"', 'java -jar', 'common -words', 'common -"words 7"', '最美 時光'],
  ...filters,
  ...filters.flatMap((filter) => [
    `common ${filter}`,
    `"common words" ${filter}`,
    `common words -java ${filter}`,
    `words common page java jar 7 8 7 ${filter}`,
    `${filter} ${filter} tag:sql`,
  ]),
  filters.join(' '),
];

/** What SQLite may do: look into an index, run a match once, read a list of its own, sort. */
const allowed = [
  /^SEARCH (document|label|vocabulary|name|meta) USING (INTEGER PRIMARY KEY|PRIMARY KEY|COVERING INDEX|INDEX)/,
  // `M` is a match; `=` behind it would be one run of the match a row.
  /^SCAN (words|titles) VIRTUAL TABLE INDEX \d+:M\d+$/,
  // The titles that match, each looked up by its row.
  /^MATERIALIZE titled$|^BLOOM FILTER ON titled \(row=\?\)$|^SEARCH titled USING AUTOMATIC COVERING INDEX \(row=\?\) LEFT-JOIN$/,
  // Rows by their ids, without a match.
  /^SCAN words VIRTUAL TABLE INDEX \d+:=$/,
  /^SCAN (json_each|found)( VIRTUAL TABLE INDEX \d+:)?$/,
  /^(LIST|SCALAR|CORRELATED SCALAR) SUBQUERY \d+|^(USE TEMP B-TREE FOR|CO-ROUTINE found|MATERIALIZE found|USING ROWID SEARCH|CREATE BLOOM FILTER)/,
];
/** The whole table is meant: kinds alone, all but some, and the words that a correction compares with. */
const wholeTable = [
  /from document where 1 = 1 and (\(document\.row & 6\) in|\+document\.row not in)/,
  /^select word, \w+ as n from vocabulary where word >/,
];

const planOf = ([sql, parameters]: [string, (string | number)[]]) =>
  db.all(`explain query plan ${sql}`, parameters).map(({ detail }) => String(detail));

describe('the plan of a query over 10,000 pages', () => {
  const asked = { cursor: start, limit: 20, newestEvent: null };
  const seen = { ...start, seen: ['AAAAAAA'] };
  const requests: Omit<SearchRequest, 'query'>[] = [
    { ...asked, audience: 'internal', type: null, exact: false, typing: false },
    { ...asked, audience: 'public', type: null, exact: false, typing: true },
    { ...asked, audience: 'internal', type: 'section', exact: true, typing: true, cursor: seen },
  ];

  test.each(forms)('walks an index for each step: %s', (form) => {
    run.clear();
    const vocabulary = vocabularyOf(reads, () => 1);
    for (const request of requests) answer(reads, vocabulary, { ...request, query: parseQuery(form, request.typing) });
    reads.complete('wor', 'public', 8);
    expect(run.size).toBeGreaterThan(0);
    for (const one of run)
      for (const step of planOf(one))
        if (!allowed.some((pattern) => pattern.test(step)) && !wholeTable.some((pattern) => pattern.test(one[0])))
          throw new Error(`${step}\n  in ${one[0]}`);
  });

  test('finds what the forms ask for', () => {
    const total = (text: string) =>
      answer(reads, () => [], { ...asked, audience: 'internal', type: null, exact: true, typing: false, query: parseQuery(text, false) })
        .counts;
    expect(total('type:section')).toEqual({ section: pages, person: 0, project: 0 });
    expect(total('tag:sql tag:x owner:"ana words 7"')).toEqual({ section: pages / 50, person: 0, project: 0 });
    expect(total('common tag:sql owner:ana')).toEqual({ section: pages, person: 0, project: 0 });
    expect(total('-owner:"ana words 7" -type:person')).toEqual({ section: pages - pages / 50, person: 0, project: 0 });
    expect(total('skill:postgres')).toEqual({ section: 0, person: 50, project: 0 });
  });
});
