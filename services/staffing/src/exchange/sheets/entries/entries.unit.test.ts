import { describe, expect, test } from '@jest/globals';
import { cell, faults, lines } from '../testing/reading.ts';

/** What a cell of Mia gives: `Atlas 8 lead tentative`, or `text why`. */
async function given(text: string): Promise<string[]> {
  const read = await cell(text);
  return [
    ...lines(read).map((line) => line.replace('Mia ', '').replace(/ 2026-11-30\.\.2026-12-06/, '')),
    ...faults(read).map((fault) => fault.replace('2:3 ', '')),
  ];
}

describe('entries of a cell (S17)', () => {
  test.each<[string, string[]]>([
    ['Atlas 8; Ocean 4', ['Atlas 8', 'Ocean 4']],
    ['Atlas 8\nOcean 4', ['Atlas 8', 'Ocean 4']],
    ['Atlas 8|Ocean 4', ['Atlas 8', 'Ocean 4']],
    ['Atlas 8,Ocean 4', ['Atlas 8', 'Ocean 4']],
    ['Atlas 7,5, Ocean 4', ['Atlas 7.5', 'Ocean 4']],
    ['Atlas 8 / Ocean 4 + Harbour 2', ['Atlas 8', 'Harbour 2', 'Ocean 4']],
    ['Atlas 8/Ocean 4h/Harbour 2d', ['Atlas 8', 'Harbour 16', 'Ocean 4']],
    ['Atlas 8 (SK)/Ocean 4?+Harbour 50%/Delta 1', ['Atlas 8 sidekick', 'Delta 1', 'Harbour 20', 'Ocean 4 tentative']],
    ['CI/CD 8', ['CI/CD 8']],
    ['C++ 8', ['C++ 8']],
    ['Atlas 8 (SK; tbc)', ['Atlas 8 sidekick tentative']],
    ['(Atlas 8; Ocean 4)', ['Atlas 8 tentative', 'Ocean 4 tentative']],
    ['[Atlas 8 (SK); Ocean 4]', ['Atlas 8 sidekick tentative', 'Ocean 4 tentative']],
    ['(Atlas 8); Ocean (4)', ['Atlas 8 tentative', 'Ocean (4) brackets']],
    ['-', []],
    ['–', []],
    ['—', []],
    ['0', []],
    ['Atlas 0; 0h; Ocean 0%; leave 0', []],
    ['; Atlas  \u00a0 8 ;;', ['Atlas 8']],
  ])('%j', async (text, expected) => {
    expect(await given(text)).toEqual(expected);
  });
});

describe('project and amount (S18)', () => {
  test.each<[string, string[]]>([
    ['Atlas 24', ['Atlas 24']],
    ['24h Atlas', ['Atlas 24']],
    ['24 h Atlas', ['Atlas 24']],
    ['Atlas: 24', ['Atlas 24']],
    ['Atlas:24', ['Atlas 24']],
    ['Atlas - 24', ['Atlas 24']],
    ['Atlas = 24', ['Atlas 24']],
    ['Atlas 24 hrs', ['Atlas 24']],
    ['Atlas 1 hour', ['Atlas 1']],
    ['Atlas 2,5 days', ['Atlas 20']],
    ['Atlas 2.5D', ['Atlas 20']],
    ['Atlas 12.5 %', ['Atlas 5']],
    ['Phase 2 16h', ['Phase 2 16']],
    ['16h Phase 2', ['Phase 2 16']],
    ['Atlas 24 16', ['Atlas 24 16 two-amounts']],
    ['Atlas 24h 16h', ['Atlas 24h 16h two-amounts']],
    ['Atlas', ['Atlas no-hours']],
    ['see Mia', ['see Mia no-hours']],
    ['24', ['24 no-project']],
    ['Atlas -4', ['Atlas -4 negative']],
    ['Atlas 168', ['Atlas 168']],
    ['Atlas 169', ['Atlas 169 too-many-hours']],
    ['Atlas 500%', ['Atlas 500% too-many-hours']],
    ['Atlas 8; atlas 4; ATLAS  4', ['Atlas 16']],
    ['Atlas 8; x', ['Atlas 8', 'x no-hours']],
  ])('%j', async (text, expected) => {
    expect(await given(text)).toEqual(expected);
  });

  test('what is not understood lists no project', async () => {
    expect((await cell('Atlas 8; Ocean; Harbour 8 8; Delta 0; Nimbus 999')).projects).toEqual([{ name: 'Atlas' }]);
  });
});

