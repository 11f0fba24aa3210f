import { type Day, dayOf, daysWords, dayWords, hoursWords, isoWeek, meet, rangeWords, type Span, weekOfDay } from '@sidekick/calendar';
import type { BrokenRule, PreviewAnswer, TimeOff } from '@sidekick/contracts';
import { leaveSpan } from '../capacity/leave.ts';
import type { Figures } from '../figures/index.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { personName } from '../state/words.ts';
import { beyond, windowWords } from './outside.ts';
import type { Scope } from './scope.ts';

const tiny = 1e-9;

/** What is odd about leave that is asked for, changed or approved; all of it warnings, told before and after saving. */
export function oddLeave({ after, changes }: Scope): BrokenRule[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'timeOff' || !change.after || change.after.state === 'declined') return [];
    const leave = change.after;
    return [outsideContract(after, leave), overlapping(after, leave), notWorked(after, leave), overDay(after, leave)].flat();
  });
}

/** What each leave that is asked for or changed takes of the person's pattern. */
export const leaveTaken = ({ after, changes }: Scope): NonNullable<PreviewAnswer['leave']> =>
  changes.flatMap((change) =>
    change.kind === 'timeOff' && change.after ? [{ timeOff: change.id, ...after.leaveTakes(change.after) }] : [],
  );

const told = (code: BrokenRule['code'], { person, from }: TimeOff, message: string, days: readonly Day[] = []): BrokenRule[] => [
  {
    ...{ code, severity: 'warning', message, person, project: null, assignment: null },
    weeks: [...new Set(days.length > 0 ? days.map(weekOfDay) : [weekOfDay(dayOf(from))])].map(isoWeek),
  },
];

const daysOf = ({ from, to }: Span, holds: (day: Day) => boolean): Day[] => {
  const days: Day[] = [];
  for (let day = from; day <= to; day++) if (holds(day)) days.push(day);
  return days;
};
const on = (day: Day): Span => ({ from: day, to: day });

function outsideContract({ state }: Figures, leave: TimeOff): BrokenRule[] {
  const { from, to } = state.person.get(leave.person)?.record.contract ?? { from: null, to: null };
  const { head, tail } = beyond(state, leave, { from, to });
  const name = personName(state, leave.person);
  if (tail > 0) {
    const message = `The contract of ${name} ${windowWords({ from: null, to }, leave.from)}, before the leave does`;
    return told('outside-contract', leave, message);
  }
  if (head > 0) {
    const message = `The contract of ${name} ${windowWords({ from, to: null }, leave.from)}, after the leave does`;
    return told('outside-contract', leave, message);
  }
  return [];
}

/** Days with hours on which other leave of the person stands or is asked for; and where both take more than the day has. */
function overlapping(figures: Figures, leave: TimeOff): BrokenRule[] {
  const { state } = figures;
  return ofPerson(state.timeOff, leave.person).flatMap((other) => {
    const apart = other.id === leave.id || other.state === 'declined';
    if (apart || other.from > leave.to || other.to < leave.from) return [];
    const days = daysOf(meet(leaveSpan(leave), leaveSpan(other)), (day) => figures.gross(leave.person, on(day)) > tiny);
    if (days.length === 0) return [];
    const takes = (one: TimeOff, day: Day) => figures.leaveTakes(one, on(day)).hours;
    const open = (day: Day) => figures.leaveTakes({ ...leave, amount: { portion: 1 } }, on(day)).hours;
    const over = days.filter((day) => takes(leave, day) + takes(other, day) > open(day) + tiny);
    const sum = over.length > 0 ? `; together they take more than the day has on ${daysWords(over, leave.from)}` : '';
    const message = `${personName(state, leave.person)} has leave ${rangeWords(other, leave.from)} already (${other.state}): it overlaps on ${daysWords(days, leave.from)}${sum}`;
    return told('overlapping-leave', leave, message, days);
  });
}

function notWorked(figures: Figures, leave: TimeOff): BrokenRule[] {
  if (figures.leaveTakes(leave).hours > tiny) return [];
  const when = leave.from === leave.to ? `on ${dayWords(leave.from, leave.from)}` : rangeWords(leave, leave.from);
  return told(
    'leave-not-worked',
    leave,
    `${personName(figures.state, leave.person)} has no working hours ${when}: this leave takes nothing`,
  );
}

/** Hours off that the day does not have, as 20 h of an 8 h day. */
function overDay(figures: Figures, leave: TimeOff): BrokenRule[] {
  const { amount } = leave;
  if (!('hours' in amount)) return [];
  const gross = (day: Day) => figures.gross(leave.person, on(day));
  const days = daysOf(leaveSpan(leave), (day) => gross(day) > tiny && amount.hours > gross(day) + tiny);
  const [first] = days;
  if (first === undefined) return [];
  const message = `${hoursWords(amount.hours)} a day is more than the ${hoursWords(gross(first))} that ${personName(figures.state, leave.person)} works on ${dayWords(first, leave.from)}: the whole day goes`;
  return told('leave-over-day', leave, message, days);
}
