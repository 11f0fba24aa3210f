import { describe, expect, test } from '@jest/globals';
import { type IcsEvent, icsOf } from './ics.ts';
import { strictly } from './testing/strict.ts';

const event = (over: Partial<IcsEvent> = {}): IcsEvent => ({
  uid: '01K000000000000000000000A1@sidekick',
  from: '2026-12-24',
  to: '2026-12-31',
  summary: 'Atlas: lead, 16 h a week',
  description: '',
  tentative: false,
  busy: false,
  changedAt: '2026-11-30T09:08:07.123Z',
  sequence: 12,
  ...over,
});
const written = (...events: IcsEvent[]) => icsOf({ name: 'Noor', refreshHours: 1, events });
const read = (words: string) => strictly(written(event({ summary: words, description: words }))).events[0];

describe('a calendar feed', () => {
  test('has days, and an end that is the first day that is no more of it', () => {
    const text = written(event());
    strictly(text);
    expect(text).toContain('\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20270101\r\n');
    expect(text).toContain('\r\nDTSTAMP:20261130T090807Z\r\n');
    expect(text).toContain('\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n');
    expect(text).toContain('\r\nSEQUENCE:12\r\n');
  });

  test('says what is not agreed, and what keeps nobody busy', () => {
    const text = written(event(), event({ uid: 'b@sidekick', tentative: true, busy: true }));
    expect([...text.matchAll(/(?:STATUS|TRANSP):(\w+)/g)].map(([, word]) => word)).toEqual([
      ...['CONFIRMED', 'TRANSPARENT'],
      ...['TENTATIVE', 'OPAQUE'],
    ]);
  });

  test.each([
    'Müller; Søren, "Łukasz" \\ back\\nslash',
    'two\nlines\r\nand\rthree\u2028four',
    '最美的時光看場'.repeat(20),
    'नमस्ते दुनिया '.repeat(12),
    '👩‍👩‍👧‍👦'.repeat(15),
    `${'a'.repeat(66)}é${'b'.repeat(73)}é`,
    'بن\u202eخالد',
    'x'.repeat(2_000),
  ])('keeps words of any script: %s', (words) => {
    const lines = words.replaceAll(/\r\n?|\u2028/g, '\n');
    expect([read(words)?.summary, read(words)?.description]).toEqual([lines, lines]);
  });

  test('takes signs of control and halves of letters for what they are', () => {
    expect(read('a\u0000b\u001bc\td\ud800e')?.summary.replace('\ufffd', '?')).toBe('a b c d?e');
  });

  test('no word of a user ends an event or begins another', () => {
    const { events } = strictly(written(event({ summary: 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil' })));
    expect(events).toHaveLength(1);
  });

  test('is a calendar too where nothing is in it', () => {
    expect(strictly(written()).events).toEqual([]);
  });
});
