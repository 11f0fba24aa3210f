import { dayOf, isoDay, isoWeek, mondayOf, openTo, type Span, type Week, weekOfDay, weekSpan, weeksSpan } from '@sidekick/calendar';
import type { TimelineAnswer } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import type { Figures, Gap } from '../figures/index.ts';
import { weeksIn } from '../questions/buckets.ts';

/** Weeks of one timeline, two years. */
const MOST_WEEKS = 104;

const peopleOf = (figures: Figures, weeks: readonly Span[]): TimelineAnswer['people'] =>
  [...figures.state.person.keys()].map((id) => {
    const each = <T>(one: (week: Span) => T) => weeks.map(one);
    return {
      id,
      net: each((week) => figures.net(id, week)),
      confirmed: each((week) => figures.confirmed(id, week)),
      tentative: each((week) => figures.tentative(id, week)),
      remaining: each((week) => figures.remaining(id, week)),
      over: each((week) => figures.overHours(id, week)),
      leaveDays: each((week) => figures.leaveDays(id, week)),
      holidays: each((week) => figures.holidays(id, week).map(isoDay)),
      employed: each((week) => figures.employed(id, week)),
    };
  });

const gapView = ({ from, to, open, states, hours }: Gap) => ({
  from: isoWeek(from),
  to: isoWeek(to),
  weeks: states.length,
  states: [...states],
  hours,
  ...(open ? { open } : {}),
});

const projectsOf = (figures: Figures, first: Week, last: Week, today: string): TimelineAnswer['projects'] => {
  const thisWeek = weekOfDay(dayOf(today));
  return [...figures.state.project.keys()].map((id) => {
    const crews = Array.from({ length: last - first + 1 }, (_, index) => figures.crew(id, first + index));
    return {
      id,
      coverage: crews.map(({ coverage }) => coverage),
      openLead: crews.map((_, index) => figures.openLead(id, first + index)),
      openLeads: figures.openLeads(id, first, last, thisWeek).map(({ from, to, open }) => ({
        from: isoWeek(from),
        to: isoWeek(to),
        weeks: to - from + 1,
        open,
      })),
      sidekickHours: crews.map(({ sidekickHours }) => sidekickHours),
      sidekickTentative: crews.map(({ tentativeHours }) => tentativeHours),
      gaps: figures.wholeGaps(id, first, last, thisWeek).map(gapView),
      absenceFactor: figures.absenceFactor(id, dayOf(today)),
    };
  });
};

/** Whose reasons of accepted rules a reader may read: those of everybody, of one person, of nobody. */
export type Reasons = { readonly of: 'everybody' } | { readonly of: 'person'; readonly person: string } | { readonly of: 'nobody' };

const mayRead = (reasons: Reasons, person: string): boolean =>
  reasons.of === 'everybody' || (reasons.of === 'person' && reasons.person === person);

const assignmentsOf = (figures: Figures, weeks: readonly Span[], range: Span, reasons: Reasons): TimelineAnswer['assignments'] =>
  [...figures.state.assignment.values()]
    .filter(({ record }) => dayOf(record.from) <= range.to && openTo(record.to) >= range.from)
    .map(({ record: { id, person, accepted, private: words } }) => ({
      id,
      counts: figures.counts(id),
      accepted: [...accepted],
      reason: mayRead(reasons, person) ? words.reason : null,
      planned: weeks.map((week) => figures.planned(id, week)),
      effective: weeks.map((week) => figures.effective(id, week)),
    }));

const sum = (rows: readonly (readonly number[])[]) => rows.reduce((total, row) => row.reduce((part, value) => part + value, total), 0);

/**
 * Everything a timeline shows of the weeks `from` to `to` (ISO labels, at most 104), unrounded hours: all people and projects, and
 * the assignments that hold a day of the range. The absence factor is that of `today` (ISO). Throws `InvalidInput` for a range that
 * does not exist or is too long. `reasons`: whose reasons of accepted rules are told.
 */
export const timelineOf = (
  figures: Figures,
  { from, to }: { from: string; to: string },
  today: string,
  reasons: Reasons = { of: 'nobody' },
): TimelineAnswer => {
  const [first, last] = weeksIn([from, to]);
  if (last - first >= MOST_WEEKS) throw new InvalidInput('range-too-long', `A timeline spans at most ${MOST_WEEKS} weeks`);
  const weeks = Array.from({ length: last - first + 1 }, (_, index) => weekSpan(first + index));
  const people = peopleOf(figures, weeks);
  return {
    head: figures.state.head,
    today,
    weeks: weeks.map((_, index) => isoWeek(first + index)),
    mondays: weeks.map((_, index) => isoDay(mondayOf(first + index))),
    people,
    projects: projectsOf(figures, first, last, today),
    assignments: assignmentsOf(figures, weeks, weeksSpan(first, last), reasons),
    group: {
      ...figures.coverageCount(null, first, last),
      confirmedHours: sum(people.map(({ confirmed }) => confirmed)),
      tentativeHours: sum(people.map(({ tentative }) => tentative)),
      netHours: sum(people.map(({ net }) => net)),
      fairness: figures.fairness(weeksSpan(first, last)),
    },
  };
};
