import { describe, expect, test } from '@jest/globals';
import { type CalendarReading, readCalendar } from './read.ts';
import { days, ics } from './testing/ics.ts';

const today = '2026-11-30';
const read = (text: string | Uint8Array, from = today): CalendarReading =>
  readCalendar({ bytes: typeof text === 'string' ? Buffer.from(text) : text, from, today });
const at = (instant: number) => new Date(instant).toISOString().replace(/:00\.000Z$/, 'Z');
/** `2026-12-24 – 2026-12-26` for days, instants with Z. */
const when = (text: string | Uint8Array, from = today) =>
  read(text, from).occurrences.map(({ is, start, end }) =>
    is === 'days'
      ? `${at(start).slice(0, 10)} – ${at(end - 1).slice(0, 10)}`
      : `${at(start)} – ${at(end)}`.replaceAll('Z', is === 'wall' ? '' : 'Z'),
  );
const told = (text: string, from = today) => read(text, from).told.map(({ why, uid }) => `${why} ${uid}`);
const timed = (start: string, end: string, ...more: string[]) => ['UID:a', 'SUMMARY:a', `DTSTART${start}`, `DTEND${end}`, ...more];
const zoned = ';TZID=Europe/Berlin:';

const refused = (text: string | Uint8Array): string | null => {
  try {
    read(text);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('a calendar', () => {
  test('has days whose end is the first that is no more of it, and one day without an end', () => {
    expect(when(ics(days('a', '2026-12-24', '2026-12-27')))).toEqual(['2026-12-24 – 2026-12-26']);
    expect(when(ics(['UID:a', 'DTSTART;VALUE=DATE:20261224']))).toEqual(['2026-12-24 – 2026-12-24']);
    expect(when(ics(days('a', '2026-12-24', '2026-12-24')))).toEqual(['2026-12-24 – 2026-12-24']);
    expect(when(ics(['UID:a', 'DTSTART;VALUE=DATE:20261224', 'DURATION:P3D']))).toEqual(['2026-12-24 – 2026-12-26']);
  });

  test('has times in zones that the world knows, with summer time, in UTC and wherever one is', () => {
    expect(when(ics(timed(`${zoned}20261201T090000`, `${zoned}20261201T130000`)))).toEqual(['2026-12-01T08:00Z – 2026-12-01T12:00Z']);
    expect(when(ics(timed(`${zoned}20270701T090000`, `${zoned}20270701T130000`)))).toEqual(['2027-07-01T07:00Z – 2027-07-01T11:00Z']);
    expect(when(ics(timed(':20261201T090000Z', ':20261201T100000Z')))).toEqual(['2026-12-01T09:00Z – 2026-12-01T10:00Z']);
    expect(when(ics(timed(':20261201T090000', ':20261201T100000')))).toEqual(['2026-12-01T09:00 – 2026-12-01T10:00']);
    expect(when(ics(timed(';TZID=/mozilla.org/20050126_1/Europe/Berlin:20261201T090000', `${zoned}20261201T100000`)))).toEqual([
      '2026-12-01T08:00Z – 2026-12-01T09:00Z',
    ]);
  });

  test('has zones that it describes itself, and says which nobody knows', () => {
    const zone = [
      ...['BEGIN:VTIMEZONE', 'TZID:Home', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0530', 'TZOFFSETTO:+0530'],
      ...['END:STANDARD', 'END:VTIMEZONE'],
    ].join('\r\n');
    const event = ics(timed(';TZID=Home:20261201T090000', ';TZID=Home:20261201T100000'));
    expect(when(event.replace('BEGIN:VEVENT', `${zone}\r\nBEGIN:VEVENT`))).toEqual(['2026-12-01T03:30Z – 2026-12-01T04:30Z']);
    expect(when(event)).toEqual(['2026-12-01T09:00 – 2026-12-01T10:00']);
    expect(told(event)).toEqual(['unknown-zone a']);
  });

  test('repeats by its rule, less what is left out, with what is added, by the clock of its zone', () => {
    const weekly = days(
      'a',
      '2026-12-04',
      '2026-12-05',
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'EXDATE;VALUE=DATE:20261211',
      'RDATE;VALUE=DATE:20261230',
    );
    expect(when(ics(weekly))).toEqual(['2026-12-04', '2026-12-18', '2026-12-25', '2026-12-30'].map((day) => `${day} – ${day}`));
    const summer = timed(`${zoned}20270326T090000`, `${zoned}20270326T100000`, 'RRULE:FREQ=WEEKLY;COUNT=2');
    expect(when(ics(summer))).toEqual(['2027-03-26T08:00Z – 2027-03-26T09:00Z', '2027-04-02T07:00Z – 2027-04-02T08:00Z']);
  });

  test('ends a rule at the instant that it says, not at that hour of the clock', () => {
    const until = (instant: string) =>
      when(ics(timed(';TZID=Asia/Tokyo:20261201T090000', ';TZID=Asia/Tokyo:20261201T100000', `RRULE:FREQ=DAILY;UNTIL=${instant}`))).length;
    expect([until('20261203T000000Z'), until('20261202T235959Z')]).toEqual([3, 2]);
  });

  test('leaves out a day of an event with times', () => {
    const event = timed(`${zoned}20261201T090000`, `${zoned}20261201T100000`, 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;VALUE=DATE:20261202');
    expect(when(ics(event)).map((one) => one.slice(0, 10))).toEqual(['2026-12-01', '2026-12-03']);
  });

  test('moves and cancels one of several, and a cancelled event is gone with all of them', () => {
    const event = days('a', '2026-12-04', '2026-12-05', 'RRULE:FREQ=WEEKLY;COUNT=3');
    const moved = days('a', '2026-12-14', '2026-12-15', 'RECURRENCE-ID;VALUE=DATE:20261211');
    const off = days('a', '2026-12-18', '2026-12-19', 'RECURRENCE-ID;VALUE=DATE:20261218', 'STATUS:CANCELLED');
    expect(when(ics(moved, event, off))).toEqual(['2026-12-04 – 2026-12-04', '2026-12-14 – 2026-12-14']);
    const all = ics([...event, 'STATUS:CANCELLED'], moved);
    expect([when(all), told(all)]).toEqual([[], ['cancelled a']]);
  });

  test('takes the newest of two that are the same, and an exception without its event for itself', () => {
    const two = ics(days('a', '2026-12-24', '2026-12-25', 'SEQUENCE:2'), days('a', '2026-12-28', '2026-12-29', 'SEQUENCE:1'));
    expect(when(two)).toEqual(['2026-12-24 – 2026-12-24']);
    expect(when(ics(days('a', '2026-12-14', '2026-12-15', 'RECURRENCE-ID;VALUE=DATE:20261211')))).toEqual(['2026-12-14 – 2026-12-14']);
  });

  test('is followed for two years where it repeats for ever, and what is over stays out', () => {
    const yearly = ics(days('a', '2020-12-24', '2020-12-25', 'RRULE:FREQ=YEARLY'));
    expect(when(yearly)).toEqual(['2026-12-24 – 2026-12-24', '2027-12-24 – 2027-12-24']);
    expect(told(ics(days('a', '2026-10-01', '2026-10-02')))).toEqual(['past a']);
    expect(when(ics(days('a', '2026-10-01', '2026-10-02')), '2026-01-01')).toHaveLength(1);
  });

  test('is read in UTF-8 or in what old programs wrote, with folded lines, blank ones and any line break', () => {
    const text = ics(['UID:a', 'SUMMARY:Müller', 'DTSTART;VALUE=DATE:20261224']);
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'latin1'), Buffer.from(`\ufeff${text.replaceAll('\r\n', '\n')}`)])
      expect(read(bytes).occurrences[0]?.summary).toBe('Müller');
    expect(when(text.replace('DTSTART;', 'DTST\r\n\r\n ART\n\t;'))).toHaveLength(1);
  });

  test('says of an event that is not understood which it is, and reads the others', () => {
    const good = days('good', '2026-12-24', '2026-12-25');
    const bad: [string, string[]][] = [
      ['no-start', ['UID:x', 'SUMMARY:x']],
      ['no-start', ['UID:x', 'DTSTART:tomorrow']],
      ['two-starts', ['UID:x', 'DTSTART:20261201T080000', 'DTSTART:20261201T100000']],
      ['bad-end', ['UID:x', 'DTSTART:20261201T080000', 'DTEND:20261130T080000']],
      ['bad-end', ['UID:x', 'DTSTART:20261201T080000', 'DURATION:-PT1H']],
    ];
    for (const [why, lines] of bad) {
      const text = ics(lines, good);
      expect({ lines, told: told(text).at(-1), when: when(text) }).toEqual({ lines, told: `${why} x`, when: ['2026-12-24 – 2026-12-24'] });
    }
  });

  test('without an id is the same event again by what it says', () => {
    const text = ics(['SUMMARY:a', 'DTSTART;VALUE=DATE:20261224']);
    expect(read(text).occurrences[0]?.uid).toBe(read(text).occurrences[0]?.uid);
    expect(read(text).occurrences[0]?.uid).toContain('without-uid');
  });
});

describe('a hostile calendar', () => {
  test.each<[string, string, string | Uint8Array]>([
    ['bytes', 'binary', Buffer.from([66, 0, 1, 2])],
    ['nothing', 'empty', ' \r\n\t'],
    ['a page', 'not-a-calendar', '<!doctype html><title>Sign in</title>'],
    ['a card', 'not-a-calendar', 'BEGIN:VCARD\r\nFN:Mia\r\nEND:VCARD\r\n'],
    ['half of one', 'cut-short', ics(days('a', '2026-12-24', '2026-12-25')).slice(0, 120)],
    ['ends without beginnings', 'not-a-calendar', 'END:VCALENDAR\r\nEND:VEVENT\r\n'],
    ['components without end', 'not-a-calendar', 'BEGIN:VCALENDAR\r\n'.repeat(100_000)],
    ['more lines than a calendar has', 'too-big', `BEGIN:VCALENDAR\r\n${'X:y\n'.repeat(400_000)}END:VCALENDAR\r\n`],
    ['six megabytes', 'too-big', `BEGIN:VCALENDAR\r\nX:${'y'.repeat(6_000_000)}\r\nEND:VCALENDAR\r\n`],
    [
      'more events than count',
      'too-many-events',
      ics(...Array.from({ length: 6_000 }, (_, n) => days(`a${n}`, '2026-12-24', '2026-12-25'))),
    ],
  ])('of %s is refused: %s', (_what, code, text) => {
    expect(refused(text)).toBe(code);
  });

  test('that repeats a million times is cut off and told', () => {
    const text = ics(timed(`${zoned}20261201T090000`, `${zoned}20261201T090001`, 'RRULE:FREQ=SECONDLY;COUNT=1000000'));
    expect(refused(text)).toBe('too-many-events');
    const old = ics(timed(`${zoned}20001201T090000`, `${zoned}20001201T090001`, 'RRULE:FREQ=MINUTELY;COUNT=1000000'));
    expect(told(old)).toContain('many-repeats a');
  });

  test('whose exceptions name each other and nothing that is there ends', () => {
    const turns = Array.from({ length: 200 }, (_, n) => {
      const day = (at: number) => new Date(Date.UTC(2026, 11, 1 + (at % 200))).toISOString().slice(0, 10);
      return days('a', day(n), day(n + 1), `RECURRENCE-ID;VALUE=DATE:${day(n + 1).replaceAll('-', '')}`);
    });
    expect(read(ics(...turns)).occurrences.length).toBeLessThanOrEqual(200);
  });

  test.each([
    'RRULE:FREQ=NEVER',
    'RRULE:INTERVAL=0;FREQ=DAILY',
    'RRULE:FREQ=DAILY;INTERVAL=-1',
    'RRULE:FREQ=DAILY;COUNT=99999999999999999999',
    'RRULE:FREQ=YEARLY;BYMONTH=13',
    'RRULE:FREQ=WEEKLY;UNTIL=never',
    'RRULE:',
    'RDATE:x,y,z',
    'EXDATE;TZID=No/Where:20261201T090000',
    'DURATION:P9999999999W',
    'RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T090000Z',
    'SUMMARY;LANGUAGE="en:x',
    'constructor:__proto__',
    'DTSTART;VALUE=DATE:99991231',
  ])('with %s crashes nothing', (line) => {
    const text = ics(days('a', '2026-12-24', '2026-12-25', line), days('good', '2026-12-28', '2026-12-29'));
    expect(when(text)).toContain('2026-12-28 – 2026-12-28');
  });
});
