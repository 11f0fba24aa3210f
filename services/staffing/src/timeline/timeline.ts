import type { TimelineAnswer } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import { dayOf, isoDay, isoWeek, mondayOf, openTo, type Span, type Week, weekSpan, weeksSpan } from '../calendar/days.ts';
import { weeksIn } from '../figures/buckets.ts';
import type { Figures } from '../figures/index.ts';

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

const projectsOf = (figures: Figures, first: Week, last: Week, today: string): TimelineAnswer['projects'] =>
  [...figures.state.project.keys()].map((id) => {
    const crews = Array.from({ length: last - first + 1 }, (_, index) => figures.crew(id, first + index));
    return {
      id,
      coverage: crews.map(({ coverage }) => coverage),
      openLead: crews.map(({ active, leads }) => active && leads.length === 0),
      sidekickHours: crews.map(({ sidekickHours }) => sidekickHours),
      sidekickTentative: crews.map(({ tentativeHours }) => tentativeHours),
      gaps: figures.gaps(id, first, last).map(({ from, to, states, hours }) => ({
        from: isoWeek(from),
        to: isoWeek(to),
        weeks: states.length,
        states: [...states],
        hours,
      })),
      absenceFactor: figures.absenceFactor(id, dayOf(today)),
    };
  });

const assignmentsOf = (figures: Figures, weeks: readonly Span[], range: Span): TimelineAnswer['assignments'] =>
  [...figures.state.assignment.values()]
    .filter(({ record }) => dayOf(record.from) <= range.to && openTo(record.to) >= range.from)
    .map(({ record: { id } }) => ({
      id,
      planned: weeks.map((week) => figures.planned(id, week)),
      effective: weeks.map((week) => figures.effective(id, week)),
    }));

const sum = (rows: readonly (readonly number[])[]) => rows.reduce((total, row) => row.reduce((part, value) => part + value, total), 0);

/**
 * Everything a timeline shows of the weeks `from` to `to` (ISO labels, at most 104), unrounded hours: all people and projects, and
 * the assignments that hold a day of the range. The absence factor is that of `today` (ISO). Throws `InvalidInput` for a range that
 * does not exist or is too long.
 */
export const timelineOf = (figures: Figures, { from, to }: { from: string; to: string }, today: string): TimelineAnswer => {
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
    assignments: assignmentsOf(figures, weeks, weeksSpan(first, last)),
    group: {
      ...figures.coverageCount(null, first, last),
      confirmedHours: sum(people.map(({ confirmed }) => confirmed)),
      tentativeHours: sum(people.map(({ tentative }) => tentative)),
      netHours: sum(people.map(({ net }) => net)),
      fairness: figures.fairness(weeksSpan(first, last)),
    },
  };
};
