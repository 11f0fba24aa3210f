import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSharedFile, type SharedFile } from '@sidekick/sqlite';
import { documentsOf } from '../documents/documents.ts';
import { parseQuery } from '../query/parse.ts';
import { aPage } from '../testing/over.ts';
import type { Audience } from './engine.ts';
import { openIndex } from './fts-file.ts';
import { readerOf } from './fts-read.ts';
import type { Row } from './fts-schema.ts';

let folder: string;
let db: SharedFile | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidekick-ranking-'));
  db = null;
});
afterEach(() => {
  db?.close();
  rmSync(folder, { recursive: true });
});

/** Titles of what is found among these pages and as many that hold none of the words, best first. */
function over(pages: Record<string, string>, internal: readonly string[] = []) {
  const file = join(folder, 'search.db');
  const index = openIndex(file, 'until-closed');
  const others = Array.from({ length: 60 }, (_, at) => [`Other ${at}`, `nothing to see here ${at} `.repeat(8)] as const);
  for (const [n, [title, text]] of [...Object.entries(pages), ...others].entries()) {
    const visibility = internal.includes(title) ? 'internal' : 'public';
    const event = aPage(n, title, text, { visibility });
    index.put({ id: event.subject, source: 'content', epoch: 'A', sequence: 1, documents: documentsOf(event) });
  }
  index.close();
  const opened = openSharedFile(file, { as: 'reader', patience: 0, cacheMiB: 4 });
  db = opened;
  const reads = readerOf((sql, parameters) => opened.all(sql, parameters) as Row[]);
  return (text: string, audience: Audience = 'internal', place = 0) =>
    reads
      .search({ query: parseQuery(text, false), also: new Map(), audience, type: null, seen: new Set(), place, limit: 20 })
      .items.map(({ title }) => title.map((part) => part.text).join(''));
}

const filler = (words: number) => Array.from({ length: words }, (_, at) => `filler${at % 7}`).join(' ');

describe('ranking', () => {
  test('weighs a title by its own length, however long its page is', () => {
    const titles = over({
      'Notes on rollback, restores, backups and all that came of them last year': 'see there',
      Rollback: filler(100),
    });
    expect(titles('rollback')[0]).toBe('Rollback');
  });

  test('finds a title by other spellings of its letters as well as by its own', () => {
    const titles = over({
      'Notes on Müller, restores, backups and all that came of them last year': 'see there',
      Müller: filler(100),
    });
    for (const q of ['müller', 'muller', 'mueller']) expect([q, titles(q)[0]]).toEqual([q, 'Müller']);
  });

  test('counts a word as often as it was typed', () => {
    const titles = over({ One: 'queue of things', Two: 'index of things' });
    expect([titles('queue index index'), titles('index queue queue')]).toEqual([
      ['Two', 'One'],
      ['One', 'Two'],
    ]);
  });

  test('lifts hits of all words where few words name something', () => {
    const five = 'alpha beta gamma delta epsilon';
    const titles = over({ Whole: `${five} ${filler(20)}`, Most: 'alpha beta gamma delta '.repeat(2) });
    expect(titles(five)).toEqual(['Whole', 'Most']);
  });

  test('lifts none where many words describe something', () => {
    const six = 'alpha beta gamma delta epsilon zeta';
    const rare = { Zeta: 'epsilon zeta', Zetas: 'zeta epsilon' };
    const titles = over({ Whole: `${six} ${'the '.repeat(30)}`, Most: 'alpha beta gamma delta '.repeat(3), ...rare });
    expect(titles(six).slice(0, 2)).toEqual(['Most', 'Whole']);
  });

  /** Eight of them, as many as the others are looked for by. */
  const best = (words: string) => Array.from({ length: 8 }, (_, at) => [`Best ${at}`, `${words} vacuum autovacuum bloat`] as const);
  const others = { Apart: 'alpha kettle teapot saucer', Akin: 'alpha vacuum autovacuum bloat', Unasked: 'vacuum autovacuum bloat' };

  test('of many words goes on by the words of its best hits, and finds nothing more by them', () => {
    const five = 'alpha beta gamma delta epsilon';
    const titles = over({ ...Object.fromEntries(best(`${five} zeta`)), ...others });
    expect(titles(five).slice(8)).toEqual(['Apart', 'Akin']);
    expect(titles(`${five} zeta`).slice(8)).toEqual(['Akin', 'Apart']);
    expect([titles(`${five} zeta`, 'internal', 8), titles(`${five} zeta`, 'internal', 9)]).toEqual([['Akin', 'Apart'], ['Apart']]);
  });

  test('takes no words of pages that the reader may not see', () => {
    const six = 'alpha beta gamma delta epsilon zeta';
    const secret = best(six);
    const seen = best('alpha beta').map(([title]) => [`Seen ${title}`, 'alpha beta kettle teapot saucer'] as const);
    const titles = over(
      { ...Object.fromEntries([...secret, ...seen]), ...others },
      secret.map(([title]) => title),
    );
    const order = (audience: Audience) => titles(six, audience).filter((title) => title in others);
    expect([order('internal'), order('public')]).toEqual([
      ['Akin', 'Apart'],
      ['Apart', 'Akin'],
    ]);
  });
});
