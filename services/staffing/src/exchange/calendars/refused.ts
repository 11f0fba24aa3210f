import type { CalendarRefusal } from '@sidekick/contracts';

/** A calendar that is not read at all. */
export class CalendarRefused extends Error {
  readonly code: CalendarRefusal;
  constructor(code: CalendarRefusal) {
    super(code);
    this.name = 'CalendarRefused';
    this.code = code;
  }
}

/** What is wrong with a calendar that is not read, and what to do. */
export const refusalWords: Readonly<Record<CalendarRefusal, string>> = {
  binary: 'This is no text. Export the calendar as iCalendar (.ics), and send that file',
  empty: 'Nothing is in this file',
  'not-a-calendar': 'This is no iCalendar file: it does not begin with BEGIN:VCALENDAR. Export the calendar as .ics, and send that file',
  'cut-short': 'The file ends before its calendar does. Export it once more, and send it again',
  'too-big': 'A calendar holds at most 5 MB here. Export the part of it that is about leave, or fewer years',
  'too-costly':
    'Reading this calendar takes longer than is allowed: something in it repeats without end. Export the part of it that is about leave',
  'too-many-events':
    'There are more than 5,000 days or events to bring in. Choose a later first day, or export the part that is about leave',
};
