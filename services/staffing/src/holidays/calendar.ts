import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';

const load = createRequire(import.meta.url);

/** The calendars of the world are read when they are first asked for: they are a tenth of the processor time of a start. */
export function newCalendar(): Holidays {
  const Calendar = load('date-holidays') as typeof Holidays;
  return new Calendar();
}
