import {
  countWords,
  dayOf,
  hoursWords,
  isoWeek,
  listWords,
  meet,
  openTo,
  type Span,
  type Week,
  weekSpan,
  weeksSpan,
} from '@sidekick/calendar';
import type { Assignment, Decision, TimeOff } from '@sidekick/contracts';
import { leaveSpan } from '../capacity/leave.ts';
import type { AbsenceTest } from '../figures/index.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { leftAlone, nobodyThere } from '../rules/joint-absence.ts';
import { type Outlook, runsOf, startOfRun } from './outlook.ts';

/** Most project-weeks named in one line; the number of the rest is told. */
const mostNamed = 3;

/** Confirmed work of the person that holds a day of the span. */
export const workOf = ({ figures }: Outlook, person: string, span: Span): Assignment[] =>
  ofPerson(figures.state.assignment, person).filter(
    ({ id, from, to }) => figures.counts(id) === 'confirmed' && dayOf(from) <= span.to && openTo(to) >= span.from,
  );

export const workWords = (outlook: Outlook, work: readonly Assignment[]): string =>
  listWords(work.map(({ role, project, hoursPerWeek }) => `${role} on ${outlook.projectName(project)} ${hoursWords(hoursPerWeek)}`));

export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

const lossWords = (outlook: Outlook, changed: AbsenceTest['changed']): string => {
  const lost = changed.filter(({ before }) => before === 'covered');
  const named = lost.slice(0, mostNamed).map(({ project, week, after }) => {
    return `${outlook.projectName(project)} would be ${after ?? 'closed'} ${outlook.weekWords(week)}`;
  });
  const more = lost.length > mostNamed ? [`${lost.length - mostNamed} more project-weeks lose cover`] : [];
  return lost.length === 0 ? 'No project loses cover' : listWords([...named, ...more]);
};

/** What approving would leave undone on which days, as the rule says it (A26). */
const jointWords = ({ figures, today }: Outlook, { id, person }: TimeOff, span: Span): string =>
  leftAlone(
    figures.state,
    person,
    span,
    (project) => figures.jointAbsence(project, span),
    (project) => figures.jointAbsence(project, span, [id]),
  )
    .flatMap((alone) => nobodyThere(figures, person, alone, today))
    .map(({ words }) => ` ${capital(words)}.`)
    .join('');

/** One request, or those of one set together, in the order of their days. */
const leaveDecision = (outlook: Outlook, [first, ...more]: Asked, costOf: CostOf): Decision => {
  const asked = [first, ...more];
  const { id, person } = first;
  const [whole, last] = [leaveSpan(first), leaveSpan(more.at(-1) ?? first)];
  const ahead = (span: Span) => meet(span, { from: outlook.today, to: Number.POSITIVE_INFINITY });
  const costs = asked.map((leave) => costOf(leave, ahead(leaveSpan(leave))));
  const lengths = asked.map((leave) => outlook.figures.leaveTakes(leave));
  const length = { days: sum(lengths.map(({ days }) => days)), hours: sum(lengths.map((one) => one.hours)) };
  const tests = costs.map(({ test }) => test);
  const strandedHours = sum(tests.map((test) => test.strandedHours));
  const lostHours = sum(tests.map((test) => test.lostHours));
  const stranded = strandedHours > 0.05 ? `, ${hoursWords(strandedHours)} of them stranded` : '';
  const hours = lostHours > 0.05 ? `; ${hoursWords(lostHours)} of work lost${stranded}` : '; no work is lost';
  const times = more.length > 0 ? `${asked.length} times, ` : '';
  const loss = lossWords(
    outlook,
    tests.flatMap(({ changed }) => changed),
  );
  return {
    kind: 'leave-request',
    id: `leave-request:${id}`,
    ...outlook.dated({ from: ahead(whole).from, to: last.to }),
    title: `${outlook.name(person)} asks for leave ${times}${outlook.rangeWords({ from: whole.from, to: last.to })}`,
    detail: `${countWords(length.days, 'day')}, ${hoursWords(length.hours)}. ${loss}${hours}.${allJoint(costs.map(({ joint }) => joint))}`,
    person,
    timeOff: id,
    lostCover: sum(tests.map((test) => test.lostCover)),
    strandedHours,
    ...length,
  };
};