describe('roles and tentative words (S19)', () => {
  test.each<[string, string[]]>([
    ['Atlas 8 (lead)', ['Atlas 8 lead']],
    ['Atlas (Tech Lead) 8', ['Atlas 8 lead']],
    ['(TL) Atlas 8', ['Atlas 8 lead']],
    ['Atlas 8 leader', ['Atlas 8 lead']],
    ['Atlas 8 tech lead', ['Atlas 8 lead']],
    ['Atlas 8 l', ['Atlas 8 lead']],
    ['Atlas L 8', ['Atlas 8 lead']],
    ['Atlas l 8', ['Atlas l 8']],
    ['Atlas S 8', ['Atlas 8 sidekick']],
    ['Atlas SK 8h', ['Atlas 8 sidekick']],
    ['24h Atlas SK', ['Atlas 24 sidekick']],
    ['24h Atlas sk', ['Atlas sk 24']],
    ['Atlas 8 2nd', ['Atlas 8 sidekick']],
    ['Atlas 8 back-up', ['Atlas 8 sidekick']],
    ['Atlas 8 [deputy]', ['Atlas 8 sidekick']],
    ['Atlas 8 dev', ['Atlas 8']],
    ['Customer Support 8', ['Customer Support 8']],
    ['Atlas 8?', ['Atlas 8 tentative']],
    ['?Atlas 8', ['Atlas 8 tentative']],
    ['Atlas? 8', ['Atlas 8 tentative']],
    ['Atlas 8 (?)', ['Atlas 8 tentative']],
    ['Atlas 8 tbc', ['Atlas 8 tentative']],
    ['maybe Atlas 8', ['Atlas 8 tentative']],
    ['Atlas prov 8', ['Atlas 8 tentative']],
    ['Atlas 8 (SK, unconfirmed)', ['Atlas 8 sidekick tentative']],
    ['Atlas 8 (SK) (tbd)', ['Atlas 8 sidekick tentative']],
    ['Atlas 8; (Ocean 4)', ['Atlas 8', 'Ocean 4 tentative']],
    ['Atlas 8 (QA)', ['Atlas 8 (QA) unknown-word']],
    ['Atlas 8 soon', ['Atlas 8 soon unknown-word']],
    ['Atlas 8 lead SK', ['Atlas 8 lead SK two-roles']],
    ['Atlas 8 lead (L)', ['Atlas 8 lead']],
    ['Atlas L 8 (SK)', ['Atlas L 8 (SK) two-roles']],
    ['Atlas (24)', ['Atlas (24) brackets']],
    ['Atlas (24h SK)', ['Atlas (24h SK) brackets']],
    ['Atlas 8 (SK', ['Atlas 8 (SK brackets']],
    ['Atlas 8) SK', ['Atlas 8) SK brackets']],
    ['Atlas 8 (a (b))', ['Atlas 8 (a (b)) brackets']],
    ['Atlas 8 (SK]', ['Atlas 8 (SK] brackets']],
  ])('%j', async (text, expected) => {
    expect(await given(text)).toEqual(expected);
  });
});

describe('leave (S20)', () => {
  const words = [
    'leave',
    'Annual leave',
    'sick leave',
    'PARENTAL LEAVE',
    'vacation',
    'vac',
    'holiday',
    'holidays',
    'hol',
    'off',
    'day off',
    'days off',
    'PTO',
    'OOO',
    'sick',
    'V',
  ];
  test.each(words.map((word) => [word]))('%s is the whole week', async (word) => {
    expect(await given(word)).toEqual(['away 1']);
  });

  test.each<[string, string[]]>([
    ['leave 2d', ['away 0.4']],
    ['V 50%', ['away 0.5']],
    ['8h vacation', ['away 0.2']],
    ['2 days off', ['away 0.4']],
    ['leave 13', ['away 0.325']],
    ['leave 60h', ['away 1']],
    ['leave 4d; sick 4d', ['away 1']],
    ['leave 1d; V 1d', ['away 0.4']],
    ['V?', ['away 1 requested']],
    ['(leave 1d)', ['away 0.2 requested']],
    ['leave (tbc)', ['away 1 requested']],
    ['leave; Atlas 8', ['Atlas 8', 'away 1']],
    ['bank holiday', ['bank holiday no-hours']],
    ['Holiday Inn 8', ['Holiday Inn 8']],
    ['leave -8', ['leave -8 negative']],
  ])('%j', async (text, expected) => {
    expect(await given(text)).toEqual(expected);
  });
});
