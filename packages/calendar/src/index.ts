export {
  type Day,
  dayOf,
  isoDay,
  isoWeek,
  meet,
  mondayOf,
  openFrom,
  openTo,
  partsOf,
  type Span,
  type Week,
  weekdayOf,
  weekOf,
  weekOfDay,
  weekSpan,
  weeksIn,
  weeksSpan,
} from './days.ts';
export { wantedIn } from './wanted.ts';
export {
  countWords,
  daysWords,
  dayWords,
  endBeforeStart,
  hoursWords,
  listWords,
  monthNames,
  numberWords,
  rangeWords,
  weeksWords,
  weekWords,
} from './words.ts';
export { workdaysIn } from './workdays.ts';
export { isZone, overlapHours, workingDay } from './zones.ts';
