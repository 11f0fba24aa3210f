import type { CalendarTold } from '@sidekick/contracts';

/** Why an event did not become leave, and what to do about it. */
export const toldWords: Readonly<Record<CalendarTold['why'], string>> = {
  'bad-line': 'a line of it could not be read, and was left out',
  'no-start': 'it has no day or time that could be read',
  'two-starts': 'it begins twice: correct it in the calendar',
  'bad-end': 'its end could not be read, or is before its start',
  'bad-rule': 'how it repeats could not be read: only its first day counts',
  'many-repeats': 'it repeats too often: what comes after 20,000 times was left out',
  'long-repeats': 'it repeats for longer than two years: bring the calendar in again later',
  'this-and-future': 'a change of it and all that follow was read as a change of that one',
  'unknown-zone': 'nobody knows its time zone: its times were read as the person’s own',
  past: 'it is over',
  'too-far': 'it is more than 20 years away',
  'too-long': 'it is longer than two years',
  'other-words': 'its name has none of the words',
  nobody: 'it names nobody here, by e-mail or by name',
  'two-people': 'it names more than one person',
  'no-hours': 'it takes no hour of work: it is at night, on a free day or outside the contract',
  'own-feed': 'it came out of this portal',
  cancelled: 'it is cancelled',
  'changed-here': 'its leave was changed here since, and stays so',
  'removed-here': 'its leave was removed here since',
  'declined-here': 'its leave was declined here, and stays so',
  'approved-already': 'its leave is approved already: a manager changes it',
};
