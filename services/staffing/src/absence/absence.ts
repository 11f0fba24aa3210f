import { type Day, isoDay, meet, type Span, type Week, weekOfDay, weekSpan, weeksIn } from '@sidekick/calendar';
import type { CoverageState, TimeOff } from '@sidekick/contracts';
import { type Books, type PersonBook, type ProjectBook, personOf, projectOf, type Work } from '../books/books.ts';
import { epsilon, hoursOn, type PersonDays, personDays } from '../books/days.ts';
import { remainingIn } from '../capacity/capacity.ts';
import { workIn } from '../capacity/work.ts';
import { crewOf } from '../coverage/crew.ts';
import { type Lost, strandedOf } from './stranded.ts';

export interface AbsenceTest {
  readonly changed: readonly {
    readonly project: string;
    readonly week: Week;
    readonly before: CoverageState | null;
    readonly after: CoverageState | null;
  }[];
  /** How many of the changed project-weeks were covered. */
  readonly lostCover: number;
  readonly lostHours: number;
  readonly strandedHours: number;
}

/** An id that no record has: ULIDs are 26 characters. */
const assumedId = 'assumed';

/** The days of the people of assumed time off, with it laid over what is approved; by the days without. */
type Laid = ReadonlyMap<PersonDays, PersonDays>;

const laidOver = (books: Books, assumed: readonly TimeOff[]): Laid => {
  const laid = new Map<PersonDays, PersonDays>();
  for (const person of new Set(assumed.map((record) => record.person))) {
    const { days } = personOf(books, person);
    const own = assumed.filter((record) => record.person === person);
    const rest = days.timeOff.filter(({ id }) => !own.some((record) => record.id === id));
    const all = [...rest, ...own].sort((a, b) => (a.id < b.id ? -1 : 1));
    laid.set(days, personDays(days.person, all, days.holidays));
  }
  return laid;
};

/** The project with these days of people; nothing else is copied. */
const withDays = (book: ProjectBook, laid: Laid): ProjectBook => ({
  ...book,
  work: book.work.map((item) => ({ ...item, days: laid.get(item.days) ?? item.days })),
});

const allOff = (person: string, span: Span): TimeOff => ({
  id: assumedId,
  person,
  from: isoDay(span.from),
  to: isoDay(span.to),
  amount: { portion: 1 },
  state: 'approved',
  private: { kind: null, note: null, reason: null },
  accepted: [],
  sample: false,
});

/** Confirmed effective hours of the person on each project, of the days that vanish. */
const lostHoursOf = ({ work }: PersonBook, span: Span): Map<string, number> => {
  const lost = new Map<string, number>();
  for (const item of work) {
    const hours = item.counts === 'confirmed' ? workIn(item, 'effective', span) : 0;
    if (hours > 0) lost.set(item.assignment.project, (lost.get(item.assignment.project) ?? 0) + hours);
  }
  return lost;
};

/** Remaining hours of a week, once for all tests that ask the same helper. */
const remainingWeeks = new WeakMap<PersonBook, Map<Week, number>>();
const remainingOf = (book: PersonBook, week: Week): number => {
  const weeks = remainingWeeks.get(book) ?? new Map<Week, number>();
  const hours = weeks.get(week) ?? remainingIn(book, weekSpan(week));
  remainingWeeks.set(book, weeks.set(week, hours));
  return hours;
};

/** Stranded hours of one week: what leads and sidekicks of the projects, the person aside, cannot take on in their remaining hours. */
const strandedIn = (books: Books, person: PersonBook, span: Span, week: Week): number => {
  const lost: Lost[] = [];
  const free = new Map<string, number>();
  for (const [project, hours] of lostHoursOf(person, meet(span, weekSpan(week)))) {
    const { leads, sidekicks } = crewOf(projectOf(books, project), week);
    const helpers = [...leads, ...sidekicks].filter((helper) => helper !== person.days.person.id);
    for (const helper of helpers) free.set(helper, Math.max(0, remainingOf(personOf(books, helper), week)));
    lost.push({ hours, helpers });
  }
  return lost.length === 0 ? 0 : strandedOf(lost, free);
};

