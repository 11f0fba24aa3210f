import { expect, test } from '@jest/globals';
import { continueList } from './continue-list.ts';

/** Text with `|` where the cursor is, before and after Enter. */
function enter(text: string): string | null {
  const at = text.indexOf('|');
  const plain = text.replace('|', '');
  const made = continueList(plain, at, at);
  return made && `${plain.slice(0, made.from)}${made.insert}|${plain.slice(made.to)}`;
}

test('Enter begins the next item as this one began', () => {
  expect(enter('- one|')).toBe('- one\n- |');
  expect(enter('text\n  9. nine|\nmore')).toBe('text\n  9. nine\n  10. |\nmore');
  expect(enter('* [x] done|')).toBe('* [x] done\n* [ ] |');
  expect(enter('> 1) a| b')).toBe('> 1) a\n> 2) | b');
  expect(enter('> said|')).toBe('> said\n> |');
});

test('an item without a word ends the list; elsewhere Enter is Enter', () => {
  expect(enter('- one\n- |')).toBe('- one\n|');
  expect(enter('> |')).toBe('|');
  expect([enter('plain|'), enter('|- one'), enter('-|'), enter('-no|'), enter('1.5 h|'), enter('**bold**|')]).toEqual(Array(6).fill(null));
});