type Asked = readonly [TimeOff, ...TimeOff[]];
const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

const allJoint = (told: readonly string[]): string => {
  const joint = told.filter((words) => words !== '');
  const more = joint.length - mostNamed;
  return joint.slice(0, mostNamed).join('') + (more > 0 ? ` So it is ${countWords(more, 'time')} more.` : '');
};

/** What a request costs; one computation for all of a person's requests of the same days. */
type CostOf = (leave: TimeOff, span: Span) => { test: AbsenceTest; joint: string };
const costsOf = (outlook: Outlook): CostOf => {
  const known = new Map<string, ReturnType<CostOf>>();
  return (leave, span) => {
    const key = `${leave.person} ${span.from} ${span.to} ${JSON.stringify(leave.amount)}`;
    const cost = known.get(key) ?? { test: outlook.figures.absenceTest(leave.person, span), joint: jointWords(outlook, leave, span) };
    known.set(key, cost);
    return cost;
  };
};

/**
 * Requests for leave that begin inside the outlook and have not passed; each is taken as whole days off (A25).
 * Those of one set are one matter, with its days that begin later: they are answered together.
 */
export const leaveDecisions = (outlook: Outlook): Decision[] => {
  const costOf = costsOf(outlook);
  const sets = new Map<string, [TimeOff, ...TimeOff[]]>();
  for (const { record } of outlook.figures.state.timeOff.values()) {
    if (record.state !== 'requested' || dayOf(record.to) < outlook.today || leaveSpan(record).to < outlook.today) continue;
    const key = record.set ? `${record.person} ${record.set}` : record.id;
    const set = sets.get(key);
    if (set) set.push(record);
    else sets.set(key, [record]);
  }
  for (const set of sets.values()) set.sort((a, b) => dayOf(a.from) - dayOf(b.from));
  return [...sets.values()].filter(([first]) => dayOf(first.from) <= outlook.span.to).map((set) => leaveDecision(outlook, set, costOf));
};

const overDecision = (outlook: Outlook, person: string, [first, last]: [Week, Week]): Decision => {
  const weeks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const over = weeks.map((week) => outlook.figures.overHours(person, weekSpan(week)));
  const total = over.reduce((sum, hours) => sum + hours, 0);
  const whole = weeksSpan(first, last);
  const same = over.length > 1 && over.every((hours) => Math.abs(hours - (over[0] ?? 0)) < 0.05);
  const net = hoursWords(outlook.figures.net(person, weekSpan(first)));
  const length = over.length > 1 ? ` ${countWords(over.length, 'week')}, ${hoursWords(total)} together.` : '';
  const start = startOfRun(first, (week) => outlook.figures.overAllocated(person, weekSpan(week)));
  return {
    kind: 'over-allocated',
    id: `over-allocated:${person}:${isoWeek(start)}`,
    ...outlook.dated(meet(whole, outlook.span)),
    title: `${outlook.name(person)} is ${hoursWords(same ? (over[0] ?? 0) : total)} over${same ? ' each week,' : ''} ${outlook.rangeWords(whole)}`,
    detail: `${capital(workWords(outlook, workOf(outlook, person, weekSpan(first))))}; net ${net} in the first week.${length}`,
    person,
    hours: total,
  };
};

/** Runs of weeks in which confirmed work exceeds net capacity (A10). */
export const overDecisions = (outlook: Outlook): Decision[] =>
  [...outlook.figures.state.person.keys()].flatMap((person) =>
    runsOf(outlook, (week) => outlook.figures.overAllocated(person, weekSpan(week))).map((run) => overDecision(outlook, person, run)),
  );