/** What is lost when the person takes whole days off on every day of the span (A25). */
export const absenceTestOf = (books: Books, id: string, span: Span): AbsenceTest => {
  const person = personOf(books, id);
  const laid = laidOver(books, [allOff(id, span)]);
  const weeks = weeksIn(span);
  const changed: AbsenceTest['changed'][number][] = [];
  const touched = [...new Set(person.work.map(({ assignment }) => assignment.project))].filter((project) => books.projects.has(project));
  for (const project of touched.sort()) {
    const before = projectOf(books, project);
    const after = withDays(before, laid);
    for (const week of weeks) {
      const { coverage: was, leads, sidekicks } = crewOf(before, week);
      // Leave changes the hours of leads and sidekicks alone, not who they are nor whether the week counts.
      if (was === null || !(leads.includes(id) || sidekicks.includes(id))) continue;
      const is = crewOf(after, week).coverage;
      if (was !== is) changed.push({ project, week, before: was, after: is });
    }
  }
  return {
    changed,
    lostCover: changed.filter(({ before }) => before === 'covered').length,
    lostHours: [...lostHoursOf(person, span).values()].reduce((sum, hours) => sum + hours, 0),
    strandedHours: weeks.reduce((sum, week) => sum + strandedIn(books, person, span, week), 0),
  };
};

/** Confirmed work of the leads and of the sidekicks of the project-week that holds the day. */
const namedOn = (book: ProjectBook, work: readonly Work[], day: Day): { leading: Work[]; backing: Work[] } => {
  const { leads, sidekicks } = crewOf(book, weekOfDay(day));
  const assigned = (role: 'lead' | 'sidekick', people: readonly string[]) =>
    work.filter(
      ({ assignment, counts, span }) =>
        assignment.role === role && counts === 'confirmed' && span.from <= day && span.to >= day && people.includes(assignment.person),
    );
  return { leading: assigned('lead', leads), backing: assigned('sidekick', sidekicks) };
};

/** Whether every lead and sidekick of the day is off, and at least one of them by time off (A26). */
const isJointAbsence = (book: ProjectBook, work: readonly Work[], day: Day, laid: Laid): boolean => {
  const { leading, backing } = namedOn(book, work, day);
  if (leading.length === 0 || backing.length === 0) return false;
  const named = [...leading, ...backing];
  const isOff = (days: PersonDays) => hoursOn(days, 'net', day) <= epsilon;
  // The others first: on most days one of them works, and days with assumed time off are then never made.
  return (
    named.every(({ days }) => laid.has(days) || isOff(days)) &&
    named.every(({ days }) => isOff(laid.get(days) ?? days)) &&
    named.some(({ days }) => hoursOn(days, 'open', day) > epsilon)
  );
};

/** Whether all who lead or back up the project on the day, the person aside, have no hours then by pattern or contract. */
export const othersNeverWork = (book: ProjectBook, person: string, day: Day): boolean => {
  const { leading, backing } = namedOn(book, book.work, day);
  return [...leading, ...backing].every(({ assignment, days }) => assignment.person === person || hoursOn(days, 'gross', day) <= epsilon);
};

/** Days that are looked at one by one: ten years from the first on which somebody leads and somebody backs up. */
const mostDays = 10 * 366;

/** From the first to the last day with both a confirmed lead and a confirmed sidekick; on all others nobody is jointly absent. */
const staffedSpan = ({ work, span }: ProjectBook): Span => {
  const named = (role: 'lead' | 'sidekick'): Span => {
    const spans = work.filter(({ assignment, counts }) => assignment.role === role && counts === 'confirmed').map((item) => item.span);
    return spans.reduce((all, one) => ({ from: Math.min(all.from, one.from), to: Math.max(all.to, one.to) }), {
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
    });
  };
  return meet(span, meet(named('lead'), named('sidekick')));
};

/** Days of joint absence in the span; `approve` names time off that is taken as approved. */
export const jointAbsenceOf = (books: Books, id: string, span: Span, approve: readonly string[] = []): Day[] => {
  const assumed = approve.flatMap((timeOff) => {
    const record = books.state.timeOff.get(timeOff)?.record;
    return record ? [{ ...record, state: 'approved' as const }] : [];
  });
  const laid = laidOver(books, assumed);
  const book = projectOf(books, id);
  const { from, to } = meet(span, staffedSpan(book));
  const last = Math.min(to, from + mostDays);
  // Of thousands of assignments few are named in the span; each day looks at those alone.
  const named = book.work.filter(({ assignment, span: days }) => assignment.role !== 'contributor' && days.from <= last && days.to >= from);
  const found: Day[] = [];
  for (let day = from; day <= last; day++) if (isJointAbsence(book, named, day, laid)) found.push(day);
  return found;
};
