/** A calendar of events, each the lines of one. */
export const ics = (...events: readonly (readonly string[])[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

/** Lines of an event of whole days, the last one excluded as calendars have it. */
export const days = (uid: string, from: string, end: string, ...more: readonly string[]): string[] => [
  `UID:${uid}`,
  `SUMMARY:${uid} leave`,
  `DTSTART;VALUE=DATE:${from.replaceAll('-', '')}`,
  `DTEND;VALUE=DATE:${end.replaceAll('-', '')}`,
  ...more,
];
